import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fitCorrelated } from '../../../web/science/math/correlated-fit'
import { solveLeastSquares } from '../../../web/science/math/least-squares'
import { createRandom } from '../../../web/science/math/random'

interface Golden {
  readonly design: number[]
  readonly values: number[]
  readonly covariance: number[]
  readonly solution: number[]
  readonly solutionCovariance: number[]
  readonly chiSquare: number
}

const { general } = JSON.parse(readFileSync('tests/golden/detector/camera.json', 'utf8')) as {
  general: Golden
}

describe('least squares with correlated errors', () => {
  it('agrees with the normal equations in numpy', () => {
    const fit = fitCorrelated({ ...general, columns: 3 })
    general.solution.forEach((value, index) => expect(fit?.solution[index]).toBeCloseTo(value, 9))
    general.solutionCovariance.forEach((value, index) => expect(fit?.covariance[index]).toBeCloseTo(value, 9))
    expect(fit?.chiSquare).toBeCloseTo(general.chiSquare, 8)
  })

  it('is weighted least squares where errors are independent (seed diagonal)', () => {
    const random = createRandom('diagonal')
    const design = Array.from({ length: 20 }, () => random.normal())
    const values = Array.from({ length: 10 }, () => random.normal())
    const errors = Array.from({ length: 10 }, () => 0.5 + random.uniform())
    const covariance = errors.flatMap((error, i) => errors.map((_, j) => (i === j ? error * error : 0)))
    const fit = fitCorrelated({ design, columns: 2, values, covariance })
    const plain = solveLeastSquares(
      design,
      10,
      2,
      values,
      errors.map((error) => 1 / error ** 2),
    )
    for (const index of [0, 1]) expect(fit?.solution[index]).toBeCloseTo(plain.solution[index] ?? NaN, 12)
    expect(fit?.chiSquare).toBeCloseTo(plain.chiSquare, 10)
  })

  it('refuses what is no covariance', () => {
    expect(fitCorrelated({ design: [1, 1], columns: 1, values: [1, 2], covariance: [1, 2, 2, 1] })).toBeNull()
  })
})
