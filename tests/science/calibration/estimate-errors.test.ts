import { describe, expect, it } from 'vitest'
import { estimateErrors } from '../../../web/science/calibration/estimate-errors'
import { createRandom } from '../../../web/science/math/random'

const SEED = 'errors of pixels'
const COUNT = 40_000

/** Root mean square of (value - truth) / error of pixels that were exposed to so much light behind a flat, read, and divided by it. */
const pullOf = (
  light: number,
  response: number,
  { sky, read, gain, knows = true }: { sky: number; read: number; gain: number; knows?: boolean },
): number => {
  const random = createRandom(`${SEED} ${light} ${response}`)
  const truth = sky + light
  const data = Float32Array.from({ length: COUNT }, () => {
    const electrons = truth * response * gain
    return truth + (Math.sqrt(electrons + (read * gain) ** 2) * random.normal()) / gain / response
  })
  const errors = new Float32Array(COUNT)
  const flat = new Float32Array(COUNT).fill(response)
  const sigma = Math.sqrt(sky / gain + read * read)
  estimateErrors({ data, flat }, { sigma, level: sky, electrons: knows ? gain : null }, errors)
  return Math.sqrt(data.reduce((sum, value, i) => sum + ((value - truth) / errors[i]!) ** 2, 0) / data.length)
}

describe(`errors of pixels from the noise of blank sky and the light above it (seed ${SEED})`, () => {
  it.each([
    [0, 1],
    [300, 1],
    [20_000, 1],
    [0, 0.6],
    [20_000, 0.6],
    [300, 1.15],
  ])('are those of %i units of light where the flat is %d', (light, response) => {
    for (const camera of [
      { sky: 200, read: 5, gain: 1.5 },
      { sky: 30, read: 8, gain: 0.4 },
      { sky: 900, read: 2, gain: 2 },
    ]) {
      const pull = pullOf(light, response, camera)
      // Where light and noise are alike, some of the light is not seen to be there.
      expect(pull).toBeGreaterThan(0.95)
      expect(pull).toBeLessThan(1.05)
    }
  })

  it('are those of the sky alone where no gain is known, and there are none where there is no value', () => {
    const camera = { sky: 200, read: 5, gain: 1.5, knows: false }
    expect(Math.abs(pullOf(0, 1, camera) - 1)).toBeLessThan(0.03)
    expect(pullOf(20_000, 1, camera)).toBeGreaterThan(5)
    const errors = new Float32Array(2)
    estimateErrors({ data: Float32Array.of(Number.NaN, -1e6) }, { sigma: 3, level: 0, electrons: 1 }, errors)
    expect(errors[0]).toBeNaN()
    // However far below the sky a pixel is.
    expect(errors[1]).toBe(3)
  })
})
