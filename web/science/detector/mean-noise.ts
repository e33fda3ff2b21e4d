import { sigmaClip } from '../math/sigma-clip'
import type { Estimate } from './detector-noise'

const CLIP = { low: 5, high: 5, center: 'median', deviation: 'std', iterations: 20 } as const

/**
 * Noise of the mean of n frames: that of one frame over sqrt(n), of one frame sqrt(read^2 + level / gain), in ADU. `level` is what light
 * or dark current added, in ADU; without a gain it is left out, which holds for a bias. The error follows from those of read noise and gain.
 */
export const predictMeanNoise = (
  frames: number,
  level: number,
  readNoise: Estimate,
  gain: Estimate | null,
): Estimate => {
  const shot = gain === null ? 0 : Math.max(0, level) / gain.value
  const one = Math.sqrt(readNoise.value ** 2 + shot)
  const ofRead = (readNoise.value * readNoise.error) / one
  const ofGain = gain === null ? 0 : (shot * gain.error) / (gain.value * 2 * one)
  return { value: one / Math.sqrt(frames), error: Math.hypot(ofRead, ofGain) / Math.sqrt(frames) }
}

export interface MeanNoise {
  /** Random noise of the mean of all frames, in their unit. */
  readonly noise: Estimate
  /** What the mean itself shows from pixel to pixel, with all that is fixed in it: columns, dust, warm pixels. */
  readonly deviation: number
  readonly frames: number
}

export interface HalvesOfFrames {
  /** A frame after the other; `level` is what it is divided by to make flats of a lamp that drifts alike, 1 for others. */
  add(values: ArrayLike<number>, level?: number): void
  /** Null with fewer than two frames. */
  measure(): MeanNoise | null
}

/**
 * The noise of a mean, measured and not computed: frames go by turns into two halves, and what the means of the halves differ by from pixel
 * to pixel is noise alone, since what is fixed is in both. With a and b frames its variance is sigma^2 (1/a + 1/b), that of the mean of
 * all sigma^2 / (a + b). Clipped at 5 sigma. Memory is two frames, whatever their number.
 */
export const createHalves = (length: number): HalvesOfFrames => {
  const halves = [new Float64Array(length), new Float64Array(length)] as const
  const counts: [number, number] = [0, 0]
  return {
    add: (values, level = 1) => {
      const side = counts[0] > counts[1] ? 1 : 0
      const half = halves[side]
      for (let pixel = 0; pixel < length; pixel++) half[pixel] = half[pixel]! + values[pixel]! / level
      counts[side]++
    },
    measure: () => {
      const [a, b] = counts
      if (b === 0) return null
      const difference = new Float64Array(length)
      const mean = new Float64Array(length)
      for (let pixel = 0; pixel < length; pixel++) {
        difference[pixel] = halves[0][pixel]! / a - halves[1][pixel]! / b
        mean[pixel] = (halves[0][pixel]! + halves[1][pixel]!) / (a + b)
      }
      const { deviation, count } = sigmaClip(difference, CLIP)
      const value = deviation / Math.sqrt((1 / a + 1 / b) * (a + b))
      return {
        noise: { value, error: value / Math.sqrt(2 * Math.max(1, count - 1)) },
        deviation: sigmaClip(mean, CLIP).deviation,
        frames: a + b,
      }
    },
  }
}
