import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeFlags } from '../../core/flags'
import type { LightCurveRecord } from '../../core/light-curve'
import type { TableFormat } from '../../core/table-format'
import { saveFile } from '../kit/save-file'
import { NotebookExportMenu } from '../kit/notebook-export-menu'
import { TableExportMenu } from '../kit/table-export-menu'
import { VirtualTable } from '../kit/virtual-table'
import { exportPng, exportSvg } from '../plots/export-plot'
import type { PlotSeries } from '../plots/plot-types'
import { SeriesPlot } from '../plots/series-plot'
import { useSize } from '../plots/use-size'
import { binCurve, toHours } from './curve-axes'
import styles from './light-curve-panel.module.css'

export interface LightCurvePanelProps {
  readonly curve: LightCurveRecord
  /** Exposure that is looked at. */
  readonly selectedFrame: string | null
  readonly frameName: (frame: string) => string
  readonly onPickFrame: (frame: string) => void
  readonly onExclude: (frames: readonly string[]) => void
  readonly onExport: (format: TableFormat) => Promise<Blob>
  /** It is being dragged and not stored, so nothing can be said yet of how it was made. */
  readonly live?: boolean
}

const BIN_MINUTES = 10
const SIDE_PLOTS = ['airmass', 'fwhm', 'sky', 'x', 'y'] as const
type SidePlot = (typeof SIDE_PLOTS)[number]

/** Pixels of the small plots; the last one carries the names along the axis of time. The main plot takes what is left. */
const SIDE_HEIGHT = 86
const LAST_HEIGHT = 122
const LEAST_HEIGHT = 240

const besideHeight = (count: number): number => (count === 0 ? 0 : (count - 1) * SIDE_HEIGHT + LAST_HEIGHT)

