import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useStudio } from '../kit/use-app'
import styles from './admin-tab.module.css'

const AGES = [30, 90, 365] as const

/** Lets go of what was removed, and of old lines of the log. */
export const CompactSection = () => {
  const { t } = useTranslation('admin')
  const studio = useStudio()
  const canWrite = useApp((state) => state.library.canWrite)
  const refresh = useApp((state) => state.library.refresh)
  const notices = useApp((state) => state.notices)
  const [days, setDays] = useState('')
  const compact = async () => {
    try {
      const { frames, files, lines } = await studio.care.compact({
        logDays: days === '' ? null : Number(days),
      })
      notices.tell({ key: 'compacted', values: { frames, files, lines }, tone: 'good' })
      await refresh()
    } catch (error) {
      notices.tellError(error)
    }
  }
  return (
    <section aria-label={t('compact.title')}>
      <h3>{t('compact.title')}</h3>
      <p>{t('compact.text')}</p>
      <div className={styles['row']}>
        <label>
          {t('compact.log')}{' '}
          <select value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="">{t('compact.all')}</option>
            {AGES.map((age) => (
              <option key={age} value={age}>
                {t('compact.days', { count: age })}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="btn" disabled={!canWrite} onClick={() => void compact()}>
          {t('compact.do')}
        </button>
      </div>
    </section>
  )
}
