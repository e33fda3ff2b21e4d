import type { Point } from '../../../core/image'
import { boundsOf, type Region } from './find-points'
import { toPixel, type PlotMap } from './plot-map'
import type { PlotArea } from './scatter-types'
import styles from './scatter-plot.module.css'

interface PlotOverlayProps {
  readonly width: number
  readonly height: number
  readonly area: PlotArea
  readonly map: PlotMap
  /** Scaled values: where the hairs cross, and what gets a ring. */
  readonly pointed: Point | null
  readonly rings: readonly Point[]
  readonly region: Region | null
}

const drawRegion = (region: Region): string => {
  if (region.kind === 'lasso') return `M${region.path.map(({ x, y }) => `${x} ${y}`).join('L')}Z`
  const { left, right, top, bottom } = boundsOf(region)
  return `M${left} ${top}H${right}V${bottom}H${left}Z`
}

/** What lies over the points and moves with the pointer. */
export const PlotOverlay = ({ width, height, area, map, pointed, rings, region }: PlotOverlayProps) => {
  const at = pointed === null ? null : toPixel(map, pointed.x, pointed.y)
  return (
    <svg className={styles['overlay']} width={width} height={height} aria-hidden>
      <svg x={area.left} y={area.top} width={area.width} height={area.height}>
        {rings.map((ring, index) => {
          const { x, y } = toPixel(map, ring.x, ring.y)
          return <circle key={index} className={styles['ring']} cx={x} cy={y} r={9} />
        })}
        {at === null ? null : (
          <>
            <path className={styles['hair']} d={`M${at.x} 0V${area.height}M0 ${at.y}H${area.width}`} />
            <circle className={styles['pointed']} cx={at.x} cy={at.y} r={6} />
          </>
        )}
        {region === null ? null : <path className={styles['region']} d={drawRegion(region)} />}
      </svg>
    </svg>
  )
}
