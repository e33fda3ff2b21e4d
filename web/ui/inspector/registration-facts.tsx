import { useTranslation } from 'react-i18next'
import type { Registration } from '../../core/reduced'
import { Term } from '../kit/term'
import { Card, Facts, Section } from './card'

interface RegistrationFactsProps {
  readonly registration: Registration | null
  /** Why this frame could not be matched; null when it was, or was not tried. */
  readonly failure: string | null
}

/** How this frame lies against the reference. */
export const RegistrationFacts = ({ registration, failure }: RegistrationFactsProps) => {
  const { t, i18n } = useTranslation('inspector')
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  if (registration === null) {
    return failure === null ? null : (
      <Section title={t('registration')}>
        <Card tone="warn" title={t('notMatched')}>
          <p>{failure}</p>
        </Card>
      </Section>
    )
  }
  const { dx, dy, rotation, matched, rms, flipped } = registration
  return (
    <Section title={t('registration')}>
      <Facts
        facts={[
          { label: t('shift'), value: `${number(dx, 1)}, ${number(dy, 1)} px` },
          { label: t('rotation'), value: `${number(rotation, 3)}°${flipped ? ` · ${t('flipped')}` : ''}` },
          { label: t('matched'), value: number(matched, 0) },
          { label: <Term id="rms">{t('rms')}</Term>, value: `${number(rms, 3)} px` },
        ]}
      />
    </Section>
  )
}
