/** What is known of a part of a frame. */
export interface SourcePlanes {
  readonly width: number
  readonly height: number
  /** NaN where a pixel has no value: masked, or never exposed. */
  readonly data: Float32Array
  /** Standard deviation of each pixel, in the unit of the data. */
  readonly uncertainty: Float32Array | null
}

/** A square of pixels with the weights of its columns and rows. */
export interface Taps {
  readonly count: number
  readonly column: number
  readonly row: number
  readonly across: Float64Array
  readonly along: Float64Array
}

export interface WeighRule {
  /**
   * The part of the weight (of its absolute values) that must fall on pixels with a value, above 0 and up to 1. What is made of fewer pixels than
   * there should be is divided by the weight that they have. At 1 a missing pixel that counts at all (by a millionth) leaves no value.
   */
  readonly leastCover: number
  /**
   * Limit to ringing, 0 (none allowed) to 1 (only what goes below everything), or null for none. What the negative weights take away may
   * be this part of what the positive ones give, both counted from the faintest pixel; beyond it they lose their force, and have none left
   * when they would take all (as PixInsight's clamping threshold does, commonly 0.3, there counted from zero). It only acts where a value
   * falls below its four nearest pixels, so that stars and noise stay as they are and dark rings about hot pixels and sharp stars go.
   */
  readonly clamp: number | null
}

const NEGLIGIBLE = 1e-6

/** A value, its variance and the part of the weight that was known: into places 0 to 2 of `out`. */
export const weighPixels = (
  { width, height, data, uncertainty }: SourcePlanes,
  { count, column, row, across, along }: Taps,
  { leastCover, clamp }: WeighRule,
  out: Float64Array,
): void => {
  const middle = (count >> 1) - 1
  let [plus, minus, plusWeight, minusWeight, missing, variance] = [0, 0, 0, 0, 0, 0]
  let [faintest, nearest] = [Infinity, Infinity]
  for (let v = 0; v < count; v++) {
    for (let u = 0; u < count; u++) {
      const weight = across[u]! * along[v]!
      const [x, y] = [column + u, row + v]
      const inside = x >= 0 && y >= 0 && x < width && y < height
      const value = inside ? data[y * width + x]! : Number.NaN
      if (Number.isNaN(value)) {
        missing += Math.abs(weight)
        continue
      }
      if (weight >= 0) {
        plus += weight * value
        plusWeight += weight
      } else {
        minus -= weight * value
        minusWeight -= weight
      }
      if (value < faintest) faintest = value
      if (value < nearest && (u === middle || u === middle + 1) && (v === middle || v === middle + 1))
        nearest = value
      if (uncertainty !== null) {
        const deviation = weight * uncertainty[y * width + x]!
        variance += deviation * deviation
      }
    }
  }
  const total = plusWeight + minusWeight + missing
  const known = plusWeight - minusWeight
  out[2] = missing > 0 ? 1 - missing / total : 1
  if (!(missing <= (1 - leastCover + NEGLIGIBLE) * total && known >= 0.5 * leastCover && known > 0)) {
    out[0] = Number.NaN
    out[1] = Number.NaN
    return
  }
  const scale = missing > 0 ? 1 / known : 1
  let value = (plus - minus) * scale
  if (clamp !== null && value < nearest) {
    const limited = limitRinging(
      plus - faintest * plusWeight,
      minus - faintest * minusWeight,
      plusWeight,
      minusWeight,
      clamp,
    )
    value = Math.min(nearest, Math.max(value, faintest + limited))
  }
  out[0] = value
  out[1] = variance * scale * scale
}

const limitRinging = (
  plus: number,
  minus: number,
  plusWeight: number,
  minusWeight: number,
  clamp: number,
): number => {
  if (!(minus > clamp * plus)) return Number.NEGATIVE_INFINITY
  if (minus >= plus) return plus / plusWeight
  const beyond = (minus / plus - clamp) / (1 - clamp)
  const force = 1 - beyond * beyond
  return (plus - force * minus) / (plusWeight - force * minusWeight)
}
