import { useTranslation } from 'react-i18next'
import { effectiveFacts, planesOf, type ExposureRecord, type FrameFacts } from '../../core/frame'
import { Term, type TermId } from '../kit/term'
import { useApp } from '../kit/use-app'
import { Card, Facts, Section, type Fact } from './card'
import { CubePlanes } from './cube-planes'
import { useFileFacts } from './use-file-facts'
import { isFactKnown, SHOWN_FACTS, useFactWords } from './use-fact-words'

interface FrameFactsProps {
  readonly exposure: ExposureRecord
}

/** Words that a newcomer may not know. */
const TERMS: Partial<Record<keyof FrameFacts, TermId>> = {
  airmass: 'airmass',
  readNoise: 'readNoise',
  saturation: 'saturation',
}

/** Facts of the selected frame; each says on hover whether the header, the profile, the path or a person gave it. */
export const FrameFactsSection = ({ exposure }: FrameFactsProps) => {
  const { t, i18n } = useTranslation('inspector')
  const facts = effectiveFacts(exposure)
  const describe = useFactWords()
  const fileFacts = useFileFacts(exposure)
  const panels = useApp((state) => state.panels)
  const canWrite = useApp((state) => state.library.canWrite)
  const begin = useApp((state) => state.instruments.begin)
  const make = async () => {
    await begin(exposure.id)
    panels.open('instruments')
  }
  const rows = SHOWN_FACTS.filter((field) => isFactKnown(facts, field)).map((field): Fact => {
    const source = field in exposure.corrections ? 'person' : (exposure.sources[field] ?? 'header')
    const term = TERMS[field]
    const label = t(`field.${field}`)
    return {
      label: term === undefined ? label : <Term id={term}>{label}</Term>,
      value: describe(facts, field),
      note: t(`source.${source}`),
    }
  })
  return (
    <Section title={exposure.name}>
      <Facts facts={[...rows, ...fileFacts]} />
      <div className="chips">
        {planesOf(exposure) > 1 ? <CubePlanes key={exposure.id} cube={exposure} /> : null}
        <button type="button" className="chip" disabled={!canWrite} onClick={() => void make()}>
          {t('makeProfile')}
        </button>
      </div>
      {exposure.sources.subtracted === 'pixels' && !('subtracted' in exposure.corrections) ? (
        <Card tone="warn" title={t('subtractedTitle')}>
          <p>{t('subtractedText', { low: (exposure.level?.low ?? 0).toLocaleString(i18n.language) })}</p>
        </Card>
      ) : null}
      {exposure.warnings.length === 0 ? null : (
        <Card tone="warn" title={t('look')}>
          {exposure.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Card>
      )}
    </Section>
  )
}
