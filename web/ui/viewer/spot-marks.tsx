import { useTranslation } from 'react-i18next'
import { pixelsOnScreen, toScreen, type View } from '../../render/view'
import styles from './spot-marks.module.css'

/** A place on the shown frame that somebody asks about elsewhere, in pixels. */
export interface SpotMark {
  readonly label: string
  readonly x: number
  readonly y: number
  /** Of the aperture; null where nothing was measured. */
  readonly radius: number | null
}

/** Where no aperture is known the mark is so large, and none is smaller, CSS pixels. */
const PLAIN = 12
const SMALLEST = 5
/** With more of them names would cover the picture. */
const MOST_NAMED = 30
const GAP = 4

/** Rows that were chosen in a table or a plot, on the picture: they are looked at and not worked with. */
export const SpotMarks = ({ spots, view }: { readonly spots: readonly SpotMark[]; readonly view: View }) => {
  const { t } = useTranslation('viewer')
  const scale = pixelsOnScreen(view)
  if (spots.length === 0) return null
  return (
    <g
      className={styles['spots']}
      role="img"
      aria-label={t('spots', { count: spots.length })}
      data-spots={spots.length}
    >
      {spots.map((spot, index) => {
        const at = toScreen(view, spot)
        const radius = spot.radius === null ? PLAIN : Math.max(SMALLEST, spot.radius * scale)
        return (
          // Two rows may speak of one star: only its place in the list tells them apart.
          <g key={index}>
            <circle className={styles['halo']} cx={at.x} cy={at.y} r={radius} />
            <circle className={styles['ring']} cx={at.x} cy={at.y} r={radius} />
            {spots.length > MOST_NAMED ? null : (
              <text x={at.x} y={at.y - radius - GAP} textAnchor="middle">
                {spot.label}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
