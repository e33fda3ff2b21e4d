import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../kit/save-file'
import { useSize } from '../use-size'
import { chooseAxisTicks } from './axis-ticks'
import { createBinTarget } from './bin-target'
import { ClassLegend } from './class-legend'
import { ColourBar } from './colour-bar'
import { describeBin, describePoint } from './describe-item'
import type { Region } from './find-points'
import { exportScatter } from './export-scatter'
import { formatFixed } from './format-tick'
import { handlePlotKey } from './handle-plot-key'
import { countSelected } from './histogram'
import { HistogramBars } from './histogram-bars'
import { PlotAxes } from './plot-axes'
import { createMap } from './plot-map'
import { PlotNotes } from './plot-notes'
import { PlotOverlay } from './plot-overlay'
import { PlotToolbar } from './plot-toolbar'
import type { ScatterColormap } from './point-looks'
import { createPointTarget } from './point-target'
import { PointsCanvas } from './points-canvas'
import { hasSelection } from './points-picture'
import type {
  AxisTicks,
  DragMode,
  PlotView,
  ScatterAxes,
  ScatterAxis,
  ScatterPoints,
  SelectMode,
} from './scatter-types'
import styles from './scatter-plot.module.css'
import { usePlotGestures } from './use-plot-gestures'
import { usePlotView } from './use-plot-view'
import { useScatterScene } from './use-scatter-scene'

export interface ScatterPlotProps {
  readonly points: ScatterPoints
  readonly axes: ScatterAxes
  /** What is shown, in a few words: the name of the plot and the title of its files. */
  readonly label: string
  /** Of the files, without an ending. */
  readonly fileName: string
  /** 1 for each selected point; null where nothing is. */
  readonly selected: Uint8Array | null
  /** Escape asks for `set` with no points. */
  readonly onSelect: (indices: Uint32Array, mode: SelectMode) => void
  readonly onPick: (index: number) => void
  /** The points that belong to what is looked at elsewhere: they get rings. */
  readonly current?: readonly number[]
  /** What a point is called, such as its frame. */
  readonly nameOf?: (index: number) => string
  /** Number of bins of a histogram; null for as many as the values call for. */
  readonly bins?: number | null
  readonly colormap?: ScatterColormap
  readonly onExportCsv?: () => void
}

const [RIGHT, TOP, BOTTOM] = [16, 26, 46]
/** CSS pixels that a tick needs along each axis. */
const [TICK_X, TICK_Y] = [92, 46]
/** Width of a character of a tick, and by what the room for them grows, lest the points shift with every digit. */
const [CHARACTER, ROOM_STEP] = [7.2, 12]

const nameAxis = ({ label, unit }: ScatterAxis, ticks: AxisTicks, language: string): string => {
  const offset = ticks.offset === 0 ? '' : ` − ${formatFixed(ticks.offset, 0, language)}`
  const note = ticks.note === undefined ? '' : `, ${ticks.note}`
  return `${label}${offset}${note}${unit === null || unit === '' ? '' : ` (${unit})`}`
}

const roomForTicks = ({ ticks }: AxisTicks): number => {
  const longest = ticks.reduce((most, { text }) => Math.max(most, text.length), 3)
  return ROOM_STEP * Math.ceil((18 + CHARACTER * longest) / ROOM_STEP)
}

const NONE: readonly number[] = []

const countMarks = (marks: Uint8Array | null): number =>
  marks === null ? 0 : marks.reduce((sum, mark) => sum + (mark === 1 ? 1 : 0), 0)

