import { medianInPlace } from '../math/median'
import { MAD_TO_SIGMA, mean, standardDeviation } from '../math/statistics'

/** What a plane of pixels is like, of its finite values alone; all but `count` are NaN where there is none. */
export interface PlaneStatistics {
  readonly count: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  /** Population standard deviation. */
  readonly deviation: number
  readonly median: number
  /** 1.4826 times the median absolute deviation about the median. */
  readonly robustDeviation: number
}

/** Distances from the median are rounded to f32, as four of them at a time are. */
const robustAbout = (values: Float32Array, middle: number): number => {
  const center = Math.fround(middle)
  for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i]! - center)
  return MAD_TO_SIGMA * medianInPlace(values)
}

export const measurePlane = (data: Float32Array): PlaneStatistics => {
  const finite = data.filter((value) => value - value === 0)
  let [minimum, maximum] = [Number.NaN, Number.NaN]
  for (const value of finite) {
    if (!(value >= minimum)) minimum = value
    if (!(value <= maximum)) maximum = value
  }
  const [average, deviation] = [mean(finite), standardDeviation(finite)]
  // Rearranges the copy, and then overwrites it.
  const median = medianInPlace(finite)
  return {
    count: finite.length,
    minimum,
    maximum,
    mean: average,
    deviation,
    median,
    robustDeviation: robustAbout(finite, median),
  }
}
