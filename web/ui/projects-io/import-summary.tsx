import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../core/import-report'
import styles from './projects-io.module.css'

const COUNTS = [
  'frames',
  'masters',
  'reduced',
  'stacks',
  'sources',
  'photometry',
  'lightcurves',
  'orders',
  'skipped',
] as const

interface ImportSummaryProps {
  readonly report: ImportReport
  readonly onClose: () => void
}

/** What came of a project that was opened: numbers, and by name what could not be taken in or says something else than what is here. */
export const ImportSummary = ({ report, onClose }: ImportSummaryProps) => {
  const { t } = useTranslation('projects-io')
  const { conflicts, rejected } = report
  return (
    <section
      className={styles['report']}
      data-tone={rejected.length > 0 ? 'bad' : 'good'}
      aria-label={t('report.title')}
    >
      <header>
        <b>{t(report.kind === 'project' ? 'report.title' : 'report.framesTitle')}</b>
        <button type="button" className="chip" onClick={onClose}>
          {t('report.close')}
        </button>
      </header>
      <dl className={styles['numbers']}>
        {COUNTS.filter((name) => report[name] > 0).map((name) => (
          <div key={name}>
            <dt>{t(`report.${name}`)}</dt>
            <dd>{report[name]}</dd>
          </div>
        ))}
      </dl>
      {conflicts.length === 0 ? null : (
        <details>
          <summary>{t('report.conflicts', { count: conflicts.length })}</summary>
          <ul className={styles['list']}>
            {conflicts.map(({ store, id, name }) => (
              <li key={`${store}:${id}`}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      {rejected.length === 0 ? null : (
        <details open>
          <summary>{t('report.rejected', { count: rejected.length })}</summary>
          <ul className={styles['list']}>
            {rejected.map(({ name, reason }, index) => (
              <li key={`${index}:${name}`}>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
