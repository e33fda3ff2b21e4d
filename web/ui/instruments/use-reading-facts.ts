import { useTranslation } from 'react-i18next'
import type { ProfileTrial } from '../../ingest/instruments/try-profile'
import type { Fact } from '../inspector/card'
import { isFactKnown, SHOWN_FACTS, useFactWords } from '../inspector/use-fact-words'

/** What a draft reads from a frame, in the words of the inspector. */
export const useReadingFacts = (reading: ProfileTrial['reading']): Fact[] => {
  const { t } = useTranslation('inspector')
  const describe = useFactWords()
  if (reading === null) return []
  const { facts, sources } = reading
  const shown = SHOWN_FACTS.filter((field) => isFactKnown(facts, field)).map((field) => ({
    label: t(`field.${field}`),
    value: describe(facts, field),
    note: t(`source.${sources[field] ?? 'header'}`),
  }))
  if (facts.site === null) return shown
  const { latitude, longitude, elevation } = facts.site
  const place = `${latitude.toFixed(3)}°, ${longitude.toFixed(3)}°, ${elevation} m`
  return [
    ...shown,
    { label: t('instruments:field.site'), value: place, note: t(`source.${sources.site ?? 'header'}`) },
  ]
}
