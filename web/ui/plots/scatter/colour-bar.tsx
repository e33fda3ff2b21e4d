import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseColourTicks } from './axis-ticks'
import type { ColourRange } from './point-looks'
import { writeColour } from './plot-theme'
import type { ScatterColour } from './scatter-types'
import styles from './scatter-plot.module.css'

interface ColourBarProps {
  readonly colour: Extract<ScatterColour, { kind: 'number' }>
  readonly ramp: Uint32Array
  readonly range: ColourRange
}

/** Every so manyth colour of the ramp makes a stop of the gradient. */
const EVERY = 15

/** Which colour stands for which value. Values beyond the ends have the colours of the ends, and the bar says so. */
export const ColourBar = memo(({ colour, ramp, range }: ColourBarProps) => {
  const { t, i18n } = useTranslation('scatter')
  const stops = Array.from(ramp)
    .filter((_, step) => step % EVERY === 0)
    .map(writeColour)
  const span = range.high - range.low
  const { ticks, offset, note } = chooseColourTicks(colour, range, i18n.language)
  return (
    <div className={styles['colourBar']}>
      <span className={styles['legendName']}>
        {colour.label}
        {offset === 0 ? '' : ` − ${offset.toLocaleString(i18n.language)}`}
        {note === undefined ? '' : `, ${note}`}
      </span>
      <div className={styles['ramp']}>
        {/* The style is set by script, which the policy of the page allows; a style attribute in a file would not be. */}
        <i style={{ backgroundImage: `linear-gradient(to right, ${stops.join(', ')})` }} />
        {ticks.map(({ at, text }) => (
          <span key={at} style={{ left: `${span > 0 ? (100 * (at - range.low)) / span : 50}%` }}>
            {text}
          </span>
        ))}
      </div>
      {range.below || range.above ? <small>{t('colourCut')}</small> : null}
      {range.missing > 0 ? <small>{t('colourMissing', { count: range.missing })}</small> : null}
    </div>
  )
})
ColourBar.displayName = 'ColourBar'
