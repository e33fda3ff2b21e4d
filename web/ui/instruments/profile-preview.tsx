import { useTranslation } from 'react-i18next'
import type { ProfileTrial } from '../../ingest/instruments/try-profile'
import { Card, Facts } from '../inspector/card'
import styles from './profile-editor.module.css'
import { useReadingFacts } from './use-reading-facts'

interface ProfilePreviewProps {
  readonly trial: ProfileTrial | null
  readonly failure: string | null
  readonly name: string
}

/** What the draft would make of the frame, and of how many others. */
export const ProfilePreview = ({ trial, failure, name }: ProfilePreviewProps) => {
  const { t } = useTranslation('instruments')
  const facts = useReadingFacts(trial?.reading ?? null)
  const faults = failure === null ? (trial?.faults ?? []) : [failure]
  const tone = trial !== null && trial.fits && trial.taken === name ? 'hint' : 'warn'
  const verdict = (): string => {
    if (trial === null) return ''
    if (!trial.fits) return t('preview.notThis')
    return trial.taken === name ? t('preview.this') : t('preview.other', { profile: trial.taken })
  }
  return (
    <section className={styles['preview']} aria-label={t('preview.title')}>
      <h3>{t('preview.title')}</h3>
      <div aria-live="polite">
        {faults.length > 0 ? (
          <Card tone="warn" title={t('preview.faults')}>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </Card>
        ) : trial === null ? (
          <p>{t('preview.trying')}</p>
        ) : (
          <Card tone={tone} title={verdict()}>
            <p>{t('preview.count', { count: trial.frames, total: trial.of })}</p>
          </Card>
        )}
      </div>
      <Facts facts={facts} />
      {trial?.reading?.warnings.map((warning) => (
        <p key={warning} className={styles['warning']}>
          {warning}
        </p>
      ))}
    </section>
  )
}
