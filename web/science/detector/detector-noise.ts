import { medianInPlace } from '../math/median'
import { sigmaClip } from '../math/sigma-clip'
import { robustDeviation } from '../math/statistics'

/** A measured number and its one-sigma error. */
export interface Estimate {
  readonly value: number
  readonly error: number
}

/** Cosmic rays and hot pixels lie beyond this; of normal noise 6e-7 does, so that nothing is cut from it. */
const CLIP = { low: 5, high: 5, center: 'median', deviation: 'std', iterations: 20 } as const

/** Mean of what lies within 5 sigma of the median, and the standard error of that mean. In the unit of the values. */
export const measureLevel = (values: ArrayLike<number>): Estimate => {
  const { mean, deviation, count } = sigmaClip(values, CLIP)
  return { value: mean, error: count === 0 ? Number.NaN : deviation / Math.sqrt(count) }
}

/**
 * Median and its standard error for normal noise, sqrt(pi / 2) times that of a mean. For a dark: a tail of warm pixels pulls a mean up
 * whatever is clipped, and the median is the dark current of a usual pixel.
 */
export const measureMedian = (values: ArrayLike<number>): Estimate => {
  const finite = Float64Array.from(values).filter(Number.isFinite)
  const error = (Math.sqrt(Math.PI / 2) * robustDeviation(finite)) / Math.sqrt(finite.length)
  return { value: finite.length === 0 ? Number.NaN : medianInPlace(finite), error }
}

/**
 * Noise of one frame from two alike: the standard deviation of their difference over sqrt(2), after clipping at 5 sigma (Janesick
 * 2001, Scientific Charge-Coupled Devices, section 2.2.2; Howell 2006, Handbook of CCD Astronomy, section 4.3). What is fixed from frame to
 * frame, such as columns, hot pixels and amplifier glow, drops out; so does a level that drifts. Of bias frames this is the read noise,
 * rounding to whole ADU included. Same length, same unit; values that are not finite take no part.
 */
export const measurePairNoise = (first: ArrayLike<number>, second: ArrayLike<number>): Estimate => {
  const difference = new Float64Array(first.length)
  for (let pixel = 0; pixel < difference.length; pixel++) difference[pixel] = first[pixel]! - second[pixel]!
  const { deviation, count } = sigmaClip(difference, CLIP)
  const value = deviation / Math.SQRT2
  return { value, error: value / Math.sqrt(2 * Math.max(1, count - 1)) }
}

/**
 * Noise of one frame from the standard errors of a mean of `frames` alike: the root of the mean of their squares, times the root of the
 * number of frames, pixels beyond 5 sigma left out. For a master whose frames are gone: it agrees with the pairs where few values were
 * rejected, and is a few per cent small where many were.
 */
export const measureScatterNoise = (errors: ArrayLike<number>, frames: number): Estimate => {
  const squares = Float64Array.from(errors, (error) => error * error)
  const { mean, deviation, count } = sigmaClip(squares, CLIP)
  const value = Math.sqrt(mean * frames)
  const relative = count === 0 || mean === 0 ? Number.NaN : deviation / Math.sqrt(count) / (2 * mean)
  return { value, error: value * relative }
}

/** The mean of independent estimates of one thing, weighted by their errors. */
export const averageEstimates = (estimates: readonly Estimate[]): Estimate | null => {
  const good = estimates.filter(({ value, error }) => Number.isFinite(value) && error > 0)
  const weight = good.reduce((sum, { error }) => sum + 1 / (error * error), 0)
  if (good.length === 0) return null
  const value = good.reduce((sum, each) => sum + each.value / (each.error * each.error), 0) / weight
  return { value, error: 1 / Math.sqrt(weight) }
}

/**
 * Electrons per ADU from two flats alike (mean-variance method; Janesick 2001, section 2.2.7; Howell 2006, section 4.3). Values are
 * raw ADU; `bias` is the bias level and `readNoise` that of one frame, both in ADU. The second flat is brought to the level of the first
 * (ratio r of their means above the bias), since twilight fades; then
 * gain = m1 (1 + r) / (var(f1 - r f2) - (1 + r^2) readNoise^2). Null where the light makes no noise above that of reading out.
 */
export const measurePairGain = (
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { bias, readNoise }: { readonly bias: number; readonly readNoise: number },
): Estimate | null => {
  const level = measureLevel(first).value - bias
  const other = measureLevel(second).value - bias
  if (!(level > 0) || !(other > 0)) return null
  const ratio = level / other
  const difference = new Float64Array(first.length)
  for (let pixel = 0; pixel < difference.length; pixel++)
    difference[pixel] = first[pixel]! - bias - ratio * (second[pixel]! - bias)
  const { deviation, count } = sigmaClip(difference, CLIP)
  const variance = deviation * deviation
  const shot = variance - (1 + ratio * ratio) * readNoise * readNoise
  if (!(shot > 0)) return null
  const value = (level * (1 + ratio)) / shot
  return { value, error: (value * variance * Math.sqrt(2 / Math.max(1, count - 1))) / shot }
}
