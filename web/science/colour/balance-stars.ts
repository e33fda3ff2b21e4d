import { fitRobustLine } from '../math/robust-line'
import { sigmaClip } from '../math/sigma-clip'

/** B-V of the sun (Ramirez et al. 2012, ApJ 752, 5: 0.653). A star of this colour is drawn white. */
export const WHITE_COLOUR = 0.65

/** With fewer stars, or colours that differ by less, no slope can be told from a shift. */
const LEAST_FOR_SLOPE = 8
const LEAST_SPREAD = 0.3
const LEAST_STARS = 3

/** A star, measured on each input above the sky. */
export interface StarToBalance {
  readonly fluxes: readonly number[]
  /** B-V; NaN where no catalogue says. */
  readonly colour: number
}

export interface StarBalance {
  /** Factor on each input, 1 on the reference, and one sigma of it. */
  readonly gains: readonly number[]
  readonly errors: readonly number[]
  /** Whether colours of a catalogue were used: else the star in the middle of all is white. */
  readonly fromCatalogue: boolean
  /** Stars that could be used, and the fewest of them that a fit of one input believed. */
  readonly measured: number
  readonly used: number
}

interface Shift {
  readonly value: number
  readonly error: number
  readonly used: number
}

/** The shift of magnitudes at the colour of white: a robust line against colour, or the clipped mean where no line can be told. */
const findShift = (colours: Float64Array | null, shifts: Float64Array): Shift => {
  if (colours !== null) {
    const sorted = colours.toSorted()
    const spread =
      sorted[Math.floor(0.9 * (sorted.length - 1))]! - sorted[Math.floor(0.1 * (sorted.length - 1))]!
    if (colours.length >= LEAST_FOR_SLOPE && spread >= LEAST_SPREAD) {
      const { intercept, sigma, weights } = fitRobustLine(
        colours.map((colour) => colour - WHITE_COLOUR),
        shifts,
      )
      // Error of the line at white: that of the mean, and that of the slope times the way there.
      let [sum, first, second] = [0, 0, 0]
      for (let star = 0; star < colours.length; star++) {
        const weight = weights[star]!
        const away = colours[star]! - WHITE_COLOUR
        sum += weight
        first += weight * away
        second += weight * away * away
      }
      const error = sigma * Math.sqrt(second / (sum * second - first * first))
      return { value: intercept, error, used: weights.filter((weight) => weight > 0).length }
    }
  }
  const { median, count, deviation } = sigmaClip(shifts, { deviation: 'mad' })
  // The median of normal values scatters 1.25 times as much as their mean.
  return { value: median, error: (1.2533 * deviation) / Math.sqrt(count), used: count }
}

/**
 * Factors that make stars of the sun's colour white. For a star with fluxes F_i on the inputs and the colour c of a catalogue (B-V),
 *   -2.5 log10(F_i / F_ref) = a_i + b_i (c - 0.65),
 * a line fitted robustly (Theil-Sen, then Tukey's biweight); gain_i = 10^(0.4 a_i), so that gain_i F_i = F_ref at c = 0.65, and its error is
 * 0.921 gain_i sigma(a_i). With fewer than 8 stars, or colours that differ by less than 0.3, b_i = 0. Where fewer than three stars have
 * a catalogue's colour, all stars are taken, and a_i is the median of the left side: then the star in the middle of the field's is white, which for most fields (B-V 0.5 to 0.9)
 * is near the truth, and for a cluster of young stars is too warm. Fluxes that are not above 0 are left out. Null with fewer than three stars.
 */
export const balanceStars = (
  stars: readonly StarToBalance[],
  inputs: number,
  reference: number,
): StarBalance | null => {
  const measured = stars.filter(({ fluxes }) => fluxes.every((flux) => flux > 0 && Number.isFinite(flux)))
  const known = measured.filter(({ colour }) => Number.isFinite(colour))
  const fromCatalogue = known.length >= LEAST_STARS
  const used = fromCatalogue ? known : measured
  if (used.length < LEAST_STARS) return null
  const colours = fromCatalogue ? Float64Array.from(used, ({ colour }) => colour) : null
  const shifts = Array.from({ length: inputs }, (_, input): Shift => {
    if (input === reference) return { value: 0, error: 0, used: used.length }
    return findShift(
      colours,
      Float64Array.from(used, ({ fluxes }) => -2.5 * Math.log10(fluxes[input]! / fluxes[reference]!)),
    )
  })
  const gains = shifts.map(({ value }) => 10 ** (0.4 * value))
  return {
    gains,
    errors: shifts.map(({ error }, input) => 0.4 * Math.LN10 * gains[input]! * error),
    fromCatalogue,
    measured: used.length,
    used: Math.min(...shifts.map((shift) => shift.used)),
  }
}
