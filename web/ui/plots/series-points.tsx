import { memo } from 'react'
import type { PlotSeries } from './plot-types'
import styles from './series-plot.module.css'

interface SeriesPointsProps {
  readonly series: PlotSeries
  readonly toX: (value: number) => number
  readonly toY: (value: number) => number
  readonly size: number
}

const cross = (x: number, y: number, size: number): string =>
  `M${x - size} ${y - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`
const circle = (x: number, y: number, size: number): string =>
  `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0`
const square = (x: number, y: number, size: number): string =>
  `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}z`

/** A second cue beside the colour: the target round, comparisons square. */
const outline = (role: PlotSeries['role']) => (role === 'comparison' || role === 'check' ? square : circle)

const fixed = (value: number): number => Math.round(value * 10) / 10

/** All points of a series in two paths, plain and marked, so that a thousand points are two elements. */
const drawPoints = ({ series, toX, toY, size }: SeriesPointsProps) => {
  let [plain, marked, bars] = ['', '', '']
  const shape = outline(series.role)
  for (let index = 0; index < series.x.length; index++) {
    const [x, y] = [series.x[index] ?? NaN, series.y[index] ?? NaN]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    const [left, top] = [fixed(toX(x)), fixed(toY(y))]
    if (series.marked?.(index) === true) marked += cross(left, top, size)
    else plain += shape(left, top, size)
    const error = series.error?.[index]
    if (error !== undefined && error > 0) bars += `M${left} ${fixed(toY(y - error))}V${fixed(toY(y + error))}`
  }
  return { plain, marked, bars }
}

const drawLine = ({ series, toX, toY }: SeriesPointsProps): string => {
  let path = ''
  let open = false
  for (let index = 0; index < series.x.length; index++) {
    const [x, y] = [series.x[index] ?? NaN, series.y[index] ?? NaN]
    const known = Number.isFinite(x) && Number.isFinite(y)
    if (known) path += `${open ? 'L' : 'M'}${fixed(toX(x))} ${fixed(toY(y))}`
    open = known
  }
  return path
}

export const SeriesPoints = memo((props: SeriesPointsProps) => {
  const { series } = props
  if (series.draw === 'line')
    return <path className={styles['line']} data-role={series.role} d={drawLine(props)} />
  const { plain, marked, bars } = drawPoints(props)
  return (
    <g data-role={series.role} className={styles['points']}>
      <path className={styles['bars']} d={bars} />
      <path className={styles['plain']} d={plain} />
      <path className={styles['marked']} d={marked} />
    </g>
  )
})
SeriesPoints.displayName = 'SeriesPoints'
