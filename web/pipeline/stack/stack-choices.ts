import { parseOrder, type OrderParameters } from '../order-parameters'

/** What an order says of stacking alone, beside how its frames are calibrated. */
const STACK_KEYS = [
  'method',
  'solve',
  'grid',
  'interpolation',
  'pixfrac',
  'zoom',
  'combine',
  'normalisation',
  'weights',
  'leaveOut',
  'mixFilters',
] as const
type StackKey = (typeof STACK_KEYS)[number]

export type StackParameters = Pick<OrderParameters, StackKey>

/** What a person wants otherwise than it is done without a word. */
export type StackChoices = { readonly [Key in StackKey]?: StackParameters[Key] }

const DEFAULTS: StackParameters = parseOrder({ request: 'stack' }).parameters

export const fillStackChoices = (choices: StackChoices): StackParameters => ({ ...DEFAULTS, ...choices })

/**
 * Only what differs from the defaults: an order then says what somebody chose, and nothing else. How frames are laid on one another is
 * kept as it was said, since without a word it depends on the frames.
 */
export const trimStackChoices = (choices: StackChoices): StackChoices =>
  Object.fromEntries(
    STACK_KEYS.filter(
      (key) =>
        choices[key] !== undefined &&
        (key === 'method' || JSON.stringify(choices[key]) !== JSON.stringify(DEFAULTS[key])),
    ).map((key) => [key, choices[key]]),
  )
