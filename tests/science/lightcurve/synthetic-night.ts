import { createRandom } from '../../../web/science/math/random'
import type { CandidateStar } from '../../../web/science/lightcurve/screen-stars'

export interface NightOptions {
  readonly frames: number
  readonly seed: number
  /** Mean flux of each star. */
  readonly levels: readonly number[]
  /** Common factor of each frame; 1 when absent. */
  readonly common?: (frame: number) => number
  /** A star's own factor in a frame; 1 when absent. */
  readonly own?: (star: number, frame: number) => number
}

/** Stars on a row, 40 pixels apart, with photon noise from a seeded stream. */
export const makeNight = ({ frames, seed, levels, common, own }: NightOptions): CandidateStar[] => {
  const random = createRandom(seed)
  return levels.map((level, star) => {
    const draw = random.split(star)
    const truth = Float64Array.from(
      { length: frames },
      (_, i) => level * (common?.(i) ?? 1) * (own?.(star, i) ?? 1),
    )
    const fill = (value: number): Float64Array => new Float64Array(frames).fill(value)
    return {
      name: `star ${star}`,
      flux: truth.map((value) => value + Math.sqrt(value) * draw.normal()),
      error: truth.map((value) => Math.sqrt(value)),
      flags: new Uint8Array(frames),
      x: fill(40 + 40 * star),
      y: fill(100),
      peak: truth.map((value) => value / 50),
    }
  })
}

export const standardDeviationOf = (values: ArrayLike<number>): number => {
  const finite = Array.from(values).filter(Number.isFinite)
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  return Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length)
}
