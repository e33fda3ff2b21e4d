import { useTranslation } from 'react-i18next'
import { formatBytes } from '../kit/format-bytes'
import styles from './foot-bar.module.css'

export interface RunningWork {
  /** Words for what is being done, translated already. */
  readonly label: string
  readonly done: number
  readonly total: number
  /** Seconds; null until it can be told honestly. */
  readonly secondsLeft: number | null
  readonly onCancel: (() => void) | null
}

export interface FootFacts {
  readonly lastSeconds: number | null
  readonly threads: number
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly canWrite: boolean
  readonly offline: boolean
  /** Words for the folder that is watched, or that waits for a click; null when there is none. */
  readonly watch: string | null
}

interface FootBarProps {
  readonly work: RunningWork | null
  readonly facts: FootFacts
  readonly onOrders: () => void
  readonly onWatch: () => void
}

/** What is going on: progress with an honest time left and a Cancel that works, then the state of the machine. */
export const FootBar = ({ work, facts, onOrders, onWatch }: FootBarProps) => {
  const { t, i18n } = useTranslation('shell')
  const number = (value: number, digits = 0) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const { usedBytes, quotaBytes, lastSeconds, threads, canWrite, offline, watch } = facts
  return (
    <div className={styles['foot']}>
      {work === null ? (
        <button type="button" className={styles['plain']} onClick={onOrders}>
          {lastSeconds === null ? t('foot.idle') : t('foot.idleAfter', { seconds: number(lastSeconds, 1) })}
        </button>
      ) : (
        <>
          <button type="button" className={styles['plain']} onClick={onOrders}>
            {work.label}
          </button>
          <progress max={Math.max(1, work.total)} value={work.done} aria-label={work.label} />
          <span className="mono" aria-live="off">
            {number(Math.floor(work.done))}/{number(work.total)}
            {work.secondsLeft === null
              ? ''
              : ` · ${t('foot.left', { seconds: number(work.secondsLeft, work.secondsLeft < 10 ? 1 : 0) })}`}
          </span>
          {work.onCancel === null ? null : (
            <button type="button" className={styles['cancel']} onClick={work.onCancel}>
              {t('foot.cancel')}
            </button>
          )}
        </>
      )}
      <span className={styles['space']} />
      {watch === null ? null : (
        <button type="button" className={styles['plain']} onClick={onWatch}>
          {watch}
        </button>
      )}
      <span className={styles['wide']}>{t('foot.threads', { count: threads })}</span>
      <span className={styles['wide']}>
        {quotaBytes > 0
          ? t('foot.storage', {
              used: formatBytes(usedBytes, i18n.language),
              quota: formatBytes(quotaBytes, i18n.language),
            })
          : formatBytes(usedBytes, i18n.language)}
      </span>
      {canWrite ? (
        <span className={styles['wide']}>{offline ? t('foot.savedOffline') : t('foot.saved')}</span>
      ) : (
        <span role="status" className={styles['warn']}>
          {t('foot.otherTab')}
        </span>
      )}
    </div>
  )
}
