import { useTranslation } from 'react-i18next'
import type { CalibrationStepId, Remark } from '../../pipeline/calibration/calibration-step'

const MASTERS: readonly CalibrationStepId[] = ['bias', 'dark', 'flat']

/** What will be done to the lights, and what is wrong with it, as sentences. */
export const useStepWords = () => {
  const { t, i18n } = useTranslation('calibration')
  const number = (value: string | number | null | undefined): string | number | null | undefined =>
    typeof value === 'number' ? value.toLocaleString(i18n.language, { maximumSignificantDigits: 6 }) : value
  const show = (values: Remark['values']): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, key === 'count' ? value : number(value)]),
    )
  /** Filter, exposure and the like: what tells one master from another. */
  const describeMaster = ({ filter, exposure }: Remark['values']): string =>
    [filter, exposure == null ? null : `${number(exposure)} s`].filter((part) => part != null).join(' ')
  const age = ({ days, night }: Remark['values']): string =>
    days === null || days === undefined
      ? t('age.unknown', { night })
      : t('age.days', { count: Number(days), night: String(night).slice(0, 10) })
  const sayMaster = (step: CalibrationStepId, { code, values }: Remark): string => {
    if (values['frames'] === undefined) {
      const rules = String(values['rules'] ?? '')
        .split(',')
        .filter(Boolean)
        .map((rule) => t(`inspector:rule.${rule}`))
      return t(`master.${code}`, { ...show(values), kind: t(`name.${step}`), rules: rules.join(', ') })
    }
    const parts = [
      t('master.gets', {
        ...show(values),
        kind: t(`masterOf.${step}`),
        which: describeMaster(values),
      }).trim(),
      code === 'chosen-by-person' ? t('master.chosen') : age(values),
      values['frames'] === null ? '' : t('master.frames', { count: Number(values['frames']) }),
      values['factor'] == null ? '' : t('master.scaled', show(values)),
    ]
    return `${parts.filter(Boolean).join(', ')}.`
  }
  const sourceOf = ({ source, days }: Remark['values']): string =>
    source == null ? '' : t(`source.${source}`, { count: Number(days ?? 0) })
  const sayLine = (step: CalibrationStepId, line: Remark): string =>
    MASTERS.includes(step)
      ? sayMaster(step, line)
      : t(`does.${step}.${line.code}`, { ...show(line.values), source: sourceOf(line.values) })
  const sayTrap = ({ code, values }: Remark, part: 'text' | 'why'): string =>
    t(`trap.${code}.${part}`, {
      count: Number(values['frames'] ?? 0),
      ...show(values),
      which: [describeMaster(values), values['night']].filter(Boolean).join(', '),
    })
  return { t, sayLine, sayTrap }
}
