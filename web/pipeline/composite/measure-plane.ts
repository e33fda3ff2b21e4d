import { medianInPlace } from '../../science/math/median'
import { smoothMode } from '../../science/math/half-sample-mode'

/** Enough for a level good to half a percent of the noise. */
const SAMPLES = 100_000
/** A normal distribution's lower half: sigma from the distance of the mode to the median of what lies below it. */
const HALF_TO_SIGMA = 1.4826

export interface PlaneLevels {
  /** Most frequent level, and one sigma about it from the values below: stars do not count there. */
  readonly sky: number
  readonly noise: number
  /** Level that one pixel in 400 is above. */
  readonly bright: number
}

/** What a plane is like, from an even sample of its pixels; NaN throughout where none has a value. */
export const measurePlaneLevels = (plane: Float32Array): PlaneLevels => {
  const stride = Math.max(1, Math.floor(plane.length / SAMPLES))
  const values: number[] = []
  for (let at = 0; at < plane.length; at += stride) {
    const value = plane[at]!
    if (value - value === 0) values.push(value)
  }
  const sky = smoothMode(values)
  const below = Float64Array.from(
    values.filter((value) => value <= sky),
    (value) => sky - value,
  )
  const sorted = Float64Array.from(values).sort()
  return {
    sky,
    noise: HALF_TO_SIGMA * medianInPlace(below),
    bright: sorted[Math.floor(0.9975 * (sorted.length - 1))] ?? Number.NaN,
  }
}
