export interface PlanesToFix {
  readonly data: Float32Array
  /** Standard deviations in the unit of the data. */
  readonly uncertainty?: Float32Array | undefined
  /** 0 is good; every other value is bad. Pixels of `data` that are not finite are bad as well. */
  readonly bad: Uint8Array
}

export interface FixOptions {
  /**
   * 'interpolate' along the shorter way across; 'gaussian', the weighted mean of the good pixels around; 'none': NaN, so that nobody takes the pixel
   * for measured.
   */
  readonly method: 'interpolate' | 'gaussian' | 'none'
  /** Pixels to each side that a good one may be away, for 'interpolate'; default 32. */
  readonly reach?: number
  /** Of the Gaussian, pixels; default 1. */
  readonly sigma?: number
}

export interface FixedPixels {
  /** Indices of pixels that got a value, ascending. */
  readonly filled: Uint32Array
  /** Indices of bad pixels that are NaN now: nothing good near enough, or method 'none'. */
  readonly empty: Uint32Array
}

/** Good pixels and what each contributes; weights add up to 1. */
interface Mixture {
  readonly pixels: number[]
  readonly weights: number[]
}

/**
 * Bad pixels filled from their good neighbours, in place.
 *
 * 'interpolate' is the rule of IRAF's fixpix (Valdes): a straight line between the nearest good pixels of the row, or of the column, whichever are
 * closer together; the mean of both lines where the distance is the same. Where neither way has a good pixel on both sides (an edge of the frame)
 * the nearest good one along row or column, the mean of those that are equally near.
 *
 * 'gaussian' is astropy.convolution.interpolate_replace_nans with a Gaussian2DKernel of `sigma`: 8 sigma wide, made odd, and cut at the edge of the frame.
 *
 * The value is sum w_i d_i, the uncertainty sqrt(sum (w_i s_i)^2), which makes a filled pixel look no better than what it came from; it
 * is still no measurement, and the mask should keep saying so.
 */
export const fixBadPixels = (planes: PlanesToFix, width: number, options: FixOptions): FixedPixels => {
  const { data, uncertainty, bad } = planes
  const height = Math.floor(data.length / width)
  const good = Uint8Array.from(bad, (value, i) => (value === 0 && Number.isFinite(data[i]!) ? 1 : 0))
  const grid = { good, width, height }
  const kernel = makeKernel(options.sigma ?? 1)
  const filled: number[] = []
  const empty: number[] = []
  for (let pixel = 0; pixel < good.length; pixel++) {
    if (good[pixel] === 1) continue
    const mixture =
      options.method === 'none'
        ? null
        : options.method === 'gaussian'
          ? mixAround(grid, pixel, kernel)
          : mixAcross(grid, pixel, options.reach ?? 32)
    if (mixture === null) empty.push(pixel)
    else filled.push(pixel)
    // Good pixels alone are read, so that the order of filling does not matter.
    data[pixel] = mixture === null ? Number.NaN : mix(mixture, (at) => data[at]!)
    if (uncertainty !== undefined)
      uncertainty[pixel] = mixture === null ? Number.NaN : mixErrors(mixture, uncertainty)
  }
  return { filled: Uint32Array.from(filled), empty: Uint32Array.from(empty) }
}

const mix = ({ pixels, weights }: Mixture, valueAt: (pixel: number) => number): number =>
  pixels.reduce((total, pixel, k) => total + weights[k]! * valueAt(pixel), 0)

const mixErrors = ({ pixels, weights }: Mixture, errors: Float32Array): number =>
  Math.sqrt(pixels.reduce((total, pixel, k) => total + (weights[k]! * errors[pixel]!) ** 2, 0))

interface Grid {
  readonly good: Uint8Array
  readonly width: number
  readonly height: number
}

/** Steps to the nearest good pixel one way; null when there is none within reach or before the edge. */
const findGood = (
  good: Uint8Array,
  pixel: number,
  { step, room }: { step: number; room: number },
): number | null => {
  for (let away = 1; away <= room; away++) if (good[pixel + away * step] === 1) return away
  return null
}

const mixAcross = ({ good, width, height }: Grid, pixel: number, reach: number): Mixture | null => {
  const x = pixel % width
  const y = (pixel - x) / width
  const ways = [
    { step: 1, before: x, after: width - 1 - x },
    { step: width, before: y, after: height - 1 - y },
  ].map(({ step, before, after }) => ({
    step,
    back: findGood(good, pixel, { step: -step, room: Math.min(reach, before) }),
    ahead: findGood(good, pixel, { step, room: Math.min(reach, after) }),
  }))
  const spans = ways.map(
    ({ back, ahead }) => (back ?? Number.POSITIVE_INFINITY) + (ahead ?? Number.POSITIVE_INFINITY),
  )
  const shortest = Math.min(...spans)
  if (!Number.isFinite(shortest)) return takeNearest(ways, pixel)
  const pixels: number[] = []
  const weights: number[] = []
  const used = ways.filter((_, k) => spans[k] === shortest)
  for (const { step, back, ahead } of used) {
    pixels.push(pixel - back! * step, pixel + ahead! * step)
    weights.push(ahead! / shortest / used.length, back! / shortest / used.length)
  }
  return { pixels, weights }
}

const takeNearest = (
  ways: readonly { readonly step: number; readonly back: number | null; readonly ahead: number | null }[],
  pixel: number,
): Mixture | null => {
  const near = ways.flatMap(({ step, back, ahead }) => [
    ...(back === null ? [] : [{ away: back, at: pixel - back * step }]),
    ...(ahead === null ? [] : [{ away: ahead, at: pixel + ahead * step }]),
  ])
  if (near.length === 0) return null
  const least = Math.min(...near.map(({ away }) => away))
  const pixels = near.filter(({ away }) => away === least).map(({ at }) => at)
  return { pixels, weights: pixels.map(() => 1 / pixels.length) }
}

interface Kernel {
  readonly reach: number
  /** exp(-d^2 / 2 sigma^2) for d = 0 ... reach, of which products are taken. */
  readonly profile: Float64Array
}

const makeKernel = (sigma: number): Kernel => {
  const side = Math.ceil(8 * sigma)
  const reach = (side % 2 === 0 ? side : side - 1) / 2
  return {
    reach,
    profile: Float64Array.from({ length: reach + 1 }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma))),
  }
}

const mixAround = (
  { good, width, height }: Grid,
  pixel: number,
  { reach, profile }: Kernel,
): Mixture | null => {
  const x = pixel % width
  const y = (pixel - x) / width
  const pixels: number[] = []
  const weights: number[] = []
  for (let j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++) {
    for (let i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
      if (good[j * width + i] === 0) continue
      pixels.push(j * width + i)
      weights.push(profile[Math.abs(i - x)]! * profile[Math.abs(j - y)]!)
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return pixels.length === 0 ? null : { pixels, weights: weights.map((weight) => weight / total) }
}
