import type { Combine } from '../../core/combine'
import { AsterismError } from '../../core/errors'
import { sortValues } from '../math/sort-values'
import {
  medianOfSorted,
  meanOfRange,
  rejectionRule,
  rejectValues,
  squaresOfRange,
  type RejectionRule,
  type Survivors,
} from './reject-values'

/** A strip with all its planes. */
export interface WholeStrip extends CombinedStrip {
  readonly uncertainty: Float32Array
  readonly count: Uint16Array
}

export interface CombinedStrip {
  readonly data: Float32Array
  /** One sigma of `data`, from the scatter between the frames. NaN where fewer than two values are left. */
  readonly uncertainty?: Float32Array | undefined
  /** Values that went in, after holes and rejection. */
  readonly count?: Uint16Array | undefined
}

/** Values held at once for a block of pixels: 64 kB as f64, so that a block stays in the second-level cache. */
const BLOCK_VALUES = 8192
const SMALLEST_BLOCK = 16
const LARGEST_BLOCK = 512

/** Standard error of a median over that of a mean, for many normal values. */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2)

/**
 * Combines N planes (or the same strip of N planes) pixel by pixel; f32 in, f64 within, f32 out. Values that are not finite
 * take no part. 1 <= N <= 65535.
 *
 * `scales` multiplies each plane first; `weights` (one positive number a plane, such as 1/variance) are for the mean only
 * and are asked for when `combine.weights` is 'inverse-variance'.
 *
 * Method `sum` is the mean of what is left times N: a rejected cosmic ray must not leave a dark pixel.
 *
 * Uncertainty, with s the sample standard deviation (n - 1) of what is left: s / sqrt(n) for the mean, sqrt(pi/2) more for
 * the median (n > 2), N times more for the sum. Where a fixed part was cut off both ends ('min-max', 'percentile') the
 * scatter of the rest is too small; there it is the standard error of a trimmed mean, s_w sqrt(n) / h, with s_w of all n
 * values winsorised at the h that are left (Tukey & McLaughlin 1963). After clipping at 3 sigma s is a few per cent small.
 * Weighted: sqrt(sum w (x - m)^2 / ((n - 1) sum w)).
 */
export const combineFrames = (
  strips: readonly Float32Array[],
  combine: Combine,
  scales?: readonly number[],
  weights?: readonly number[],
): WholeStrip => {
  const length = strips[0]?.length ?? 0
  const result = {
    data: new Float32Array(length),
    uncertainty: new Float32Array(length),
    count: new Uint16Array(length),
  }
  combineInto({ strips, combine, scales, weights }, result)
  return result
}

/** What is combined: planes, what is done to their values first, and the rule. */
export interface FramesToCombine {
  readonly strips: readonly Float32Array[]
  readonly combine: Combine
  /** value = scale v + offset, rounded to f32 after each; one number a plane. */
  readonly scales?: readonly number[] | undefined
  readonly offsets?: readonly number[] | undefined
  readonly weights?: readonly number[] | undefined
  /** 0 is good; other values take no part. */
  readonly masks?: readonly (Uint8Array | undefined)[] | undefined
}

/** The same into lent planes; uncertainty and count are left out where nobody lends a plane for them. */
export const combineInto = (frames: FramesToCombine, result: CombinedStrip): void => {
  const { strips, combine } = frames
  const length = checkInput(frames)
  const block = Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, Math.floor(BLOCK_VALUES / strips.length)))
  const job: Job = {
    ...frames,
    rule: rejectionRule(combine),
    weights: combine.weights === 'inverse-variance' ? frames.weights : undefined,
    values: new Float64Array(block * strips.length),
    counts: new Int32Array(block),
    range: { from: 0, to: -1 },
  }
  for (let start = 0; start < length; start += block) {
    const size = Math.min(block, length - start)
    gatherBlock(job, start, size)
    for (let pixel = 0; pixel < size; pixel++) combinePixel(job, pixel, start + pixel, result)
  }
}

interface Job extends FramesToCombine {
  readonly rule: RejectionRule
  /** The finite values of each pixel of the block, pixel by pixel, N places each. */
  readonly values: Float64Array
  readonly counts: Int32Array
  readonly range: Survivors
}

/** A value as it takes part: scaled, moved, each rounded to f32; not finite where it takes no part. */
const valueAt = (
  { strips, scales, offsets, masks }: FramesToCombine,
  frame: number,
  index: number,
): number => {
  const mask = masks?.[frame]
  if (mask !== undefined && mask[index] !== 0) return Number.NaN
  const value = strips[frame]![index]!
  const scaled = scales === undefined ? value : Math.fround(value * Math.fround(scales[frame]!))
  return offsets === undefined ? scaled : Math.fround(scaled + Math.fround(offsets[frame]!))
}

