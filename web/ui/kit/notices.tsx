import { useTranslation } from 'react-i18next'
import { useApp } from './use-app'
import styles from './notices.module.css'

/** The last few things that happened, each with Undo where it can be taken back. */
export const Notices = () => {
  const { t } = useTranslation('notices')
  const { list, dismiss } = useApp((state) => state.notices)
  return (
    <div className={styles['notices']} role="status" aria-live="polite">
      {list.map(({ id, tone, key, values, undo, link }) => (
        <div key={id} className={styles['notice']} data-tone={tone}>
          <span>{t(key, { ...values, title: t(`errors:${values['code'] ?? 'unexpected'}`) })}</span>
          {link === null ? null : (
            <button
              type="button"
              className="chip"
              onClick={() => {
                link.open()
                dismiss(id)
              }}
            >
              {t(link.key)}
            </button>
          )}
          {undo === null ? null : (
            <button
              type="button"
              className="chip"
              onClick={() => {
                undo()
                dismiss(id)
              }}
            >
              {t('undo')}
            </button>
          )}
          <button
            type="button"
            className={styles['close']}
            aria-label={t('close')}
            onClick={() => dismiss(id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  )
}
