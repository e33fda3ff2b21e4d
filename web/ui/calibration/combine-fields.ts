import type { CalibrationParameters } from '../../pipeline/calibration/choices'
import type { Field } from './parameter-field'

type Kind = 'bias' | 'dark' | 'flat'
type Rule = Exclude<CalibrationParameters[Kind], 'off'>

/** What is a sensible cut of one rule is nonsense for another. */
const CUTS: Record<Rule['rejection'], Pick<Rule, 'low' | 'high'>> = {
  none: {},
  'sigma-clip': { low: 4, high: 4 },
  winsorized: { low: 4, high: 4 },
  'min-max': { low: 1, high: 1 },
  percentile: { low: 10, high: 10 },
}

/** What the cuts of a rule count, and how far they go. */
const CUT_KINDS = [
  { suffix: 'Sigma', unit: 'σ', most: 100, rules: ['sigma-clip', 'winsorized'] },
  { suffix: 'Frames', unit: '', most: 100, rules: ['min-max'] },
  { suffix: 'Percent', unit: '%', most: 49, rules: ['percentile'] },
] as const

/** How the frames of a master become one. */
export const listCombineFields = (kind: Kind): Field[] => {
  const ruleOf = (parameters: CalibrationParameters): Rule | null => {
    const rule = parameters[kind]
    return rule === 'off' ? null : rule
  }
  const change = (parameters: CalibrationParameters, changes: Partial<Rule>) => {
    const rule = ruleOf(parameters)
    return rule === null ? {} : { [kind]: { ...rule, ...changes } }
  }
  const uses = (rules: readonly Rule['rejection'][]) => (parameters: CalibrationParameters) => {
    const rule = ruleOf(parameters)
    return rule !== null && rules.includes(rule.rejection)
  }
  const clips = uses(['sigma-clip', 'winsorized'])
  const cut = (side: 'low' | 'high'): Field[] =>
    CUT_KINDS.map(({ suffix, unit, most, rules }) => ({
      id: `${side}${suffix}`,
      kind: 'number',
      unit,
      least: 0,
      most,
      isShown: uses(rules),
      read: (parameters) => ruleOf(parameters)?.[side] ?? 0,
      write: (value, parameters) => change(parameters, { [side]: value }),
    }))
  const choice = <Key extends 'method' | 'center' | 'deviation' | 'scale'>(
    key: Key,
    options: readonly NonNullable<Rule[Key]>[],
    isShown: Field['isShown'] = () => true,
  ): Field => ({
    id: key,
    kind: 'choice',
    options,
    isShown,
    read: (parameters) => ruleOf(parameters)?.[key] ?? options[0] ?? '',
    write: (value, parameters) => change(parameters, { [key]: value }),
  })
  return [
    choice('method', ['mean', 'median']),
    {
      id: 'rejection',
      kind: 'choice',
      options: Object.keys(CUTS),
      read: (parameters) => ruleOf(parameters)?.rejection ?? 'none',
      write: (value, parameters) => {
        const rejection = value as Rule['rejection']
        return change(parameters, { rejection, ...CUTS[rejection] })
      },
    },
    ...cut('low'),
    ...cut('high'),
    choice('center', ['median', 'mean'], clips),
    choice('deviation', ['mad', 'std'], clips),
    {
      id: 'iterations',
      kind: 'number',
      least: 1,
      most: 100,
      isShown: clips,
      read: (parameters) => ruleOf(parameters)?.iterations ?? 1,
      write: (value, parameters) => change(parameters, { iterations: Math.round(value) }),
    },
    // Flats are brought to one level whatever is said: only their shape is wanted.
    ...(kind === 'flat' ? [] : [choice('scale', ['none', 'median'])]),
  ]
}
