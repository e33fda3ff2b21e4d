import { listPlanes, type StackRecord } from '../../core/stack'
import type { Quantity } from '../../state/display-slice'

const OF_ANY = ['data', 'uncertainty', 'snr'] as const
const COUNTED = ['coverage', 'rejected'] as const

/** What there is to see of a picture: frames are counted in stacks alone. */
export const listQuantities = (stack: StackRecord | null): readonly Quantity[] => [
  ...OF_ANY,
  ...(stack === null ? [] : COUNTED.filter((plane) => listPlanes(stack).includes(plane))),
]

export const isCounted = (quantity: Quantity): boolean => (COUNTED as readonly Quantity[]).includes(quantity)
