import { scaleLinear } from 'd3'
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlotAxis, PlotRange, PlotSeries } from './plot-types'
import { coverSeries, zoomRange } from './plot-range'
import { SeriesPoints } from './series-points'
import { useWheelZoom } from './use-wheel-zoom'
import { useSize } from './use-size'
import styles from './series-plot.module.css'

export interface SeriesPlotProps {
  /** The first series is the one that is read off, picked and stepped through. */
  readonly series: readonly PlotSeries[]
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly height: number
  readonly label: string
  /** A range of x that is shaded, such as a dip. */
  readonly shade?: readonly [number, number] | null
  /** Index of the point that belongs to what is looked at elsewhere. */
  readonly selected?: number | null
  /** Range of x shared with other plots; the plot keeps its own when left out. */
  readonly rangeX?: readonly [number, number] | null
  readonly onRangeX?: (range: readonly [number, number] | null) => void
  readonly onPick?: (index: number) => void
  /** Draws no names along x: another plot with the same axis lies below. */
  readonly bare?: boolean
  readonly svgRef?: Ref<SVGSVGElement>
}

const LEFT = 62
const RIGHT = 14
/** Room for the name of the quantity above the points. */
const TOP = 22
/** Pixels within which a pointer means a point. */
const REACH = 24
/** A drag shorter than this is a click. */
const CLICK = 5

const nearestIndex = (
  series: PlotSeries | undefined,
  measure: (x: number, y: number) => number,
): number | null => {
  let [best, least] = [-1, REACH]
  for (let index = 0; index < (series?.x.length ?? 0); index++) {
    const distance = measure(series?.x[index] ?? NaN, series?.y[index] ?? NaN)
    if (distance < least) [best, least] = [index, distance]
  }
  return best < 0 ? null : best
}

const stepIndex = (series: PlotSeries | undefined, from: number | null, by: number): number | null => {
  const count = series?.x.length ?? 0
  for (let tried = 1; tried <= count; tried++) {
    const index = ((from ?? (by > 0 ? -1 : 0)) + by * tried + count * tried) % count
    if (Number.isFinite(series?.y[index])) return index
  }
  return null
}

