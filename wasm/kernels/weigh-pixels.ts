/** What a picture on another grid is made from and into, as the caller of this module writes it, in the order of the fields. */
export class ReprojectJob {
  /** A PixelMap. */
  map: usize
  data: usize
  /** Standard deviations, or 0. */
  uncertainty: usize
  /** Weights of 4096 phases, eight f32 each, or 0. */
  table: usize
  output: usize
  /** 0 where not wanted. */
  deviations: usize
  coverage: usize
  /** One row of positions. */
  places: usize
  /** Twelve f64. */
  weights: usize
  /** The source's first pixel on its frame. */
  left: f64
  top: f64
  leastCover: f64
  /** NaN for none. */
  clamp: f64
  width: i32
  height: i32
}

export const REPROJECT_JOB_BYTES: i32 = offsetof<ReprojectJob>()

const NEGLIGIBLE: f64 = 1e-6

export function storePixel(job: ReprojectJob, index: i32, value: f32, deviation: f32, cover: f32): void {
  const at = (<usize>index) << 2
  store<f32>(job.output + at, value)
  if (job.deviations) store<f32>(job.deviations + at, deviation)
  if (job.coverage) store<f32>(job.coverage + at, cover)
}

export function limitRinging(plus: f64, minus: f64, plusWeight: f64, minusWeight: f64, clamp: f64): f64 {
  if (!(minus > clamp * plus)) return -Infinity
  if (minus >= plus) return plus / plusWeight
  const beyond = (minus / plus - clamp) / (1 - clamp)
  const force = 1 - beyond * beyond
  return (plus - force * minus) / (plusWeight - force * minusWeight)
}

/**
 * The rule of the reference in its own order, pixel by pixel in f64: for edges, missing pixels and small squares. Weights of columns and
 * then of rows are `count` f64 each, at job.weights.
 */
export function weighPixels(job: ReprojectJob, count: i32, column: i32, row: i32, index: i32): void {
  const across = job.weights
  const along = job.weights + ((<usize>count) << 3)
  const middle = (count >> 1) - 1
  let plus: f64 = 0
  let minus: f64 = 0
  let plusWeight: f64 = 0
  let minusWeight: f64 = 0
  let missing: f64 = 0
  let variance: f64 = 0
  let faintest = Infinity
  let nearest = Infinity
  for (let v = 0; v < count; v++) {
    for (let u = 0; u < count; u++) {
      const weight = load<f64>(across + ((<usize>u) << 3)) * load<f64>(along + ((<usize>v) << 3))
      const x = column + u
      const y = row + v
      const inside = x >= 0 && y >= 0 && x < job.width && y < job.height
      const at = (<usize>(y * job.width + x)) << 2
      const value = inside ? <f64>load<f32>(job.data + at) : NaN
      if (value != value) {
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
      if (value < nearest && (u == middle || u == middle + 1) && (v == middle || v == middle + 1))
        nearest = value
      if (job.uncertainty) {
        const deviation = weight * <f64>load<f32>(job.uncertainty + at)
        variance += deviation * deviation
      }
    }
  }
  const total = plusWeight + minusWeight + missing
  const known = plusWeight - minusWeight
  const cover = missing > 0 ? 1 - missing / total : 1
  if (!(missing <= (1 - job.leastCover + NEGLIGIBLE) * total && known >= 0.5 * job.leastCover && known > 0)) {
    storePixel(job, index, <f32>NaN, <f32>NaN, <f32>cover)
    return
  }
  const scale = missing > 0 ? 1 / known : 1
  let value = (plus - minus) * scale
  if (job.clamp == job.clamp && value < nearest) {
    const limited = limitRinging(
      plus - faintest * plusWeight,
      minus - faintest * minusWeight,
      plusWeight,
      minusWeight,
      job.clamp,
    )
    value = min(nearest, max(value, faintest + limited))
  }
  const deviation = job.uncertainty ? Math.sqrt(variance * scale * scale) : NaN
  storePixel(job, index, <f32>value, <f32>deviation, <f32>cover)
}
