import { STACK_NORMALISATIONS, STACK_WEIGHTS } from '../../core/stack'
import type { StackChoices, StackParameters } from '../../pipeline/stack/stack-choices'
import { ChoiceField, NumberField } from './stack-field'

interface FieldsProps {
  readonly parameters: StackParameters
  readonly disabled: boolean
  readonly onChange: (choices: StackChoices) => void
}

type Combine = StackParameters['combine']

/** What is a sensible cut of one rule is nonsense for another. */
const CUTS: Record<Combine['rejection'], Pick<Combine, 'low' | 'high'>> = {
  none: {},
  'sigma-clip': { low: 3, high: 3 },
  winsorized: { low: 3, high: 3 },
  'min-max': { low: 1, high: 1 },
  percentile: { low: 10, high: 10 },
}

const REJECTIONS = Object.keys(CUTS) as Combine['rejection'][]
const METHODS = ['mean', 'median', 'sum'] as const
const SCALES = ['none', 'stars', 'exposure', 'median'] as const

/** What the two cuts of a rule count. */
const countCuts = (
  rejection: Combine['rejection'],
): { readonly id: string; readonly unit: string; readonly most: number } | null => {
  if (rejection === 'none') return null
  if (rejection === 'min-max') return { id: 'Frames', unit: '', most: 100 }
  return rejection === 'percentile'
    ? { id: 'Percent', unit: '%', most: 49 }
    : { id: 'Sigma', unit: 'σ', most: 100 }
}

/** How the frames are made alike, and how their values become one. */
export const CombineStackFields = ({ parameters, disabled, onChange }: FieldsProps) => {
  const { combine, normalisation, weights } = parameters
  const change = (changes: Partial<Combine>) => onChange({ combine: { ...combine, ...changes } })
  const cuts = countCuts(combine.rejection)
  return (
    <>
      <ChoiceField
        id="normalisation"
        value={normalisation ?? 'default'}
        options={['default', ...STACK_NORMALISATIONS]}
        disabled={disabled}
        onChange={(value) => onChange({ normalisation: value === 'default' ? undefined : value })}
      />
      <ChoiceField
        id="scale"
        value={combine.scale ?? 'none'}
        options={SCALES}
        disabled={disabled}
        onChange={(scale) => change({ scale })}
      />
      <ChoiceField
        id="combine"
        value={combine.method}
        options={METHODS}
        disabled={disabled}
        onChange={(method) =>
          onChange({
            combine: { ...combine, method },
            // Only a mean can count some frames more than others.
            ...(method === 'mean' ? {} : { weights: 'none' as const }),
          })
        }
      />
      {combine.method === 'mean' ? (
        <ChoiceField
          id="weights"
          value={weights}
          options={STACK_WEIGHTS}
          disabled={disabled}
          onChange={(value) => onChange({ weights: value })}
        />
      ) : null}
      <ChoiceField
        id="rejection"
        value={combine.rejection}
        options={REJECTIONS}
        disabled={disabled}
        onChange={(rejection) => {
          const { low: _low, high: _high, ...others } = combine
          onChange({ combine: { ...others, rejection, ...CUTS[rejection] } })
        }}
      />
      {cuts === null
        ? null
        : (['low', 'high'] as const).map((side) => (
            <NumberField
              key={side}
              id={`${side}${cuts.id}`}
              value={combine[side] ?? 0}
              least={0}
              most={cuts.most}
              unit={cuts.unit}
              disabled={disabled}
              onChange={(value) => change({ [side]: value ?? 0 })}
            />
          ))}
    </>
  )
}
