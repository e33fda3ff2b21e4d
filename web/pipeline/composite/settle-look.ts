import type { PerChannel } from '../../core/colour-picture'
import type { CompositeBalance, CompositeCurve, CompositeLook, CompositeMeasures } from '../../core/composite'
import { AsterismError } from '../../core/errors'
import { proposeLook } from '../../science/colour/propose-look'

/** What an order says of a look; null where it is left to the frames. */
export interface WantedLook {
  readonly curve: CompositeCurve
  readonly stretch: number | null
  readonly q: number | null
  readonly minimum: number | readonly number[] | null
  readonly balance: CompositeBalance | null
  readonly gains: readonly number[] | null
  readonly saturation: number | null
  readonly neutral: number | null
}

const requireCount = (given: readonly number[], count: number, what: string): void => {
  if (given.length !== count)
    throw new AsterismError(
      'bad-order',
      `The order has ${given.length} ${what} for ${count} frames. Give one for each, in the order of the frames.`,
    )
}

/** The look of a picture: what was asked for, and what the frames propose for the rest. */
export const settleLook = (
  wanted: WantedLook,
  measures: CompositeMeasures,
  colours: readonly PerChannel<number>[],
  luminance: number | null,
): { readonly look: CompositeLook; readonly balance: CompositeBalance } => {
  const { curve, stretch, q, minimum, gains, saturation, neutral } = wanted
  const balance: CompositeBalance =
    wanted.balance ?? (gains === null ? (measures.fit?.method ?? 'none') : 'given')
  const takesFit = gains === null && (balance === 'stars' || balance === 'catalogue')
  if (takesFit && measures.fit === null)
    throw new AsterismError(
      'no-stars',
      'The colours cannot be balanced by stars: fewer than three could be measured on all frames. Give the factors yourself.',
    )
  const proposed = proposeLook(takesFit ? measures : { ...measures, fit: null }, colours, luminance)
  if (gains !== null) requireCount(gains, colours.length, 'gains')
  const levels = typeof minimum === 'number' ? colours.map(() => minimum) : minimum
  if (levels !== null) requireCount(levels, colours.length, 'minima')
  // Without a balance the inputs are taken as they are, which is what other programs do.
  const asTheyAre = balance === 'none' && wanted.balance === 'none'
  const inputs = proposed.inputs.map((input, index) => ({
    ...input,
    gain: gains?.[index] ?? (asTheyAre ? 1 : input.gain),
    minimum: levels?.[index] ?? input.minimum,
  }))
  return {
    balance,
    look: {
      ...proposed,
      inputs,
      curve,
      stretch: stretch ?? proposed.stretch,
      q: q ?? proposed.q,
      saturation: saturation ?? proposed.saturation,
      neutral: neutral ?? proposed.neutral,
    },
  }
}
