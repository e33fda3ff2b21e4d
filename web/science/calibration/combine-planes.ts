import type { Combine } from '../../core/combine'
import { AsterismError } from '../../core/errors'
import { maskValue } from '../../core/pixel-mask'
import { median } from '../math/median'
import { mean, medianAbsoluteDeviation, MAD_TO_SIGMA, standardDeviation } from '../math/statistics'
import type { CalibrationPlanes } from './calibration-planes'
import { rejectionRule, type RejectionRule } from './reject-values'

export interface PlanesToCombine {
  readonly frames: readonly CalibrationPlanes[]
  readonly combine: Combine
  /** One positive number for each frame. */
  readonly scales?: readonly number[] | undefined
  readonly weights?: readonly number[] | undefined
}

export interface CombinedPlanes extends CalibrationPlanes {
  readonly uncertainty: Float64Array
  /** Values of each pixel that took part. */
  readonly count: Uint16Array
}

const NO_VALUE = maskValue('no-value')

/**
 * Combines frames by the letter of ccdproc.Combiner 2.5 (sigma_clipping, clip_extrema, average_combine, median_combine, sum_combine), to compare with. combineFrames is
 * what Asterism works with; it differs on purpose where ccdproc's rule does not serve:
 * - masked values still take part in the centre and deviation that clipping goes by, and are counted among the extremes; combineFrames leaves them out;
 * - clipping looks at the values before scaling, so that flats of different levels are clipped at each other's; combineFrames scales first;
 * - (one round is all that its sigma_clipping can do; more are those of astropy.stats.sigma_clip, which it calls:) after several the last bounds alone decide, so that a value that was out may come back; in combineFrames out is out;
 * - a weighted mean divides by the weights of all frames, the rejected ones included, which makes such pixels too faint; combineFrames by those that took part;
 * - the sum adds what is left, so that a rejected cosmic ray leaves a dark pixel; combineFrames gives the mean of what is left times the number of frames;
 * - sigma of the mean is the population's deviation over sqrt(n), sqrt((n - 1) / n) too small on the average and 0 for one value; combineFrames has n - 1, and NaN for one;
 * - sigma of the median is 1.4826 MAD / sqrt(n), without the sqrt(pi / 2) by which a median scatters more than a mean; combineFrames has that factor;
 * - weights do not enter the uncertainty; in combineFrames they do.
 * The deviation of the frames themselves (`uncertainty`) is not looked at by either: the scatter between the frames says it better.
 *
 * Rejections: 'none', 'sigma-clip', 'min-max'. ccdproc has no others; they are refused with 'bad-order'. A pixel without any value is masked; its data are NaN (0 for a sum and a weighted mean).
 */
export const combinePlanes = ({ frames, combine, scales, weights }: PlanesToCombine): CombinedPlanes => {
  const [first] = frames
  if (first === undefined) throw new AsterismError('bad-order', 'There is no frame to combine.')
  const rule = rejectionRule(combine)
  if (rule.rejection === 'winsorized' || rule.rejection === 'percentile')
    throw new AsterismError('bad-order', `ccdproc has no rejection '${rule.rejection}'.`)
  const { width, height } = first
  const length = width * height
  const result: CombinedPlanes = {
    width,
    height,
    data: new Float64Array(length),
    uncertainty: new Float64Array(length),
    mask: new Uint8Array(length),
    count: new Uint16Array(length),
  }
  const weigh = combine.weights === 'inverse-variance' ? weights : undefined
  for (let i = 0; i < length; i++) {
    const values = Float64Array.from(frames, ({ data }) => data[i]!)
    const kept = findKept(values, rule)
    const left: number[] = []
    let weighted = 0
    for (const [k, { mask }] of frames.entries()) {
      if (!kept[k] || mask[i] !== 0 || !Number.isFinite(values[k]!)) continue
      const value = values[k]! * (scales?.[k] ?? 1)
      left.push(value)
      weighted += value * (weigh?.[k] ?? 1)
    }
    const total = weigh === undefined ? left.length : weigh.reduce((sum, weight) => sum + weight, 0)
    result.count[i] = left.length
    result.mask[i] = left.length === 0 ? NO_VALUE : 0
    result.data[i] = combineValues(left, combine.method, { weighted, total })
    result.uncertainty[i] = findDeviation(left, combine.method)
  }
  return result
}

const combineValues = (
  values: readonly number[],
  method: Combine['method'],
  { weighted, total }: { readonly weighted: number; readonly total: number },
): number => {
  if (method === 'sum') return weighted
  return method === 'median' ? median(values) : weighted / total
}

const findDeviation = (values: readonly number[], method: Combine['method']): number => {
  const root = Math.sqrt(values.length)
  if (method === 'median') return (MAD_TO_SIGMA * medianAbsoluteDeviation(values)) / root
  return (standardDeviation(values) / root) * (method === 'sum' ? values.length : 1)
}

const findKept = (values: Float64Array, rule: RejectionRule): boolean[] => {
  if (rule.rejection === 'sigma-clip') return keepWithin(values, rule)
  const kept = Array.from(values, () => true)
  if (rule.rejection === 'min-max') {
    const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
    for (const index of order.slice(0, Math.round(rule.low))) kept[index] = false
    for (const index of order.slice(Math.max(0, order.length - Math.round(rule.high)))) kept[index] = false
  }
  return kept
}

/** astropy.stats.sigma_clip: rounds until nothing changes or `iterations` are done; then the bounds of the last one are for all values. */
const keepWithin = (values: Float64Array, rule: RejectionRule): boolean[] => {
  let left = values.filter(Number.isFinite)
  let [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < rule.iterations; round++) {
    const center = rule.center === 'mean' ? mean(left) : median(left)
    const spread =
      rule.deviation === 'mad' ? MAD_TO_SIGMA * medianAbsoluteDeviation(left) : standardDeviation(left)
    lower = center - rule.low * spread
    upper = center + rule.high * spread
    const next = left.filter((value) => value >= lower && value <= upper)
    if (next.length === left.length || next.length === 0) break
    left = next
  }
  return Array.from(values, (value) => !(value < lower) && !(value > upper))
}
