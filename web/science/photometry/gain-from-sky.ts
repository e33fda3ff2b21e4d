import { fitRobustLine } from '../math/robust-line'

export interface SkyGain {
  /** Electrons per unit, one sigma of it, and the variance that the line gives at level 0. */
  readonly gain: number
  readonly gainError: number
  readonly intercept: number
}

/** The slope must stand this many sigmas above nothing. */
const LEAST_SIGNIFICANCE = 5

/**
 * Gain from how the sky's scatter follows its level over a night: variance = level / gain + constant, whatever the offset
 * of the camera (the photon transfer method, Janesick 2001, "Scientific Charge-Coupled Devices", ch. 2, with the sky as the lamp).
 * Levels and sigmas of one sky pixel, one of each for a frame or an annulus, in ADU of frames that were not scaled (a flat
 * field that is not near 1 spoils it). Null when the sky did not vary enough to tell, or fewer than 8 values are there.
 */
export const estimateGainFromSky = (levels: ArrayLike<number>, sigmas: ArrayLike<number>): SkyGain | null => {
  const variances = Float64Array.from(sigmas, (sigma) => sigma * sigma)
  const line = fitRobustLine(levels, variances)
  let weight = 0
  let mean = 0
  for (let i = 0; i < levels.length; i++) {
    weight += line.weights[i]!
    if (line.weights[i]! > 0) mean += line.weights[i]! * levels[i]!
  }
  mean /= weight
  let spread = 0
  for (let i = 0; i < levels.length; i++) {
    if (line.weights[i]! > 0) spread += line.weights[i]! * (levels[i]! - mean) ** 2
  }
  const error = line.sigma / Math.sqrt(spread)
  if (!(weight >= 8) || !(line.slope > LEAST_SIGNIFICANCE * error)) return null
  return { gain: 1 / line.slope, gainError: error / line.slope ** 2, intercept: line.intercept }
}
