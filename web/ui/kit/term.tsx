import { useTranslation } from 'react-i18next'
import styles from './term.module.css'

export type TermId =
  | 'airmass'
  | 'annulus'
  | 'bad-pixels'
  | 'aperture'
  | 'bias'
  | 'bjd'
  | 'colourMask'
  | 'cosmicRay'
  | 'dark'
  | 'detrend'
  | 'ensemble'
  | 'flat'
  | 'fringe'
  | 'fwhm'
  | 'gradient'
  | 'gain'
  | 'linearity'
  | 'odds'
  | 'overscan'
  | 'parity'
  | 'pixelScale'
  | 'readNoise'
  | 'rejected'
  | 'rms'
  | 'rotation'
  | 'saturation'
  | 'sip'
  | 'snr'
  | 'trim'

/** A word of the field with its meaning, on hover and on focus. */
export const Term = ({ id, children }: { readonly id: TermId; readonly children: string }) => {
  const { t } = useTranslation('terms')
  return (
    <button type="button" className={styles['term']}>
      {children}
      <span className={styles['meaning']} role="tooltip">
        {t(id)}
      </span>
    </button>
  )
}
