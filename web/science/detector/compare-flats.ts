import { medianInPlace } from '../math/median'
import { robustDeviation } from '../math/statistics'

export interface FlatRatio {
  /** Median of one flat over the other: 1 where both are brought to one level. */
  readonly median: number
  /** 1.4826 MAD of the ratio over its median: what dust, light leaks and noise changed. */
  readonly scatter: number
}

/** One flat over another, pixel by pixel; NaN where the other holds no light or either holds no value. */
export const divideFlats = (flat: ArrayLike<number>, other: ArrayLike<number>): Float32Array<ArrayBuffer> => {
  const ratio = new Float32Array(flat.length)
  for (let pixel = 0; pixel < ratio.length; pixel++)
    ratio[pixel] = other[pixel]! > 0 ? flat[pixel]! / other[pixel]! : Number.NaN
  return ratio
}

/** How much a flat differs from another of the same filter, in two numbers. */
export const compareFlats = (flat: ArrayLike<number>, other: ArrayLike<number>): FlatRatio => {
  const ratio = divideFlats(flat, other).filter(Number.isFinite)
  const scatter = robustDeviation(ratio)
  const median = ratio.length === 0 ? Number.NaN : medianInPlace(ratio)
  return { median, scatter: scatter / median }
}