const checkInput = ({ strips, combine, scales, offsets, weights }: FramesToCombine): number => {
  const first = strips[0]
  if (first === undefined) throw new AsterismError('bad-order', 'There is no frame to combine.')
  for (const [index, strip] of strips.entries()) {
    if (strip.length === first.length) continue
    throw new AsterismError(
      'shape-mismatch',
      `Frame ${index + 1} has ${strip.length} pixels where the first has ${first.length}.`,
      {
        frame: index,
        pixels: strip.length,
        expected: first.length,
      },
    )
  }
  for (const numbers of [scales, offsets]) {
    if (numbers !== undefined && numbers.length !== strips.length)
      throw new AsterismError('bad-order', `${numbers.length} scales were given for ${strips.length} frames.`)
  }
  if (combine.weights === 'inverse-variance') {
    if (combine.method !== 'mean') throw new AsterismError('bad-order', 'Weights go with the mean only.')
    const usable =
      weights?.length === strips.length && weights.every((weight) => weight > 0 && Number.isFinite(weight))
    if (!usable)
      throw new AsterismError('bad-order', 'A weighted mean needs one positive weight for each frame.')
  }
  return first.length
}

/** Plane by plane into a small transposed scratch: reads run along memory, and the per-pixel work is on neighbours. */
const gatherBlock = (job: Job, start: number, size: number): void => {
  const { values, counts } = job
  const frames = job.strips.length
  counts.fill(0, 0, size)
  for (let frame = 0; frame < frames; frame++) {
    for (let pixel = 0, at = 0; pixel < size; pixel++, at += frames) {
      const value = valueAt(job, frame, start + pixel)
      // False for NaN and infinities alike.
      if (value - value === 0) values[at + counts[pixel]!++] = value
    }
  }
}

const combinePixel = (job: Job, pixel: number, index: number, result: CombinedStrip): void => {
  const { strips, combine, rule, values, range } = job
  const first = pixel * strips.length
  const total = job.counts[pixel]!
  const last = first + total - 1
  range.from = first
  range.to = last
  const sorted = combine.method === 'median' || rule.rejection !== 'none'
  if (sorted) sortValues(values, first, last)
  if (rule.rejection !== 'none' && total > 0) rejectValues(values, range, rule)
  const left = range.to - range.from + 1
  if (result.count !== undefined) result.count[index] = left
  if (left < 1) {
    result.data[index] = Number.NaN
    if (result.uncertainty !== undefined) result.uncertainty[index] = Number.NaN
    return
  }
  if (job.weights !== undefined) return weighPixel(job, index, result)
  const average = meanOfRange(values, range.from, range.to)
  const trimmed = rule.rejection === 'min-max' || rule.rejection === 'percentile'
  let error = Number.NaN
  if (left > 1 && result.uncertainty !== undefined) {
    error = trimmed
      ? trimmedError(values, first, last, range)
      : Math.sqrt(squaresOfRange(values, range.from, range.to, average) / (left - 1) / left)
  }
  if (combine.method === 'median') {
    result.data[index] = medianOfSorted(values, range.from, range.to)
    if (result.uncertainty !== undefined) result.uncertainty[index] = left > 2 ? error * MEDIAN_ERROR : error
  } else {
    const factor = combine.method === 'sum' ? strips.length : 1
    result.data[index] = average * factor
    if (result.uncertainty !== undefined) result.uncertainty[index] = error * factor
  }
}

const trimmedError = (values: Float64Array, first: number, last: number, range: Survivors): number => {
  const below = range.from - first
  const above = last - range.to
  const left = range.to - range.from + 1
  const total = last - first + 1
  const lowest = values[range.from]!
  const highest = values[range.to]!
  const center = (meanOfRange(values, range.from, range.to) * left + below * lowest + above * highest) / total
  const squares =
    squaresOfRange(values, range.from, range.to, center) +
    below * (lowest - center) ** 2 +
    above * (highest - center) ** 2
  return (Math.sqrt(squares / (total - 1)) * Math.sqrt(total)) / left
}

/** Sorting lost whose value is whose, so the planes are read again and what lies between the survivors' ends is weighed. */
const weighPixel = (job: Job, index: number, result: CombinedStrip): void => {
  const { strips, weights, values, range } = job
  let lower = values[range.from]!
  let upper = lower
  for (let i = range.from; i <= range.to; i++) {
    lower = Math.min(lower, values[i]!)
    upper = Math.max(upper, values[i]!)
  }
  let weightSum = 0
  let total = 0
  let count = 0
  for (let frame = 0; frame < strips.length; frame++) {
    const value = valueAt(job, frame, index)
    if (!(value >= lower && value <= upper)) continue
    weightSum += weights![frame]!
    total += weights![frame]! * value
    count++
  }
  const average = total / weightSum
  let squares = 0
  for (let frame = 0; frame < strips.length; frame++) {
    const value = valueAt(job, frame, index)
    if (value >= lower && value <= upper) squares += weights![frame]! * (value - average) ** 2
  }
  result.data[index] = average
  if (result.count !== undefined) result.count[index] = count
  if (result.uncertainty !== undefined)
    result.uncertainty[index] = count > 1 ? Math.sqrt(squares / ((count - 1) * weightSum)) : Number.NaN
}
