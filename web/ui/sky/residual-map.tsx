import { useMemo, type Ref } from 'react'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { scaleQuiver } from '../../render/sky/scale-quiver'
import { useSize } from '../plots/use-size'
import { useSkyWords } from './use-sky-words'
import styles from './residuals.module.css'

interface ResidualMapProps {
  readonly solution: PlateSolutionRecord
  readonly selected: number | null
  readonly onPick: (star: number) => void
  readonly svgRef: Ref<SVGSVGElement>
}

const MARGIN = 24
/** Room for the legend beneath the frame. */
const FOOT = 30
const TALLEST = 420
const HEAD = 5

const drawArrow = (x: number, y: number, dx: number, dy: number): string => {
  const angle = Math.atan2(dy, dx)
  const size = Math.min(HEAD, Math.hypot(dx, dy) / 3)
  const wing = (by: number): string =>
    `${(x + dx - size * Math.cos(angle + by)).toFixed(2)} ${(y + dy - size * Math.sin(angle + by)).toFixed(2)}`
  const tip = `${(x + dx).toFixed(2)} ${(y + dy).toFixed(2)}`
  return `M${x.toFixed(2)} ${y.toFixed(2)}L${tip}M${wing(0.45)}L${tip}L${wing(-0.45)}`
}

/** The frame with an arrow for each star, from where the catalogue puts it to where it is: what a distortion looks like. */
export const ResidualMap = ({ solution, selected, onPick, svgRef }: ResidualMapProps) => {
  const { t } = useSkyWords()
  const { element, width } = useSize<HTMLDivElement>()
  const { matched, rmsArcseconds } = solution
  const room = Math.max(120, width - 2 * MARGIN)
  const factor = Math.min(room / solution.width, TALLEST / solution.height)
  const [wide, high] = [solution.width * factor, solution.height * factor]
  const left = (width - wide) / 2
  const scale = useMemo(() => scaleQuiver(rmsArcseconds), [rmsArcseconds])
  const stars = useMemo(
    () =>
      Array.from(matched.x, (x, index) => {
        const [dx, dy] = [matched.dx[index] ?? 0, matched.dy[index] ?? 0]
        const [east, north] = [matched.east[index] ?? 0, matched.north[index] ?? 0]
        const pixels = Math.hypot(dx, dy)
        const stretch =
          scale === null || pixels === 0 ? 0 : (Math.hypot(east, north) * scale.unitsPerArcsecond) / pixels
        // Rows of a frame count upwards on the screen, as they do in the viewer.
        return { x, y: matched.y[index] ?? 0, dx: dx * stretch, dy: -dy * stretch }
      }),
    [matched, scale],
  )
  const height = high + MARGIN + FOOT
  return (
    <div ref={element} className={styles['plot']}>
      <svg ref={svgRef} width={width} height={height} role="img" aria-label={t('residuals.mapLabel')}>
        <rect className={styles['frame']} x={left} y={MARGIN} width={wide} height={high} />
        {stars.map(({ x, y, dx, dy }, index) => {
          const [atX, atY] = [left + (x + 0.5) * factor, MARGIN + high - (y + 0.5) * factor]
          return (
            <g key={index} data-selected={index === selected} onClick={() => onPick(index)}>
              <circle className={styles['star']} cx={atX} cy={atY} r={2} />
              <path className={styles['arrow']} d={drawArrow(atX, atY, dx, dy)} />
              {index === selected ? <circle className={styles['chosen']} cx={atX} cy={atY} r={9} /> : null}
              <circle className={styles['target']} cx={atX} cy={atY} r={8} />
            </g>
          )
        })}
        {scale === null ? null : (
          <g>
            <path
              className={styles['arrow']}
              d={drawArrow(left, high + MARGIN + FOOT / 2 + 2, scale.legend.length, 0)}
            />
            <text
              className={styles['tick']}
              x={left + scale.legend.length + 8}
              y={high + MARGIN + FOOT / 2 + 6}
            >
              {t('residuals.legend', { length: scale.legend.label })}
            </text>
          </g>
        )}
      </svg>
    </div>
  )
}