/** The light curve as the page, with what else changed in the night beneath it on the same axis of time. */
export const LightCurvePanel = (props: LightCurvePanelProps) => {
  const { curve, live = false, selectedFrame, frameName, onPickFrame, onExclude, onExport } = props
  const { t, i18n } = useTranslation('light-curve')
  const [raw, setRaw] = useState(false)
  const [binned, setBinned] = useState(false)
  const [table, setTable] = useState(false)
  const [beside, setBeside] = useState<readonly SidePlot[]>(['airmass', 'fwhm', 'sky'])
  const [rangeX, setRangeX] = useState<readonly [number, number] | null>(null)
  const { element: plots, height } = useSize<HTMLDivElement>()
  const times = useMemo(() => toHours(curve), [curve])
  const { columns } = curve
  const selected = columns.frame.indexOf(selectedFrame ?? '')
  const number = (value: number, digits: number) =>
    Number.isFinite(value)
      ? value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      : '–'

  const series = useMemo((): PlotSeries[] => {
    const y = raw ? columns.flux : columns.detrended
    const points: PlotSeries = {
      id: 'flux',
      name: t('flux'),
      role: 'target',
      x: times.hours,
      y,
      error: columns.flux_error,
      marked: (index) => (columns.flags[index] ?? 0) !== 0,
    }
    return [
      points,
      ...(raw
        ? [
            {
              id: 'trend',
              name: t('trend'),
              role: 'plain' as const,
              draw: 'line' as const,
              x: times.hours,
              y: columns.trend,
            },
          ]
        : []),
      ...(binned
        ? [
            {
              id: 'bins',
              name: t('bins', { minutes: BIN_MINUTES }),
              role: 'comparison' as const,
              ...binCurve(times.hours, y, columns.flux_error, BIN_MINUTES),
            },
          ]
        : []),
    ]
  }, [columns, times, raw, binned, t])
  const timeAxis = {
    label: t('timeAxis', { scale: times.scale, zero: times.zero.toFixed(4) }),
    format: (value: number) => t('hours', { value: number(value, 2) }),
  }
  const measured = columns.flux.filter(Number.isFinite).length
  const flagged = columns.flags.filter((flags) => flags !== 0).length
  const title = t('title', { name: curve.name })
  const pick = (index: number) => {
    const frame = columns.frame[index]
    if (frame !== undefined) onPickFrame(frame)
  }
  const svgs = () => [...(plots.current?.querySelectorAll<SVGSVGElement>('svg[role="application"]') ?? [])]
  const toggle = (name: SidePlot) =>
    setBeside(
      SIDE_PLOTS.filter((other) => (other === name ? !beside.includes(name) : beside.includes(other))),
    )
  const digits: Record<SidePlot, number> = { airmass: 2, fwhm: 1, sky: 0, x: 0, y: 0 }
  const dip: readonly [number, number] | null =
    curve.dip === null ? null : [24 * (curve.dip.start - times.zero), 24 * (curve.dip.end - times.zero)]
  return (
    <section className={styles['panel']} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>
          {t('subtitle', {
            measured,
            all: columns.frame.length,
            radius: number(curve.radius, 1),
            count: curve.comparisons.length,
          })}
          {flagged > 0 ? ` · ${t('flagged', { count: flagged })}` : ''}
        </p>
      </header>
      {table ? (
        <VirtualTable
          label={title}
          count={columns.frame.length}
          selected={selected < 0 ? null : selected}
          onPick={pick}
          columns={[
            { name: t('frame'), value: (index) => frameName(columns.frame[index] ?? '') },
            {
              name: curve.timeScale,
              value: (index) =>
                (
                  (curve.timeScale === 'bjd_tdb_mid' ? columns.bjd_tdb_mid : columns.jd_utc_mid)[index] ?? NaN
                ).toFixed(6),
            },
            { name: t('relativeFlux'), value: (index) => number(columns.flux[index] ?? NaN, 5) },
            { name: '±', value: (index) => number(columns.flux_error[index] ?? NaN, 5) },
            { name: t('detrended'), value: (index) => number(columns.detrended[index] ?? NaN, 5) },
            { name: t('side.airmass'), value: (index) => number(columns.airmass[index] ?? NaN, 3) },
            { name: t('side.fwhm'), value: (index) => number(columns.fwhm[index] ?? NaN, 2) },
            { name: t('side.sky'), value: (index) => number(columns.sky[index] ?? NaN, 1) },
            {
              name: t('flags'),
              value: (index) =>
                describeFlags(columns.flags[index] ?? 0)
                  .map((flag) => t(`flag.${flag}`))
                  .join(', '),
            },
          ]}
        />
      ) : (
        <div ref={plots} className={styles['plots']}>
          <SeriesPlot
            series={series}
            x={timeAxis}
            y={{ label: raw ? t('relativeFlux') : t('detrendedFlux'), format: (value) => number(value, 3) }}
            height={Math.max(LEAST_HEIGHT, height - besideHeight(beside.length) - 4)}
            label={title}
            shade={dip}
            selected={selected < 0 ? null : selected}
            rangeX={rangeX}
            onRangeX={setRangeX}
            onPick={pick}
            bare={beside.length > 0}
          />
          {beside.map((name, index) => (
            <SeriesPlot
              key={name}
              series={[
                { id: name, name: t(`side.${name}`), role: 'plain', x: times.hours, y: columns[name] },
              ]}
              x={timeAxis}
              y={{ label: t(`side.${name}`), format: (value) => number(value, digits[name]) }}
              height={index === beside.length - 1 ? LAST_HEIGHT : SIDE_HEIGHT}
              label={t(`side.${name}`)}
              selected={selected < 0 ? null : selected}
              rangeX={rangeX}
              onRangeX={setRangeX}
              onPick={pick}
              bare={index < beside.length - 1}
            />
          ))}
        </div>
      )}
      <div className={styles['chips']}>
        <button type="button" className="chip" aria-pressed={!raw} onClick={() => setRaw(false)}>
          {t('detrended')}
        </button>
        <button type="button" className="chip" aria-pressed={raw} onClick={() => setRaw(true)}>
          {t('raw')}
        </button>
        <button type="button" className="chip" aria-pressed={binned} onClick={() => setBinned(!binned)}>
          {t('bins', { minutes: BIN_MINUTES })}
        </button>
        {SIDE_PLOTS.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={beside.includes(name)}
            onClick={() => toggle(name)}
          >
            {t(`side.${name}`)}
          </button>
        ))}
        <span className={styles['space']} />
        {selected < 0 || selectedFrame === null ? null : (
          <button type="button" className="chip" onClick={() => onExclude([selectedFrame])}>
            {t('exclude')}
          </button>
        )}
        <button type="button" className="chip" aria-pressed={table} onClick={() => setTable(!table)}>
          {t('table')}
        </button>
        <button
          type="button"
          className="chip"
          disabled={table}
          onClick={() => saveFile(`${curve.name}.svg`, exportSvg(svgs(), title), 'image/svg+xml')}
        >
          SVG
        </button>
        <button
          type="button"
          className="chip"
          disabled={table}
          onClick={() => void exportPng(svgs(), title).then((png) => saveFile(`${curve.name}.png`, png))}
        >
          PNG
        </button>
        <TableExportMenu name={curve.name} onExport={onExport} />
        {live ? null : <NotebookExportMenu id={curve.id} name={curve.name} />}
      </div>
    </section>
  )
}