/** Points over an axis, to be read off, zoomed into and picked by pointer or keys. */
export const SeriesPlot = (props: SeriesPlotProps) => {
  const { series, x, y, height, label, shade = null, selected = null, onPick, bare = false } = props
  const { t } = useTranslation('plots')
  const { element, width } = useSize<HTMLDivElement>()
  const whole = useMemo(() => coverSeries(series), [series])
  const [zoomed, setZoomed] = useState<PlotRange | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const [brush, setBrush] = useState<{ from: { x: number; y: number }; to: { x: number; y: number } } | null>(
    null,
  )
  const surface = useRef<SVGRectElement>(null)
  const range: PlotRange = { x: props.rangeX ?? zoomed?.x ?? whole.x, y: zoomed?.y ?? whole.y }
  const [[x0, x1], [y0, y1]] = [range.x, range.y]
  const bottom = height - (bare ? 6 : 40)
  const { toX, toY } = useMemo(() => {
    const up: [number, number] = y.reversed ? [TOP, bottom] : [bottom, TOP]
    return { toX: scaleLinear([x0, x1], [LEFT, width - RIGHT]), toY: scaleLinear([y0, y1], up) }
  }, [x0, x1, y0, y1, width, bottom, y.reversed])
  const main = series[0]

  const setRange = (next: PlotRange | null) => {
    setZoomed(next)
    props.onRangeX?.(next === null ? null : next.x)
  }
  const place = (event: { clientX: number; clientY: number }) => {
    const box = surface.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0) + LEFT, y: event.clientY - (box?.top ?? 0) + TOP }
  }
  const find = (at: { x: number; y: number }) =>
    nearestIndex(main, (px, py) => Math.hypot(toX(px) - at.x, toY(py) - at.y))
  const zoomAt = (at: { x: number; y: number }, factor: number) =>
    setRange(zoomRange(range, { x: toX.invert(at.x), y: toY.invert(at.y) }, factor))
  useWheelZoom(surface, (event) => zoomAt(place(event), event.deltaY > 0 ? 1.25 : 0.8))

  const down = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = place(event)
    setBrush({ from: at, to: at })
  }
  const move = (event: PointerEvent) => {
    const at = place(event)
    setPointed(find(at))
    if (brush !== null) setBrush({ ...brush, to: at })
  }
  const up = (event: PointerEvent) => {
    const at = place(event)
    if (brush !== null) {
      const [dx, dy] = [Math.abs(at.x - brush.from.x), Math.abs(at.y - brush.from.y)]
      const hit = find(at)
      if (Math.max(dx, dy) < CLICK) {
        if (hit !== null) onPick?.(hit)
      } else {
        const order = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])
        setRange({
          x: order(toX.invert(brush.from.x), toX.invert(at.x)),
          y: dy < 3 * CLICK ? range.y : order(toY.invert(brush.from.y), toY.invert(at.y)),
        })
      }
    }
    setBrush(null)
  }
  const press = (event: KeyboardEvent) => {
    const middle = { x: (LEFT + width - RIGHT) / 2, y: (TOP + bottom) / 2 }
    const from = pointed ?? selected
    if (event.key === 'ArrowRight') setPointed(stepIndex(main, from, 1))
    else if (event.key === 'ArrowLeft') setPointed(stepIndex(main, from, -1))
    else if (event.key === 'Enter' && from !== null) onPick?.(from)
    else if (event.key === '+' || event.key === '=') zoomAt(middle, 0.8)
    else if (event.key === '-') zoomAt(middle, 1.25)
    else if (event.key === '0') setRange(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const read = (index: number): string => {
    const error = main?.error?.[index]
    const value = y.format(main?.y[index] ?? NaN)
    return `${x.format(main?.x[index] ?? NaN)} · ${error === undefined || !Number.isFinite(error) ? value : `${value} ± ${y.format(error)}`}`
  }
  const at = pointed === null ? null : { x: toX(main?.x[pointed] ?? NaN), y: toY(main?.y[pointed] ?? NaN) }
  const chosen =
    selected === null ? null : { x: toX(main?.x[selected] ?? NaN), y: toY(main?.y[selected] ?? NaN) }
  const shaded = shade === null ? null : ([toX(shade[0]), toX(shade[1])] as const)
  const size = width < 500 ? 2.4 : 3
  return (
    <div ref={element} className={styles['plot']}>
      {/* A plot that is worked with by keys is an application; its name says what it shows, the table behind it holds the numbers. */}
      <svg
        ref={props.svgRef}
        width={width}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={`${label}. ${t('keys')}`}
        aria-roledescription={t('plot')}
        onKeyDown={press}
      >
        {shaded === null ? null : (
          <rect
            className={styles['shade']}
            x={shaded[0]}
            y={TOP}
            width={Math.max(0, shaded[1] - shaded[0])}
            height={bottom - TOP}
          />
        )}
        {toY.ticks(Math.max(2, Math.floor((bottom - TOP) / 44))).map((tick) => (
          <g key={tick}>
            <path className={styles['grid']} d={`M${LEFT} ${toY(tick)}H${width - RIGHT}`} />
            <text className={styles['tick']} x={LEFT - 8} y={toY(tick) + 4} textAnchor="end">
              {y.format(tick)}
            </text>
          </g>
        ))}
        {bare
          ? null
          : toX.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => (
              <text key={tick} className={styles['tick']} x={toX(tick)} y={bottom + 17} textAnchor="middle">
                {toX.tickFormat(8)(tick)}
              </text>
            ))}
        {bare ? null : (
          <text className={styles['name']} x={(LEFT + width - RIGHT) / 2} y={height - 5} textAnchor="middle">
            {x.label}
          </text>
        )}
        <text className={styles['name']} x={LEFT} y={14}>
          {y.label}
        </text>
        <svg x={0} y={0} width={width} height={bottom} className={styles['inside']}>
          {series.map((each) => (
            <SeriesPoints key={each.id} series={each} toX={toX} toY={toY} size={size} />
          ))}
          {chosen === null || Number.isNaN(chosen.y) ? null : (
            <circle className={styles['chosen']} cx={chosen.x} cy={chosen.y} r={8} />
          )}
          {at === null || Number.isNaN(at.y) ? null : (
            <path
              className={styles['hair']}
              d={`M${at.x} ${TOP}V${bottom}M${LEFT} ${at.y}H${width - RIGHT}`}
            />
          )}
        </svg>
        {brush === null ? null : (
          <rect
            className={styles['brush']}
            x={Math.min(brush.from.x, brush.to.x)}
            y={Math.min(brush.from.y, brush.to.y)}
            width={Math.abs(brush.to.x - brush.from.x)}
            height={Math.abs(brush.to.y - brush.from.y)}
          />
        )}
        <rect
          ref={surface}
          className={styles['surface']}
          x={LEFT}
          y={TOP}
          width={Math.max(0, width - LEFT - RIGHT)}
          height={Math.max(0, bottom - TOP)}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerLeave={() => setPointed(null)}
          onDoubleClick={() => setRange(null)}
        />
      </svg>
      <output className={styles['readout']} aria-live="polite">
        {pointed === null ? '' : read(pointed)}
      </output>
    </div>
  )
}
