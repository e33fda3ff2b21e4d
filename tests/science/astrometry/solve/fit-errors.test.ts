import { expect, test } from 'vitest'
import { measureLeverage } from '../../../../web/science/astrometry/solve/fit-errors'
import { createReferenceSky } from '../../../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../../../web/science/astrometry/solve/solve-field'
import { createRandom } from '../../../../web/science/math/random'
import { readShippedCone } from '../../../support/read-catalogue'
import { simulateSkyField } from '../../../support/simulate-sky-field'

const RADIAN = Math.PI / 180

test.each([
  ['a similarity', 10.2],
  ['many stars', 11.5],
] as const)(
  'the errors that a solution states are those that it makes: %s down to VT %f (seed errors)',
  (_, faintest) => {
    const place = { rightAscension: 300, declination: 38 }
    const cone = readShippedCone({ ...place, radius: 3 }, faintest)
    const sky = createReferenceSky(cone)
    const sums = { center: 0, scale: 0, rotation: 0 }
    let solved = 0
    for (let round = 0; round < 60; round++) {
      const random = createRandom(`errors/${faintest}/${round}`)
      const field = simulateSkyField(
        cone,
        {
          width: 900,
          height: 700,
          scale: 5,
          noise: 0.4,
          missing: 0.2,
          spurious: 0,
          distortion: 0,
          near: { ...place, radius: 0.8 },
        },
        random,
      )
      const solution = solveField(sky, field, {
        place: { ...place, radius: 1 },
        scale: [4.8, 5.2],
        parity: null,
      })
      if (!solution.solved) continue
      solved++
      const { errors, center, scale, rotation } = solution
      const east = (((center[0] - field.center[0] + 540) % 360) - 180) * Math.cos(center[1] * RADIAN) * 3600
      const north = (center[1] - field.center[1]) * 3600
      sums.center += (east ** 2 + north ** 2) / 2 / errors.center ** 2
      sums.scale += ((scale - field.scale) / errors.scale) ** 2
      sums.rotation += ((((rotation - field.rotation + 540) % 360) - 180) / errors.rotation) ** 2
    }
    expect(solved).toBeGreaterThan(55)
    // Mean squares of so many pulls scatter by a fifth about 1.
    for (const sum of Object.values(sums)) {
      expect(sum / solved).toBeGreaterThan(0.5)
      expect(sum / solved).toBeLessThan(1.8)
    }
  },
)

test('a polynomial is uncertain where no stars are', () => {
  const points = { u: new Float64Array(100), v: new Float64Array(100) }
  for (let i = 0; i < 100; i++) {
    points.u[i] = 100 * (i % 10) - 450
    points.v[i] = 100 * Math.floor(i / 10) - 450
  }
  // The mean of a hundred, in its middle.
  expect(measureLeverage(points, 0, [[0, 0]])).toBeCloseTo(0.1, 9)
  const corner = [[500, 500]] as const
  expect(measureLeverage(points, 1, corner)).toBeLessThan(0.3)
  expect(measureLeverage(points, 3, corner)).toBeLessThan(1)
  const half = { u: points.u.map((u) => u / 2 - 250), v: points.v }
  expect(measureLeverage(half, 3, corner)).toBeGreaterThan(10)
  expect(measureLeverage({ u: [1, 2], v: [1, 2] }, 1, corner)).toBe(Infinity)
})
