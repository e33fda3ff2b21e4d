import { scaleLinear } from 'd3'
import type { Ref } from 'react'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { useSize } from '../plots/use-size'
import { useSkyWords } from './use-sky-words'
import styles from './residuals.module.css'

interface ResidualScatterProps {
  readonly solution: PlateSolutionRecord
  readonly unit: 'px' | 'arcsec'
  readonly selected: number | null
  readonly onPick: (star: number) => void
  readonly svgRef: Ref<SVGSVGElement>
}

const LEFT = 54
const TOP = 12
const BOTTOM = 40
const LARGEST = 330

/** All stars on one another: a round cloud about the middle is chance, anything else is not. The circle has the radius of the rms. */
export const ResidualScatter = ({ solution, unit, selected, onPick, svgRef }: ResidualScatterProps) => {
  const { t, number } = useSkyWords()
  const { element, width } = useSize<HTMLDivElement>()
  const { matched, rmsArcseconds, rmsPixels } = solution
  const [across, up] = unit === 'px' ? [matched.dx, matched.dy] : [matched.east, matched.north]
  const rms = unit === 'px' ? rmsPixels : rmsArcseconds
  const side = Math.max(140, Math.min(LARGEST, width - LEFT - 12))
  const reach = 1.08 * Math.max(rms, ...across.map(Math.abs), ...up.map(Math.abs), 1e-6)
  const toX = scaleLinear([-reach, reach], [LEFT, LEFT + side])
  const toY = scaleLinear([-reach, reach], [TOP + side, TOP])
  const ticks = toX.ticks(5)
  return (
    <div ref={element} className={styles['plot']}>
      <svg
        ref={svgRef}
        width={width}
        height={TOP + side + BOTTOM}
        role="img"
        aria-label={t('residuals.scatterLabel', { rms: number(rms, 3), unit: t(`unit.${unit}`) })}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path
              className={tick === 0 ? styles['axis'] : styles['grid']}
              d={`M${toX(tick)} ${TOP}V${TOP + side}M${LEFT} ${toY(tick)}H${LEFT + side}`}
            />
            <text className={styles['tick']} x={LEFT - 7} y={toY(tick) + 4} textAnchor="end">
              {number(tick, 3)}
            </text>
            <text className={styles['tick']} x={toX(tick)} y={TOP + side + 16} textAnchor="middle">
              {number(tick, 3)}
            </text>
          </g>
        ))}
        <circle className={styles['rms']} cx={toX(0)} cy={toY(0)} r={toX(rms) - toX(0)} />
        {Array.from(across, (value, index) => (
          <g key={index} data-selected={index === selected} onClick={() => onPick(index)}>
            <circle className={styles['point']} cx={toX(value)} cy={toY(up[index] ?? 0)} r={3} />
            {index === selected ? (
              <circle className={styles['chosen']} cx={toX(value)} cy={toY(up[index] ?? 0)} r={8} />
            ) : null}
          </g>
        ))}
        <text className={styles['name']} x={LEFT + side / 2} y={TOP + side + 34} textAnchor="middle">
          {t(`residuals.across.${unit}`)}
        </text>
        <text
          className={styles['name']}
          textAnchor="middle"
          transform={`translate(13 ${TOP + side / 2}) rotate(-90)`}
        >
          {t(`residuals.up.${unit}`)}
        </text>
      </svg>
    </div>
  )
}
