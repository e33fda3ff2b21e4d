import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord, type FrameFacts } from '../../core/frame'
import { Term, type TermId } from '../kit/term'
import { Card, Facts, Section, type Fact } from './card'

interface FrameFactsProps {
  readonly exposure: ExposureRecord
}

const SHOWN: readonly (keyof FrameFacts)[] = [
  'kind',
  'object',
  'filter',
  'exposure',
  'dateObs',
  'telescope',
  'instrument',
  'binning',
  'gain',
  'readNoise',
  'temperature',
  'saturation',
  'airmass',
  'pixelScale',
]

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
  const show = (field: keyof FrameFacts): string => {
    const value = facts[field]
    if (value === null || value === '') return t('unknown')
    if (field === 'kind') return t(`kind.${facts.kind}`)
    if (field === 'binning') return facts.binning.join(' × ')
    if (field === 'dateObs') return `${(facts.dateObs ?? '').replace('T', ' ').replace(/\.?0*Z$/, '')} UTC`
    if (typeof value === 'number')
      return t(`value.${field}`, { value: value.toLocaleString(i18n.language, { maximumFractionDigits: 3 }) })
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  const rows = SHOWN.filter((field) => facts[field] !== null && facts[field] !== '').map((field): Fact => {
    const source = field in exposure.corrections ? 'person' : (exposure.sources[field] ?? 'header')
    const term = TERMS[field]
    const label = t(`field.${field}`)
    return {
      label: term === undefined ? label : <Term id={term}>{label}</Term>,
      value: show(field),
      note: t(`source.${source}`),
    }
  })
  return (
    <Section title={exposure.name}>
      <Facts facts={rows} />
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
