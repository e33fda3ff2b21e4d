/** Values at and between which brightness runs from dark to bright, in the image's unit. */
export interface Cuts {
  readonly low: number
  readonly high: number
}

/**
 * Frames beyond this many pixels are sampled for percentiles and histograms. Sorting so many takes some ten milliseconds, which the page's
 * own thread can spare; the median of so many is good to 0.4 % of a sigma.
 */
export const MOST_SAMPLES = 100_000

const NO_PIXELS: Cuts = { low: 0, high: 1 }

const countFinite = (data: Float32Array): number => {
  let count = 0
  // x - x is 0 for a finite x and NaN for every other.
  for (const value of data) if (value - value === 0) count++
  return count
}

/**
 * Finite pixels, evenly picked in file order, at most `most`: every `stride`-th finite pixel, the stride rounded down
 * and the tail beyond `most` dropped when `cut`, else rounded up so that the sample reaches the last row.
 */
const pickFinite = (data: Float32Array, most: number, cut: boolean): Float32Array => {
  const finite = countFinite(data)
  const stride = Math.max(1, cut ? Math.floor(finite / most) : Math.ceil(finite / most))
  const picked = new Float32Array(Math.min(cut ? most : finite, Math.ceil(finite / stride)))
  let filled = 0
  let wait = 0
  for (let i = 0; i < data.length && filled < picked.length; i++) {
    const value = data[i]!
    if (value - value !== 0) continue
    if (wait > 0) {
      wait--
      continue
    }
    picked[filled++] = value
    wait = stride - 1
  }
  return picked
}

/** An even sample of the finite pixels, for percentiles and histograms; all of them up to MOST_SAMPLES. */
export const sampleFinite = (data: Float32Array): Float32Array => pickFinite(data, MOST_SAMPLES, false)

/** Percentile 0..100 of ascending values by linear interpolation, as numpy.percentile does it. NaN for none. */
export const percentileOfSorted = (sorted: ArrayLike<number>, percent: number): number => {
  if (sorted.length === 0) return Number.NaN
  const place = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (place - below)
}

/**
 * Cuts that hold the middle `percent` of the finite pixels, half of the rest on either side (astropy's
 * PercentileInterval). Sampled beyond MOST_SAMPLES pixels.
 */
export const findPercentileCuts = (data: Float32Array, percent: number): Cuts => {
  const sorted = sampleFinite(data).sort()
  if (sorted.length === 0) return NO_PIXELS
  const outside = (100 - percent) / 2
  return { low: percentileOfSorted(sorted, outside), high: percentileOfSorted(sorted, 100 - outside) }
}

/** The smallest and the largest finite pixel; every pixel is looked at. */
export const findExtremes = (data: Float32Array): Cuts => {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (value - value !== 0) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? { low, high } : NO_PIXELS
}

const ZSCALE = {
  samples: 1000,
  contrast: 0.25,
  /** At least this share of the samples, and at least so many, must survive the rejection. */
  leastShare: 0.5,
  leastPixels: 5,
  /** Rejection at so many standard deviations, in at most so many rounds. */
  rejection: 2.5,
  rounds: 5,
  /** A rejected sample takes this share of all samples about it along. */
  grow: 0.01,
}

interface Line {
  readonly intercept: number
  readonly slope: number
}

/** Least squares through (i, samples[i]) of the good samples. */
const fitGood = (samples: ArrayLike<number>, bad: Uint8Array): Line => {
  let count = 0
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < samples.length; i++) {
    if (bad[i] === 1) continue
    count++
    meanX += i
    meanY += samples[i]!
  }
  meanX /= count
  meanY /= count
  let xx = 0
  let xy = 0
  for (let i = 0; i < samples.length; i++) {
    if (bad[i] === 1) continue
    xx += (i - meanX) ** 2
    xy += (i - meanX) * (samples[i]! - meanY)
  }
  const slope = xx === 0 ? 0 : xy / xx
  return { slope, intercept: meanY - slope * meanX }
}

/** Marks samples far from the line, and their neighbours; returns how many good ones are left. */
const rejectFar = (samples: ArrayLike<number>, line: Line, bad: Uint8Array): number => {
  const residual = (i: number): number => samples[i]! - line.intercept - line.slope * i
  let count = 0
  let sum = 0
  for (let i = 0; i < samples.length; i++) {
    if (bad[i] === 1) continue
    count++
    sum += residual(i)
  }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < samples.length; i++) if (bad[i] !== 1) squares += (residual(i) - mean) ** 2
  const threshold = ZSCALE.rejection * Math.sqrt(squares / count)
  const far = bad.slice()
  for (let i = 0; i < samples.length; i++) if (Math.abs(residual(i)) > threshold) far[i] = 1
  // A window of `length` samples, one longer to the left when the length is even, as numpy's convolve 'same' takes it.
  const length = Math.max(1, Math.floor(samples.length * ZSCALE.grow))
  const left = Math.floor(length / 2)
  let good = 0
  for (let i = 0; i < samples.length; i++) {
    const from = Math.max(0, i - left)
    const to = Math.min(samples.length, i - left + length)
    bad[i] = far.subarray(from, to).includes(1) ? 1 : 0
    if (bad[i] === 0) good++
  }
  return good
}

/**
 * IRAF's zscale, in the form of astropy's ZScaleInterval (n_samples 1000, contrast 0.25): a line through the sorted
 * samples, stars rejected, and cuts where the line, made steeper by 1/contrast about the median, leaves the samples.
 */
export const findZscaleCuts = (data: Float32Array): Cuts => {
  const samples = Float64Array.from(pickFinite(data, ZSCALE.samples, true)).sort()
  const count = samples.length
  if (count === 0) return NO_PIXELS
  const least = Math.max(ZSCALE.leastPixels, Math.floor(count * ZSCALE.leastShare))
  const bad = new Uint8Array(count)
  let good = count
  let goodBefore = count + 1
  let slope = 0
  for (let round = 0; round < ZSCALE.rounds && good < goodBefore && good >= least; round++) {
    const line = fitGood(samples, bad)
    slope = line.slope
    goodBefore = good
    good = rejectFar(samples, line, bad)
  }
  const low = samples[0]!
  const high = samples[count - 1]!
  if (good < least) return { low, high }
  const steep = slope / ZSCALE.contrast
  const middle = Math.floor((count - 1) / 2)
  const median = percentileOfSorted(samples, 50)
  return {
    low: Math.max(low, median - (middle - 1) * steep),
    high: Math.min(high, median + (count - middle) * steep),
  }
}

/** Where a picture starts: this many robust sigmas below the sky, and the brightest 0.3 % of the pixels white. */
const BELOW_SKY = 0.5
const BRIGHTEST = 99.7
/** The white point lies at least this many sigmas above the sky, so that an empty field does not look like noise. */
const LEAST_SPAN = 12

/**
 * Cuts to begin with, made for the asinh stretch: a dark sky with its grain just seen and faint stars that stand out.
 * Sky is the median, sigma 1.4826 times the median distance from it; both from the sample of `sampleFinite`.
 */
export const findSkyCuts = (data: Float32Array): Cuts => {
  const sorted = sampleFinite(data).sort()
  if (sorted.length === 0) return NO_PIXELS
  const sky = percentileOfSorted(sorted, 50)
  const distances = sorted.map((value) => Math.abs(value - sky)).sort()
  const sigma = 1.4826 * percentileOfSorted(distances, 50)
  const low = sky - BELOW_SKY * sigma
  const high = Math.max(percentileOfSorted(sorted, BRIGHTEST), sky + LEAST_SPAN * sigma)
  return high > low ? { low, high } : findExtremes(data)
}
