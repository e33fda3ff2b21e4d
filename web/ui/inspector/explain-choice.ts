import type { TFunction } from 'i18next'
import type { MasterChoice } from '../../core/reduced'

/** Why a light got this master, or none, as a sentence. */
export const explainChoice = (t: TFunction, { kind, reason, values }: MasterChoice): string => {
  if (kind === 'bad-pixels' || kind === 'fringe') return t(`inspector:why.${kind}.${reason}`, values)
  if (reason !== 'none-fits')
    return t(`inspector:why.${reason}`, { ...values, count: Number(values['frames'] ?? 0) })
  const rules = Object.keys(values).map((rule) => t(`inspector:rule.${rule}`))
  return t('inspector:why.none-fits', { rules: rules.join(', ') })
}
