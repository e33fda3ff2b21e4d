import { useTranslation } from 'react-i18next'
import { useApp } from '../kit/use-app'
import styles from './library-panel.module.css'

/** Files that were not taken in, each with what is wrong and what to do. */
export const RejectedFiles = () => {
  const { t } = useTranslation(['library', 'errors'])
  const rejected = useApp((state) => state.intake.rejected)
  const dismiss = useApp((state) => state.intake.dismissRejected)
  if (rejected.length === 0) return null
  return (
    <details className={styles['rejected']} open>
      <summary>{t('rejected', { count: rejected.length })}</summary>
      <ul>
        {rejected.map(({ name, code, reason }, index) => (
          <li key={`${name}-${index}`}>
            <b>{name}</b>
            <i>{t(`errors:${code}`, { defaultValue: code })}</i>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="chip" onClick={dismiss}>
        {t('dismiss')}
      </button>
    </details>
  )
}
