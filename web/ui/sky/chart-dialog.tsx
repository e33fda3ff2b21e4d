import { useEffect, useMemo, useRef, useState } from 'react'
import type { ExposureRecord } from '../../core/frame'
import { effectiveFacts } from '../../core/frame'
import type { Image, Point } from '../../core/image'
import { findSkyCuts } from '../../render/cuts'
import type { Chart } from '../../render/chart/draw-chart'
import type { CurrentNight } from '../../state/current-night'
import { findOnFrame, findOnSky } from '../../render/sky/find-place'
import type { SkyMark } from '../../render/sky/sky-scene'
import { Modal } from '../kit/modal'
import { saveFile } from '../kit/save-file'
import { useApp, useStudio } from '../kit/use-app'
import { makeChartPdf, makeChartPng, paintChart, type ChartMatter } from './make-chart'
import { useChartStars } from './use-chart-stars'
import { useFrameSky, type PlacedFrame } from './use-frame-sky'
import { useSkyWords } from './use-sky-words'
import styles from './chart-dialog.module.css'

interface ChartDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly current: CurrentNight
  readonly exposure: ExposureRecord
}

/** Minutes of arc along a side; 0 shows the whole frame. */
const SIZES = [0, 60, 30, 20, 15, 10, 5] as const
/** Pixels for a point of the page, of what is seen of it here. */
const PREVIEW = 1

/** The pixels of a frame, once somebody wants to draw them. */
const useImage = (frame: string, wanted: boolean): Image | null => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [found, setFound] = useState<{ readonly frame: string; readonly image: Image } | null>(null)
  useEffect(() => {
    if (!wanted) return
    const abort = new AbortController()
    const load = async (): Promise<void> => {
      const { width, height, data } = await studio.pixels(frame, 'data', { signal: abort.signal })
      setFound({ frame, image: { width, height, data: Float32Array.from(data) } })
    }
    load().catch(tellError)
    return () => abort.abort()
  }, [studio, frame, wanted, tellError])
  return found?.frame === frame ? found.image : null
}

interface ChartWish {
  readonly title: string
  readonly minutes: number
  readonly northUp: boolean
  readonly invert: boolean
  readonly grid: boolean
}

interface ChartFrame {
  readonly exposure: ExposureRecord
  readonly image: Image | null
  readonly placed: PlacedFrame | null
  readonly target: Point | null
  readonly comparisons: readonly (Point & { readonly label: string })[]
}

/** All that the chart is made of, as the person wants it; null until the pixels are there and the frame's place is known. */
const useMatter = (
  { exposure, image, placed, target, comparisons }: ChartFrame,
  wish: ChartWish,
): ChartMatter | null => {
  const { t, place, number } = useSkyWords()
  const targets = useApp((state) => state.targets.targets)
  const coordinates = useApp((state) => state.settings.sky.coordinates)
  const display = useApp((state) => state.display)
  return useMemo(() => {
    if (image === null || placed === null) return null
    const { sky, solution } = placed
    const facts = effectiveFacts(exposure)
    const middle = { x: (sky.width - 1) / 2, y: (sky.height - 1) / 2 }
    const named: SkyMark[] = targets.flatMap(({ name, rightAscension, declination }) => {
      if (rightAscension === null || declination === null) return []
      const at = findOnFrame(sky, rightAscension, declination)
      return at === null
        ? []
        : [
            {
              kind: 'target',
              ...at,
              rightAscension,
              declination,
              name,
              magnitude: null,
              extent: null,
            } as const,
          ]
    })
    const picked = target === null || named.length > 0 ? null : findOnSky(sky, target)
    const marks: SkyMark[] =
      target === null || picked === null
        ? named
        : [{ kind: 'target', ...target, ...picked, name: facts.object, magnitude: null, extent: null }]
    const center = marks[0] ?? middle
    const at = findOnSky(sky, center)
    const chart: Chart = {
      title: wish.title,
      lines: [
        at === null ? '' : `${place(at.rightAscension, at.declination)} (ICRS)`,
        [
          facts.telescope,
          facts.filter,
          facts.exposure === null ? null : `${number(facts.exposure)} s`,
          facts.dateObs === null ? null : `${facts.dateObs.slice(0, 16).replace('T', ' ')} UTC`,
        ]
          .filter((part) => part !== null && part !== '')
          .join(' · '),
      ],
      scene: {
        sky,
        grid: wish.grid ? coordinates : null,
        compass: { north: t('north'), east: t('east') },
        scaleBar: true,
        marks,
        residuals: [],
        rmsArcseconds: Number.NaN,
        magnitudes: { faintest: 12, brightest: 6 },
      },
      stars: comparisons.map(({ label, x, y }) => {
        const there = findOnSky(sky, { x, y })
        return { label, x, y, words: there === null ? '' : place(there.rightAscension, there.declination) }
      }),
      credits: [
        solution === null
          ? t('chart.fromHeader')
          : t('chart.fromCatalogue', { name: solution.catalogue.name, count: solution.matched.x.length }),
        t('chart.madeBy', { frame: exposure.name }),
      ],
      invert: wish.invert,
    }
    return {
      chart,
      image,
      display: { stretch: display.stretch, ...findSkyCuts(image.data) },
      center,
      size: wish.minutes === 0 ? null : wish.minutes / 60,
      northUp: wish.northUp,
    }
  }, [
    image,
    placed,
    exposure,
    targets,
    target,
    comparisons,
    coordinates,
    display.stretch,
    wish,
    t,
    place,
    number,
  ])
}

