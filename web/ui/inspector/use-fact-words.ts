import { useTranslation } from 'react-i18next'
import type { FrameFacts } from '../../core/frame'
import { formatPixelSection } from '../../core/pixel-section'

/** In the order in which they are shown. */
export const SHOWN_FACTS = [
  'kind',
  'object',
  'filter',
  'exposure',
  'dateObs',
  'telescope',
  'instrument',
  'binning',
  'gain',
  'gainSetting',
  'readNoise',
  'temperature',
  'saturation',
  'pedestal',
  'subtracted',
  'airmass',
  'pixelScale',
  'pixelSize',
  'focalLength',
  'bayerPattern',
  'rowOrder',
  'mirrored',
  'overscan',
  'trim',
] as const satisfies readonly (keyof FrameFacts)[]

export const isFactKnown = (facts: FrameFacts, field: keyof FrameFacts): boolean =>
  facts[field] !== null && facts[field] !== undefined && facts[field] !== ''

/** A fact as a person reads it, with its unit. */
export const useFactWords = (): ((facts: FrameFacts, field: keyof FrameFacts) => string) => {
  const { t, i18n } = useTranslation('inspector')
  return (facts, field) => {
    const value = facts[field]
    if (!isFactKnown(facts, field)) return t('unknown')
    if (field === 'kind') return t(`kind.${facts.kind}`)
    if (field === 'binning') return facts.binning.join(' × ')
    if (field === 'dateObs') return `${(facts.dateObs ?? '').replace('T', ' ').replace(/\.?0*Z$/, '')} UTC`
    if (field === 'subtracted' && facts.subtracted) return t(`subtracted.${facts.subtracted}`)
    if (field === 'rowOrder' && facts.rowOrder) return t(`rowOrder.${facts.rowOrder}`)
    if (field === 'overscan' && facts.overscan) return formatPixelSection(facts.overscan)
    if (field === 'trim' && facts.trim) return formatPixelSection(facts.trim)
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number')
      return t(`value.${field}`, { value: value.toLocaleString(i18n.language, { maximumFractionDigits: 3 }) })
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
}
