import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MASK_BITS, type MaskBit } from '../../core/pixel-mask'
import { maskColour } from '../../render/mask-colours'
import { countFlags, type MaskPicture } from '../../render/mask-tiles'
import styles from './mask-legend.module.css'
import { useNightTheme } from './use-night-theme'

interface MaskLegendProps {
  readonly mask: MaskPicture
  readonly hidden: readonly MaskBit[]
  readonly onToggle: (bit: MaskBit) => void
}

/** What the colours over the picture mean, how many pixels have each flag, and a press to see one flag without the others. */
export const MaskLegend = ({ mask, hidden, onToggle }: MaskLegendProps) => {
  const { t, i18n } = useTranslation('viewer')
  const night = useNightTheme()
  const counts = useMemo(() => countFlags(mask), [mask])
  return (
    <div className={styles['legend']} role="group" aria-label={t('mask.legend')}>
      {MASK_BITS.map(({ name, bit }) => (
        <button
          key={name}
          type="button"
          aria-pressed={!hidden.includes(name)}
          title={t(`mask.means.${name}`)}
          data-flag={name}
          data-none={(counts[bit] ?? 0) === 0}
          onClick={() => onToggle(name)}
        >
          <i style={{ background: maskColour(name, night) }} aria-hidden="true" />
          <span>{t(`mask.bit.${name}`)}</span>
          <small>{(counts[bit] ?? 0).toLocaleString(i18n.language)}</small>
        </button>
      ))}
    </div>
  )
}
