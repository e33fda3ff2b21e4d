import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './colour-panel.module.css'

const BINS = 96
/** Values that are looked at: enough for a curve of this width. */
const SAMPLES = 60_000
const [LOW, HIGH] = [-10, 40] as const

interface HistogramProps {
  readonly plane: Float32Array
  readonly sky: number
  readonly noise: number
  readonly minimum: number
}

/** How many pixels have which level, from ten sigmas below the sky to forty above, heights in logarithms; a line where the minimum is. */
export const ChannelHistogram = ({ plane, sky, noise, minimum }: HistogramProps) => {
  const { t } = useTranslation('colour-picture')
  const path = useMemo(() => {
    const counts = new Float64Array(BINS)
    const stride = Math.max(1, Math.floor(plane.length / SAMPLES))
    for (let at = 0; at < plane.length; at += stride) {
      const place = ((((plane[at] ?? Number.NaN) - sky) / noise - LOW) / (HIGH - LOW)) * BINS
      if (place >= 0 && place < BINS) counts[Math.floor(place)] = (counts[Math.floor(place)] ?? 0) + 1
    }
    const highest = Math.log1p(Math.max(...counts))
    const heights = Array.from(counts, (count) => 30 - (30 * Math.log1p(count)) / Math.max(1, highest))
    return `M0 30${heights.map((height, bin) => `L${bin} ${height.toFixed(1)}H${bin + 1}`).join('')}L${BINS} 30Z`
  }, [plane, sky, noise])
  const at = (((minimum - sky) / noise - LOW) / (HIGH - LOW)) * BINS
  return (
    <svg
      className={styles['histogram']}
      viewBox={`0 0 ${BINS} 30`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('histogram')}
    >
      <path d={path} />
      <line x1={at} x2={at} y1="0" y2="30" />
    </svg>
  )
}
