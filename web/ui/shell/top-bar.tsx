import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './top-bar.module.css'

interface TopBarProps {
  /** Night and object, when frames are there. */
  readonly night: string | null
  readonly object: string | null
  readonly road: ReactNode
  readonly next: { readonly label: string; readonly onPress: () => void; readonly disabled: boolean } | null
  readonly onPalette: () => void
}

const Mark = () => (
  <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <circle cx="5" cy="17" r="2" />
    <circle cx="10" cy="9" r="2.4" />
    <circle cx="16" cy="13" r="1.7" />
    <circle cx="20" cy="5" r="2" />
    <path d="M5 17l5-8 6 4 4-8" stroke="currentColor" fill="none" strokeWidth="1" opacity=".6" />
  </svg>
)

/** Brand, what is open, the road, and the one button that says what comes next. */
export const TopBar = ({ night, object, road, next, onPalette }: TopBarProps) => {
  const { t } = useTranslation('shell')
  return (
    <>
      <h1 className={styles['brand']}>
        <Mark />
        {t('brand')}
      </h1>
      <div className={styles['crumb']}>
        {night === null ? null : <b>{night}</b>}
        {object === null ? null : ` · ${object}`}
      </div>
      <div className={styles['road']}>{road}</div>
      <button
        type="button"
        className={`ghost ${styles['palette']}`}
        onClick={onPalette}
        aria-label={t('palette')}
        title={t('palette')}
      >
        {t('paletteKeys')}
      </button>
      {next === null ? null : (
        <button
          type="button"
          className={`do ${styles['next']}`}
          onClick={next.onPress}
          disabled={next.disabled}
          data-testid="next"
        >
          {next.label}
        </button>
      )}
    </>
  )
}
