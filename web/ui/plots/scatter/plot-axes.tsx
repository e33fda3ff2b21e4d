import { memo, type Ref } from 'react'
import type { PlotMap } from './plot-map'
import type { AxisTicks, PlotArea } from './scatter-types'
import styles from './scatter-plot.module.css'

interface PlotAxesProps {
  readonly svgRef: Ref<SVGSVGElement>
  readonly width: number
  readonly height: number
  readonly area: PlotArea
  readonly map: PlotMap
  readonly x: AxisTicks
  readonly y: AxisTicks
  readonly labels: { readonly x: string; readonly y: string }
}

/** Length of the marks of ticks along x, CSS pixels; a tick without a number has a shorter one. */
const [LONG, SHORT] = [5, 3]

/** Grid, ticks and names. What is drawn over the points goes elsewhere: this part is also that of the file. */
export const PlotAxes = memo(({ svgRef, width, height, area, map, x, y, labels }: PlotAxesProps) => {
  const { left, top } = area
  const [right, bottom] = [left + area.width, top + area.height]
  const placeX = (at: number): number => left + map.scaleX * at + map.shiftX
  const placeY = (at: number): number => top + map.scaleY * at + map.shiftY
  return (
    <svg ref={svgRef} className={styles['axes']} width={width} height={height} aria-hidden>
      {y.ticks.map(({ at, text }) => (
        <g key={at}>
          <path
            className={text === '' ? styles['minor'] : styles['grid']}
            d={`M${left} ${placeY(at)}H${text === '' ? left + LONG : right}`}
          />
          {text === '' ? null : (
            <text className={styles['tick']} x={left - 8} y={placeY(at) + 4} textAnchor="end">
              {text}
            </text>
          )}
        </g>
      ))}
      {x.ticks.map(({ at, text }) => (
        <g key={at}>
          <path className={styles['minor']} d={`M${placeX(at)} ${bottom}v${text === '' ? SHORT : LONG}`} />
          {text === '' ? null : (
            <text className={styles['tick']} x={placeX(at)} y={bottom + 19} textAnchor="middle">
              {text}
            </text>
          )}
        </g>
      ))}
      <path className={styles['frame']} d={`M${left} ${top}V${bottom}H${right}`} />
      <text className={styles['name']} x={(left + right) / 2} y={height - 5} textAnchor="middle">
        {labels.x}
      </text>
      <text className={styles['name']} x={Math.max(4, left - 44)} y={15}>
        {labels.y}
      </text>
    </svg>
  )
})
PlotAxes.displayName = 'PlotAxes'
