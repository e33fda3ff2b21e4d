import type { StackRecord } from '../../core/stack'
import { median } from '../../science/math/median'

/** What one frame came into a stack with. */
export interface FrameNoise {
  /** One sigma of the sky of a pixel, in the unit of the frame. */
  readonly noise: number
  /** What its values were multiplied with. */
  readonly scale: number
  /** Of any common unit. */
  readonly weight: number
}

export interface ExpectedNoise {
  /** Of a frame as it came in, median over the frames, in the unit of the stack. */
  readonly single: number
  /** Of the stack, where nothing was rejected and no two pixels were mixed. */
  readonly stacked: number
  /** How many times better a pixel is known than from one frame; the square root of their number where all are alike. */
  readonly gain: number
}

/**
 * By how much the median of `count` normal values varies more than their mean: sqrt(pi / 2) for many, 1 for one and two. The variance of
 * the median is pi / (2 (n + pi / 2 - 1)) to 3 per cent from n = 3 on (Kendall & Stuart, The Advanced Theory of Statistics 1, 14.6).
 */
export const medianExcess = (count: number): number =>
  count < 3 ? 1 : Math.sqrt((count * Math.PI) / (2 * (count + Math.PI / 2 - 1)))

/** The noise that a stack of these frames ought to have; null where nothing is known of them. */
export const expectNoise = (
  frames: readonly FrameNoise[],
  method: StackRecord['combine']['method'],
): ExpectedNoise | null => {
  const used = frames.filter(({ noise, scale, weight }) => noise > 0 && scale > 0 && weight > 0)
  if (used.length === 0) return null
  const single = median(used.map(({ noise, scale }) => noise * scale))
  const count = used.length
  if (method === 'mean') {
    const sum = used.reduce((total, { weight }) => total + weight, 0)
    const variance = used.reduce(
      (total, { noise, scale, weight }) => total + (weight * scale * noise) ** 2,
      0,
    )
    const stacked = Math.sqrt(variance) / sum
    return { single, stacked, gain: single / stacked }
  }
  const variance = used.reduce((total, { noise, scale }) => total + (scale * noise) ** 2, 0)
  if (method === 'sum') {
    const stacked = Math.sqrt(variance)
    // The light is `count` times as much.
    return { single, stacked, gain: (count * single) / stacked }
  }
  const stacked = (medianExcess(count) * Math.sqrt(variance)) / count
  return { single, stacked, gain: single / stacked }
}