/** A finding chart of the frame: seen at once as it will be printed, and taken away as PNG or as a page in PDF. */
export const ChartDialog = ({ open, onClose, current, exposure }: ChartDialogProps) => {
  const { t } = useSkyWords()
  const tellError = useApp((state) => state.notices.tellError)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { frame, target, comparisons } = useChartStars(current, exposure)
  const image = useImage(frame, open)
  const placed = useFrameSky(open ? frame : null, image)
  const [busy, setBusy] = useState(false)
  const [wish, setWish] = useState<ChartWish>({
    title: effectiveFacts(exposure).object ?? exposure.name,
    minutes: 0,
    northUp: true,
    invert: true,
    grid: true,
  })
  const change = (changes: Partial<ChartWish>) => setWish((before) => ({ ...before, ...changes }))
  const matter = useMatter({ exposure, image, placed, target, comparisons }, wish)
  useEffect(() => {
    if (canvas.current !== null && matter !== null) paintChart(canvas.current, matter, PREVIEW)
  }, [matter])
  const save = async (format: 'png' | 'pdf') => {
    if (matter === null) return
    setBusy(true)
    try {
      const file = await (format === 'png' ? makeChartPng(matter) : makeChartPdf(matter))
      saveFile(`${wish.title.replaceAll(/[^\p{L}\p{N}._+-]+/gu, '-') || 'chart'}.${format}`, file)
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open={open} wide title={t('chart.title')} onClose={onClose}>
      <div className={styles['chart']}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('chart.label', { title: wish.title })}
          data-chart={matter === null ? 'waiting' : 'drawn'}
        />
        <div className={styles['choices']}>
          <label>
            {t('chart.name')}
            <input
              type="text"
              maxLength={60}
              value={wish.title}
              onChange={({ target }) => change({ title: target.value })}
            />
          </label>
          <label>
            {t('chart.size')}
            <select
              value={String(wish.minutes)}
              onChange={({ target }) => change({ minutes: Number(target.value) })}
            >
              {SIZES.map((size) => (
                <option key={size} value={String(size)}>
                  {size === 0 ? t('chart.whole') : `${size}′ × ${size}′`}
                </option>
              ))}
            </select>
          </label>
          {(['northUp', 'invert', 'grid'] as const).map((name) => (
            <label key={name} className={styles['switch']}>
              <input
                type="checkbox"
                checked={wish[name]}
                onChange={({ target }) => change({ [name]: target.checked })}
              />
              {t(`chart.${name}`)}
            </label>
          ))}
          <p>{t('chart.text')}</p>
          <div className={styles['files']}>
            <button
              type="button"
              className="do"
              disabled={matter === null || busy}
              onClick={() => void save('pdf')}
            >
              PDF (A4)
            </button>
            <button
              type="button"
              className="btn"
              disabled={matter === null || busy}
              onClick={() => void save('png')}
            >
              PNG
            </button>
            <button type="button" className="ghost" onClick={onClose}>
              {t('chart.close')}
            </button>
          </div>
        </div>
      </div>
    </Modal>
  )
}
