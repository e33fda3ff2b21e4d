import { memo } from 'react'
import { footOf, heightOf, type Histogram } from './histogram'
import type { PlotMap } from './plot-map'
import type { PlotArea } from './scatter-types'
import styles from './scatter-plot.module.css'

interface HistogramBarsProps {
  readonly histogram: Histogram
  /** How many of each bin are selected; null where nothing is. */
  readonly chosen: Uint32Array | null
  readonly logarithmic: boolean
  readonly map: PlotMap
  readonly area: PlotArea
}

interface BarInput {
  readonly edges: Float64Array
  readonly counts: Uint32Array
  readonly map: PlotMap
  readonly logarithmic: boolean
}

/** All bars as one path; those that are wide enough stand a pixel apart. */
export const drawBars = ({ edges, counts, map, logarithmic }: BarInput): string => {
  const bottom = map.scaleY * footOf(logarithmic) + map.shiftY
  const place = (at: number) => map.scaleX * at + map.shiftX
  let path = ''
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] ?? 0
    if (count === 0) continue
    const [one, other] = [place(edges[bin] ?? 0), place(edges[bin + 1] ?? 0)]
    const [from, to] = [Math.min(one, other), Math.max(one, other)]
    const gap = to - from > 4 ? 1 : 0
    const top = map.scaleY * heightOf(count, logarithmic) + map.shiftY
    path += `M${(from + gap / 2).toFixed(2)} ${bottom.toFixed(2)}V${top.toFixed(2)}H${(to - gap / 2).toFixed(2)}V${bottom.toFixed(2)}Z`
  }
  return path
}

export const HistogramBars = memo(({ histogram, chosen, logarithmic, map, area }: HistogramBarsProps) => {
  const { edges, counts } = histogram
  const draw = { edges, map, logarithmic }
  return (
    <svg
      className={styles['bars']}
      style={{ left: area.left, top: area.top }}
      width={area.width}
      height={area.height}
      aria-hidden
    >
      <path
        className={styles['bar']}
        data-dimmed={chosen === null ? undefined : ''}
        d={drawBars({ ...draw, counts })}
      />
      {chosen === null ? null : (
        <path className={styles['chosen']} d={drawBars({ ...draw, counts: chosen })} />
      )}
    </svg>
  )
})
HistogramBars.displayName = 'HistogramBars'
