/** Magnitudes by which a star's brightness may differ from the catalogue's (another filter, noise, a star that is variable or saturated), and how usual that is. */
const SCATTERS = [
  { scatter: 0.3, prior: 0.35 },
  { scatter: 0.6, prior: 0.35 },
  { scatter: 1.2, prior: 0.15 },
] as const
/** That brightness says nothing. */
const NOTHING = 0.15

/** Magnitudes of the stars of a frame (any zero point), brightest first, and how usual each is among the first so many of them. */
export interface FieldBrightness {
  readonly magnitude: Float64Array
  readonly usual: Map<number, readonly Float64Array[]>
}

export const createFieldBrightness = (magnitude: Float64Array): FieldBrightness => ({
  magnitude,
  usual: new Map(),
})

/** Logarithm of the density of brightness among the first `count` stars at each of them, smoothed by each scatter. */
const listUsual = ({ magnitude, usual }: FieldBrightness, count: number): readonly Float64Array[] => {
  const known = usual.get(count)
  if (known !== undefined) return known
  const made = SCATTERS.map(({ scatter }) =>
    Float64Array.from({ length: count }, (_, star) => {
      let sum = 0
      for (let other = 0; other < count; other++)
        sum += Math.exp(-0.5 * ((magnitude[star]! - magnitude[other]!) / scatter) ** 2)
      return Math.log(sum / count / scatter / Math.sqrt(2 * Math.PI))
    }),
  )
  usual.set(count, made)
  return made
}

/** Stars of the frame with their stars of the catalogue. */
export interface BrightnessPairs {
  /** Places among the frame's stars. */
  readonly stars: readonly number[]
  /** Magnitudes in the catalogue. */
  readonly magnitudes: readonly number[]
  /** Pairs come from the first so many stars of the frame. */
  readonly among: number
  /** Magnitudes from the brightest to the faintest star of the catalogue that might have been the one. */
  readonly span: number
}

/**
 * Natural logarithm of the Bayes factor of `these stars are as bright as the catalogue says, but for one zero point` against `their
 * brightness is that of any stars of the frame`. The zero point is averaged over all that both lists could give, the scatter over some values
 * and over `says nothing`, so that brightness that does not agree costs a factor of seven at most.
 */
export const weighBrightness = (field: FieldBrightness, pairs: BrightnessPairs): number => {
  const { stars, magnitudes, among, span } = pairs
  const count = stars.length
  if (count < 2) return 0
  const usual = listUsual(field, among)
  const differences = stars.map((star, index) => field.magnitude[star]! - magnitudes[index]!)
  const mean = differences.reduce((sum, value) => sum + value, 0) / count
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const reach = field.magnitude[among - 1]! - field.magnitude[0]! + span
  let sum = NOTHING
  for (const [index, { scatter, prior }] of SCATTERS.entries()) {
    const chance = stars.reduce((total, star) => total + usual[index]![star]!, 0)
    const likely =
      -((count - 1) / 2) * Math.log(2 * Math.PI * scatter * scatter) -
      Math.log(count) / 2 -
      squares / (2 * scatter * scatter) -
      Math.log(Math.max(reach, 3 * scatter))
    sum += prior * Math.exp(likely - chance)
  }
  return Math.log(sum)
}
