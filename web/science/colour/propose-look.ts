import type { PerChannel } from '../../core/colour-picture'
import type { CompositeLook, CompositeMeasures } from '../../core/composite'

/** Softening that shows the faintest and keeps the colours of the brightest stars. */
const USUAL_Q = 8
/** The linear part is so many times the noise of the sky, whose own noise then takes a tenth of what a screen shows. */
const STRETCH_IN_NOISE = 14
/** Colours of what does not stand out of the noise by so many sigmas fade. */
const NEUTRAL_IN_NOISE = 3
/** The sky is drawn a little above black, so that what is fainter than the noise shows as a texture and not as a hole: sigmas below the level. */
const BELOW_SKY = 0.25

const positive = (value: number): number => (value > 0 && Number.isFinite(value) ? value : 1)

/** Noise of the mean of red, green and blue, gains included; in the unit of the pixels. */
export const noiseOfLight = (
  inputs: readonly { readonly gain: number; readonly colour: PerChannel<number> }[],
  noise: readonly number[],
): number => {
  const totals = ([0, 1, 2] as const).map((channel) =>
    inputs.reduce((sum, { colour }) => sum + colour[channel], 0),
  )
  const variance = inputs.reduce((sum, { gain, colour }, index) => {
    const share = ([0, 1, 2] as const).reduce<number>(
      (part, channel) => part + (totals[channel]! > 0 ? colour[channel] / totals[channel]! : 0),
      0,
    )
    const own = (gain * share * positive(noise[index] ?? 1)) / 3
    return sum + own * own
  }, 0)
  return positive(Math.sqrt(variance))
}

/**
 * A look to begin with: of each input its sky is taken off, gains are those of the balance of the stars where there is one (else those that
 * give all inputs the same noise), the linear part of the stretch is some ten times the noise of the sky, and the noise has no colour.
 */
export const proposeLook = (
  { sky, noise, fit }: Pick<CompositeMeasures, 'sky' | 'noise' | 'fit'>,
  colours: readonly PerChannel<number>[],
  luminance: number | null,
): CompositeLook => {
  const reference = positive(noise[0] ?? 1)
  const inputs = colours.map((colour, index) => {
    const own = positive(noise[index] ?? 1)
    return {
      minimum: (Number.isFinite(sky[index]!) ? sky[index]! : 0) - BELOW_SKY * own,
      gain: fit?.gains[index] ?? reference / own,
      colour,
    }
  })
  const light = noiseOfLight(inputs, noise)
  return {
    inputs,
    luminance,
    curve: 'lupton',
    stretch: STRETCH_IN_NOISE * light,
    q: USUAL_Q,
    saturation: 1.25,
    neutral: NEUTRAL_IN_NOISE * light,
  }
}