/** Many points over two axes, or how often one value occurs: to be read off, zoomed into and selected by pointer or keys. */
export const ScatterPlot = (props: ScatterPlotProps) => {
  const { points, axes, label, selected, onSelect, onPick, current = NONE, nameOf } = props
  const { t, i18n } = useTranslation('scatter')
  const { language } = i18n
  const { element, width, height } = useSize<HTMLDivElement>()
  const surface = useRef<HTMLDivElement>(null)
  const axesSvg = useRef<SVGSVGElement>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [mode, setMode] = useState<DragMode>('pan')
  const [selectMode, setSelectMode] = useState<SelectMode>('set')
  const [pointed, setPointed] = useState<{ readonly item: number; readonly byKeys: boolean } | null>(null)
  const [region, setRegion] = useState<Region | null>(null)
  const [failed, setFailed] = useState(false)
  const made = useScatterScene({
    points,
    axes,
    selected,
    hidden,
    bins: props.bins ?? null,
    colormap: props.colormap ?? 'viridis',
  })
  const { scene, histogram, whole, order } = made
  const isHistogram = histogram !== null
  const [logX, logY] = [axes.x.logarithmic, axes.y.logarithmic]
  // Counts are numbers, whatever the axis was for.
  const axisY = useMemo(
    () => (isHistogram ? { logarithmic: axes.y.logarithmic } : axes.y),
    [isHistogram, axes.y],
  )
  const key = [axes.x.label, logX, isHistogram ? '' : axes.y.label, logY, isHistogram].join('\n')
  const control = usePlotView(whole, key)
  const { view } = control
  const free = isHistogram ? 'x' : 'both'

  const [x0, x1] = view.x
  const [y0, y1] = view.y
  const inner = Math.max(40, height - TOP - BOTTOM)
  const ticksY = useMemo(() => {
    const room = Math.max(2, Math.floor(inner / TICK_Y))
    // There are no halves of points.
    const count = isHistogram && !logY ? Math.max(1, Math.min(room, Math.floor(y1 - y0))) : room
    return chooseAxisTicks(axisY, [y0, y1], count, language)
  }, [y0, y1, axisY, isHistogram, logY, inner, language])
  const left = roomForTicks(ticksY)
  const breadth = Math.max(40, width - left - RIGHT)
  const ticksX = useMemo(
    () => chooseAxisTicks(axes.x, [x0, x1], Math.max(2, Math.floor(breadth / TICK_X)), language),
    [x0, x1, axes.x, breadth, language],
  )
  const area = useMemo(() => ({ left, top: TOP, width: breadth, height: inner }), [left, breadth, inner])
  const [turnX, turnY] = [axes.x.reversed, isHistogram ? false : axes.y.reversed]
  const mapOf = useCallback(
    (seen: PlotView) => createMap(seen, area, { x: turnX, y: turnY }),
    [area, turnX, turnY],
  )
  const map = useMemo(() => mapOf({ x: [x0, x1], y: [y0, y1] }), [mapOf, x0, x1, y0, y1])
  const { look } = scene
  const isShown = useCallback((index: number) => look.colours[index] !== 0, [look])
  const x = scene.x
  const target = useMemo(
    () =>
      histogram === null
        ? createPointTarget({ x, y: scene.y, map, width: breadth, height: inner, isShown, order })
        : createBinTarget(histogram, x, map),
    [histogram, x, scene.y, map, breadth, inner, isShown, order],
  )
  const chosen = useMemo(
    () => (histogram !== null && hasSelection(selected) ? countSelected(histogram, selected) : null),
    [histogram, selected],
  )
  const selectedCount = useMemo(() => countMarks(selected), [selected])
  const flaggedCount = useMemo(() => countMarks(points.flagged ?? null), [points.flagged])
  // The points may have changed beneath a pointer at rest.
  const count = histogram?.counts.length ?? points.x.length
  const item = pointed !== null && pointed.item < count ? pointed.item : null

  const pick = (found: number) => {
    if (isHistogram) onSelect(target.members(found), 'set')
    else onPick(found)
  }
  usePlotGestures(surface, {
    area,
    mapOf,
    mode,
    selectMode,
    free,
    control,
    onPoint: (at) => {
      const found = at === null ? null : target.find(at)
      if (found !== item) setPointed(found === null ? null : { item: found, byKeys: false })
    },
    onDraw: setRegion,
    onRegion: (drawn, how) => onSelect(target.enclose(drawn), how),
    onClick: (at, how) => {
      const found = target.find(at)
      if (found === null) return
      setPointed({ item: found, byKeys: false })
      if (how === null) pick(found)
      else onSelect(target.members(found), how)
    },
  })
  const describe = (found: number): string =>
    histogram === null
      ? describePoint(points, axes, found, nameOf?.(found) ?? null)
      : describeBin({ histogram, chosen, axes, language }, found, t)
  const names = {
    x: nameAxis(axes.x, ticksX, language),
    y: isHistogram ? t('counts') : nameAxis(axes.y, ticksY, language),
  }
  const exportAs = (format: 'svg' | 'png') => {
    if (axesSvg.current === null) return
    setFailed(false)
    const legend =
      points.colour == null || isHistogram
        ? null
        : { colour: points.colour, classes: made.classes, hidden, range: made.range, ramp: made.ramp }
    exportScatter(
      { svg: axesSvg.current, scene, histogram, chosen, logY, map, area, legend, label, t },
      format,
    )
      .then((file) => saveFile(`${props.fileName}.${format}`, file))
      .catch(() => setFailed(true))
  }
  const toggleClass = useCallback(
    (name: string) =>
      setHidden((before) => {
        const after = new Set(before)
        if (!after.delete(name)) after.add(name)
        return after
      }),
    [],
  )
  const empty = points.x.length === made.leftOut.valueless + made.leftOut.notPositive
  return (
    <section className={styles['plot']} aria-label={label}>
      <PlotToolbar
        mode={mode}
        onMode={setMode}
        lasso={!isHistogram}
        selectMode={selectMode}
        onSelectMode={setSelectMode}
        moved={control.moved}
        onReset={control.reset}
        onExport={exportAs}
        onExportCsv={props.onExportCsv}
      />
      {isHistogram || points.colour == null ? null : points.colour.kind === 'text' ? (
        <ClassLegend
          label={points.colour.label}
          classes={made.classes}
          hidden={hidden}
          theme={made.theme}
          onToggle={toggleClass}
        />
      ) : made.range === null ? null : (
        <ColourBar colour={points.colour} ramp={made.ramp} range={made.range} />
      )}
      <div ref={element} className={styles['stage']}>
        <PlotAxes
          svgRef={axesSvg}
          width={width}
          height={height}
          area={area}
          map={map}
          x={ticksX}
          y={ticksY}
          labels={names}
        />
        {histogram === null ? (
          <PointsCanvas scene={scene} map={map} area={area} />
        ) : (
          <HistogramBars histogram={histogram} chosen={chosen} logarithmic={logY} map={map} area={area} />
        )}
        <PlotOverlay
          width={width}
          height={height}
          area={area}
          map={map}
          pointed={item === null ? null : target.place(item)}
          rings={isHistogram ? [] : current.flatMap((index) => target.place(index) ?? [])}
          region={region}
        />
        {empty ? <p className={styles['empty']}>{t('nothing')}</p> : null}
        {/* A plot that is worked with by keys is an application; the table behind it holds the numbers. */}
        <div
          ref={surface}
          className={styles['surface']}
          data-mode={mode}
          role="application"
          tabIndex={0}
          aria-label={`${label}. ${isHistogram ? t('keysHistogram') : t('keys')}`}
          aria-roledescription={t('plot')}
          onKeyDown={(event) => {
            const isSelected = (found: number) =>
              target.members(found).some((index) => selected?.[index] === 1)
            const own = handlePlotKey(event, {
              target,
              control,
              free,
              pointed: item,
              isSelected,
              onPoint: (found) => setPointed(found === null ? null : { item: found, byKeys: true }),
              onPick: pick,
              onSelect,
              onMode: (next) => setMode(isHistogram && next === 'lasso' ? 'box' : next),
            })
            if (!own) return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      </div>
      <div className={styles['foot']}>
        {/* Only keys are answered aloud: a pointer would have everything read that it passes over. */}
        <output aria-live={pointed?.byKeys === true ? 'polite' : 'off'}>
          {item === null ? t('hint') : describe(item)}
        </output>
        <PlotNotes leftOut={made.leftOut} selected={selectedCount} flagged={flaggedCount} failed={failed} />
      </div>
    </section>
  )
}
