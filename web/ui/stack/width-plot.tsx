import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameSpared, FrameToStack } from '../../pipeline/stack/foresee-stack'
import { median } from '../../science/math/median'
import { useSize } from '../plots/use-size'
import styles from './stack-panel.module.css'

interface WidthPlotProps {
  /** In the order in which they were taken. */
  readonly frames: readonly FrameToStack[]
  readonly leftOut: ReadonlyMap<string, FrameSpared>
  /** So many times the median; null for no limit. */
  readonly factor: number | null
  readonly disabled: boolean
  readonly onFactor: (factor: number | null) => void
}

const HEIGHT = 132
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 12, 12, 18]
/** By keys, of the median. */
const STEP = 0.05
/** The least limit: half of the frames are narrower than the median. */
const LEAST = 1
const round = (value: number): number => Math.round(value * 100) / 100

/** Width of the stars of each frame, with the limit beyond which a frame stays out: a line that is dragged, or moved by the arrow keys. */
export const WidthPlot = ({ frames, leftOut, factor, disabled, onFactor }: WidthPlotProps) => {
  const { t, i18n } = useTranslation('stack')
  const { element, width } = useSize<HTMLDivElement>()
  const surface = useRef<SVGSVGElement>(null)
  const widths = frames.flatMap(({ fwhm }) => fwhm ?? [])
  if (widths.length < 2) return null
  const middle = median(widths)
  // Room above the widest frame, so that a line there leaves none out.
  const most = Math.max(...widths, middle * LEAST) * 1.18
  const toY = (value: number) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM)
  const toX = (index: number) => LEFT + ((index + 0.5) / frames.length) * Math.max(1, width - LEFT - RIGHT)
  const limit = factor === null ? most : Math.min(most, factor * middle)
  const number = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 2 })
  /** A line that is drawn to the top stands for no limit. */
  const take = (wanted: number) =>
    onFactor(wanted * middle >= most * 0.995 ? null : round(Math.max(LEAST, wanted)))
  const drag = (event: PointerEvent) => {
    const box = surface.current?.getBoundingClientRect()
    if (disabled || box === undefined || event.buttons === 0) return
    const part = (HEIGHT - BOTTOM - (event.clientY - box.top)) / (HEIGHT - TOP - BOTTOM)
    take((part * most) / middle)
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP }[event.key]
    if (disabled || by === undefined) return
    event.preventDefault()
    take((factor ?? most / middle) + by)
  }
  return (
    <div ref={element} className={styles['plot']}>
      <svg ref={surface} width={width} height={HEIGHT} role="group" aria-label={t('panel.widths')}>
        <text x={LEFT - 6} y={TOP + 4} textAnchor="end">
          {number(most)}
        </text>
        <text x={LEFT - 6} y={toY(middle) + 4} textAnchor="end">
          {number(middle)}
        </text>
        <text x={LEFT - 6} y={HEIGHT - BOTTOM} textAnchor="end">
          0
        </text>
        <line className={styles['axis']} x1={LEFT} x2={width - RIGHT} y1={toY(0)} y2={toY(0)} />
        <line className={styles['middle']} x1={LEFT} x2={width - RIGHT} y1={toY(middle)} y2={toY(middle)} />
        {frames.map(({ id, fwhm }, index) =>
          fwhm === null ? null : (
            <circle
              key={id}
              cx={toX(index)}
              cy={toY(fwhm)}
              r={leftOut.has(id) ? 3.4 : 2.8}
              data-out={leftOut.has(id)}
            />
          ),
        )}
        <g
          className={styles['limit']}
          role="slider"
          tabIndex={disabled ? -1 : 0}
          aria-label={t('panel.limit')}
          aria-orientation="vertical"
          aria-valuemin={LEAST}
          aria-valuemax={round(most / middle)}
          aria-valuenow={round(limit / middle)}
          aria-valuetext={
            factor === null
              ? t('panel.noLimit')
              : t('panel.limitOf', { factor: number(factor), width: number(limit) })
          }
          onKeyDown={press}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        >
          <line x1={LEFT} x2={width - RIGHT} y1={toY(limit)} y2={toY(limit)} />
          <rect x={LEFT} y={toY(limit) - 14} width={Math.max(0, width - LEFT - RIGHT)} height={28} />
          <circle cx={width - RIGHT - 8} cy={toY(limit)} r={6} />
        </g>
      </svg>
    </div>
  )
}
