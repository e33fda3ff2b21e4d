import { adjustDifferences, type Difference } from './adjust-differences'
import type { BoxLevels } from './box-levels'

export interface BackgroundMatch {
  /** What has to be subtracted from each frame: a + b x + c y, x and y in pixels of the common grid. */
  readonly planes: readonly BackgroundPlane[]
  /** Number of the group of frames that overlap, directly or by others, for each frame; between groups nothing is known. */
  readonly groups: Int32Array
  /** Robust standard deviation of the differences that remain, in the unit of the levels. */
  readonly residual: number
  /** Part of the compared boxes that were set aside. */
  readonly rejected: number
}

export interface BackgroundPlane {
  readonly a: number
  readonly b: number
  readonly c: number
}

export interface BackgroundMatchOptions {
  readonly shape: 'offset' | 'plane'
  /** The frame whose background the others are brought to; null for the mean of all. */
  readonly reference: number | null
}

/** Levels that are exact (simulated, or of whole numbers that clip to nothing) are still not worth more than this part of the typical error. */
const LEAST_ERROR = 0.1

const typicalError = (frames: readonly BoxLevels[]): number => {
  let [sum, count] = [0, 0]
  for (const { error } of frames) {
    for (const value of error) {
      if (!(value > 0)) continue
      sum += value
      count++
    }
  }
  return count === 0 ? 1 : sum / count
}

/** Middle of a box from -1 to 1 across the grid. */
const placeOf = (index: number, count: number): number => (2 * (index + 0.5)) / count - 1

const listDifferences = (frames: readonly BoxLevels[], planes: boolean): Difference[] => {
  const differences: Difference[] = []
  const least = LEAST_ERROR * typicalError(frames)
  const { columns = 0, rows = 0 } = frames[0] ?? {}
  for (let at = 0; at < columns * rows; at++) {
    const there = frames.flatMap(({ level }, index) => (Number.isNaN(level[at]!) ? [] : [index]))
    const basis = planes ? [1, placeOf(at % columns, columns), placeOf(Math.floor(at / columns), rows)] : [1]
    for (const [k, one] of there.entries()) {
      for (const other of there.slice(k + 1)) {
        const [first, second] = [frames[one]!, frames[other]!]
        const variance = Math.max(first.error[at]!, least) ** 2 + Math.max(second.error[at]!, least) ** 2
        differences.push({
          one,
          other,
          value: first.level[at]! - second.level[at]!,
          weight: 1 / variance,
          basis,
        })
      }
    }
  }
  return differences
}

/**
 * Brings the backgrounds of overlapping frames together: for every frame an offset or a plane so that the levels of the boxes they share agree as well as they
 * can, all pairs at once. All levels must be of one grid and box, in one unit (frames brought to one scale first). A plane for each frame can follow
 * gradients, but lets a real slope of the sky go where it likes: what all frames have in common is set by the reference or by the sum of
 * corrections being zero.
 */
export const matchBackgrounds = (
  frames: readonly BoxLevels[],
  { shape, reference }: BackgroundMatchOptions,
): BackgroundMatch => {
  const terms = shape === 'plane' ? 3 : 1
  const differences = listDifferences(frames, shape === 'plane')
  const adjusted = adjustDifferences({ frames: frames.length, terms, differences, reference })
  const { corrections, groups, residual, rejected } = adjusted
  const planes = frames.map(({ box, columns, rows }, k): BackgroundPlane => {
    if (terms === 1) return { a: corrections[k]!, b: 0, c: 0 }
    const [level, across, down] = [corrections[3 * k]!, corrections[3 * k + 1]!, corrections[3 * k + 2]!]
    // placeOf in pixels: the middle of box 0 is pixel (box - 1) / 2.
    const [b, c] = [(2 * across) / (columns * box), (2 * down) / (rows * box)]
    return { a: level - across - down + (b + c) / 2, b, c }
  })
  return { planes, groups, residual, rejected }
}

/** Takes a plane from part of a frame that lies on the common grid, in place. */
export const subtractPlane = (
  { a, b, c }: BackgroundPlane,
  window: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  data: Float32Array,
): void => {
  for (let row = 0, at = 0; row < window.height; row++) {
    const start = a + c * (window.top + row) + b * window.left
    for (let column = 0; column < window.width; column++, at++) data[at]! -= start + b * column
  }
}
