import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cuts } from '../../render/cuts'
import type { Histogram } from '../../render/histogram'
import type { DisplaySettings } from '../../render/image-renderer'
import { applyStretch, placeBetweenCuts } from '../../render/stretch'
import styles from './display-panel.module.css'
import { formatValue } from './format-value'

interface HistogramPlotProps {
  readonly histogram: Histogram
  readonly display: DisplaySettings
  readonly onCuts: (cuts: Cuts) => void
}

const WIDTH = 284
const HEIGHT = 84
/** Room for the handles at both ends, and below the bars. */
const SIDE = 8
const FLOOR = 72
const PLOT = WIDTH - 2 * SIDE
const BARS = FLOOR - 6
/** A key moves a cut by this share of what is shown, ten times as far with Shift. */
const KEY_STEP = 0.005

/** Bars by the square root of their count: the few bright pixels are seen beside the many of the sky. */
const barPath = ({ counts }: Histogram): string => {
  const most = Math.sqrt(counts.reduce((a, b) => Math.max(a, b), 1))
  const wide = PLOT / counts.length
  let path = ''
  for (const [i, count] of counts.entries()) {
    if (count === 0) continue
    const high = Math.max(1, (BARS * Math.sqrt(count)) / most)
    path += `M${(SIDE + i * wide).toFixed(2)} ${FLOOR}v${(-high).toFixed(2)}h${(wide * 0.8).toFixed(2)}V${FLOOR}z`
  }
  return path
}

/** The stretch as a line from dark (below) to bright (above). */
const curvePath = (histogram: Histogram, display: DisplaySettings): string => {
  const points: string[] = []
  for (let i = 0; i <= 80; i++) {
    const value = histogram.low + ((histogram.high - histogram.low) * i) / 80
    const brightness = applyStretch(display.stretch, placeBetweenCuts(value, display.low, display.high))
    points.push(`${(SIDE + (PLOT * i) / 80).toFixed(1)} ${(FLOOR - BARS * brightness).toFixed(1)}`)
  }
  return `M${points.join('L')}`
}

/** The histogram with both cuts as handles. A cut beyond what is shown waits at the edge. */
export const HistogramPlot = ({ histogram, display, onCuts }: HistogramPlotProps) => {
  const { t } = useTranslation('viewer')
  const plot = useRef<SVGSVGElement>(null)
  const dragged = useRef<'low' | 'high' | null>(null)
  const span = histogram.high - histogram.low
  const placeOf = (value: number): number =>
    SIDE + PLOT * Math.min(1, Math.max(0, (value - histogram.low) / span))
  const moveCut = (which: 'low' | 'high', value: number): void => {
    const { low, high } = display
    // The cuts may meet but not cross.
    onCuts(which === 'low' ? { low: Math.min(value, high), high } : { low, high: Math.max(value, low) })
  }
  const take = (which: 'low' | 'high') => (event: PointerEvent<SVGGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    dragged.current = which
  }
  const drag = (event: PointerEvent<SVGGElement>) => {
    const box = plot.current?.getBoundingClientRect()
    if (dragged.current === null || box === undefined) return
    const x = ((event.clientX - box.left) * WIDTH) / box.width
    moveCut(dragged.current, histogram.low + (span * (x - SIDE)) / PLOT)
  }
  const drop = () => {
    dragged.current = null
  }
  const press = (which: 'low' | 'high') => (event: KeyboardEvent) => {
    const step = span * KEY_STEP * (event.shiftKey ? 10 : 1)
    const value = display[which]
    if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') moveCut(which, value - step)
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') moveCut(which, value + step)
    else if (event.key === 'Home') moveCut(which, histogram.low)
    else if (event.key === 'End') moveCut(which, histogram.high)
    else return
    event.preventDefault()
  }
  return (
    <fieldset
      className={styles['histogram']}
      aria-label={t('display.histogram', {
        low: formatValue(histogram.low),
        high: formatValue(histogram.high),
      })}
    >
      <svg ref={plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        <path className={styles['bars']} d={barPath(histogram)} />
        <path className={styles['floor']} d={`M${SIDE} ${FLOOR}h${PLOT}`} />
        <path className={styles['curve']} d={curvePath(histogram, display)} />
        {(['low', 'high'] as const).map((which) => (
          <g
            key={which}
            className={styles['handle']}
            role="slider"
            tabIndex={0}
            aria-label={t(`display.${which}`)}
            aria-valuemin={histogram.low}
            aria-valuemax={histogram.high}
            aria-valuenow={display[which]}
            aria-valuetext={formatValue(display[which])}
            data-cut={which}
            onPointerDown={take(which)}
            onPointerMove={drag}
            onPointerUp={drop}
            onPointerCancel={drop}
            onKeyDown={press(which)}
          >
            <rect
              className={styles['reach']}
              x={placeOf(display[which]) - 11}
              y="0"
              width="22"
              height={HEIGHT}
            />
            <path d={`M${placeOf(display[which])} 4V${FLOOR}`} />
            <circle cx={placeOf(display[which])} cy={FLOOR + 3} r="5.5" />
          </g>
        ))}
      </svg>
      <div className={styles['values']}>
        <span>{formatValue(display.low)}</span>
        <span>{formatValue(display.high)}</span>
      </div>
    </fieldset>
  )
}
