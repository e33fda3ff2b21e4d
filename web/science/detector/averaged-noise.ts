import { sigmaClip } from '../math/sigma-clip'
import { averageEstimates, measureLevel, measurePairNoise, type Estimate } from './detector-noise'

/** How the noise of a mean compares with what it should be. */
export interface AveragedNoise extends Estimate {
  /** Noise of one frame over the root of their number. */
  readonly predicted: number
  /** Frames that it was tried with: an even number. */
  readonly frames: number
}

/** As for pairs of frames: cosmic rays lie beyond it. */
const CLIP = { low: 5, high: 5, center: 'median', deviation: 'std', iterations: 20 } as const
/** Of two frames the mean of a half is the frame itself, and there is nothing to try. */
const FEWEST = 4

const addUp = (windows: readonly Float32Array[], factors: readonly number[]): Float64Array => {
  const total = new Float64Array(windows[0]?.length ?? 0)
  for (const [index, window] of windows.entries())
    for (let pixel = 0; pixel < total.length; pixel++) total[pixel]! += window[pixel]! * factors[index]!
  return total
}

/**
 * Whether the noise of a mean falls as the root of the number of its frames. The mean of the first half of the frames less that of the
 * second, each of n / 2, has the standard deviation 2 sigma / sqrt(n): half of it is the noise of the mean of all n, with all that is fixed
 * gone. Predicted is the noise of one frame, from pairs of neighbours, over sqrt(n). It is larger where frames drift: a pattern that
 * grows, a gradient that turns, light that fades unevenly. `scaled` takes the level `bias` off each frame and divides it by what is left,
 * as flats are; the result is then relative. Windows in time order, of one length, in ADU; null of fewer than four.
 */
export const measureAveragedNoise = (
  windows: readonly Float32Array[],
  { scaled, bias = 0 }: { readonly scaled: boolean; readonly bias?: number },
): AveragedNoise | null => {
  const count = windows.length - (windows.length % 2)
  if (count < FEWEST) return null
  const used = windows.slice(0, count)
  const factors = used.map((window) => (scaled ? 1 / (measureLevel(window).value - bias) : 1))
  if (!factors.every((factor) => factor > 0)) return null
  const half = count / 2
  const first = addUp(used.slice(0, half), factors)
  const second = addUp(used.slice(half), factors.slice(half))
  const { deviation, count: kept } = sigmaClip(
    first.map((sum, pixel) => (sum - second[pixel]!) / half),
    CLIP,
  )
  const single = averageEstimates(
    used.slice(1).map((window, index) => {
      const [one, two] = [used[index]!, window]
      if (!scaled) return measurePairNoise(one, two)
      const [a, b] = [factors[index]!, factors[index + 1]!]
      return measurePairNoise(
        one.map((value) => (value - bias) * a),
        two.map((value) => (value - bias) * b),
      )
    }),
  )
  if (single === null) return null
  const value = deviation / 2
  return {
    value,
    error: value / Math.sqrt(2 * Math.max(1, kept - 1)),
    predicted: single.value / Math.sqrt(count),
    frames: count,
  }
}
