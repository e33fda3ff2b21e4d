import { useTranslation } from 'react-i18next'
import type { FrameViewerProps } from './frame-viewer-props'
import styles from './viewer-state.module.css'

type ViewerStateProps = Pick<FrameViewerProps, 'state' | 'message' | 'progress' | 'onRetry'>

/** What stands in the stage while there is no picture. While loading over an older picture it is a small bar. */
export const ViewerStateCard = ({
  state,
  message,
  progress,
  onRetry,
  over,
}: ViewerStateProps & { readonly over: boolean }) => {
  const { t } = useTranslation('viewer')
  if (state === 'ready') return null
  if (state === 'loading') {
    const known = progress !== undefined
    return (
      <output className={styles['state']} data-over={over}>
        {!over && <Mark />}
        <p className={styles['title']}>{message ?? t('state.loading')}</p>
        <progress
          className={styles['bar']}
          aria-label={t('state.loading')}
          {...(known ? { value: progress, max: 1 } : {})}
        />
        {known && <p className={styles['count']}>{Math.floor(progress * 100)} %</p>}
      </output>
    )
  }
  if (state === 'failed') {
    return (
      <div className={styles['state']} role="alert" data-failed="">
        <Mark />
        <p className={styles['title']}>{t('state.failed')}</p>
        {message !== undefined && <p className={styles['reason']}>{message}</p>}
        {onRetry !== undefined && (
          <button type="button" className={styles['retry']} onClick={onRetry}>
            {t('state.retry')}
          </button>
        )}
      </div>
    )
  }
  return (
    <div className={styles['state']}>
      <Mark />
      <p className={styles['title']}>{t('state.empty')}</p>
      <p className={styles['reason']}>{message ?? t('state.emptyHint')}</p>
    </div>
  )
}

const Mark = () => (
  <svg className={styles['mark']} viewBox="0 0 64 64" aria-hidden="true">
    <circle cx="32" cy="32" r="9" />
    <circle cx="32" cy="32" r="18" strokeDasharray="3 3" />
    <circle cx="32" cy="32" r="26" strokeDasharray="3 3" />
  </svg>
)
