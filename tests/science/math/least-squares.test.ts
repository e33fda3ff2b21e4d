import { describe, expect, it } from 'vitest'
import { solveLeastSquares } from '../../../web/science/math/least-squares'
import { logGamma } from '../../../web/science/math/log-gamma'
import { evaluatePolynomial, fitPolynomial } from '../../../web/science/math/polynomial'
import { createRandom } from '../../../web/science/math/random'
import { fitRobustLine } from '../../../web/science/math/robust-line'
import golden from '../../golden/math/math.json'

const relative = (value: number, expected: number): number =>
  Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-12)

describe('least squares', () => {
  const problem = golden.leastSquares
  const fit = solveLeastSquares(
    problem.design,
    problem.rows,
    problem.columns,
    problem.values,
    problem.weights,
  )

  it('gives the solution, covariance and chi-square of numpy.linalg', () => {
    fit.solution.forEach((value, j) => expect(relative(value, problem.solution[j]!)).toBeLessThan(1e-10))
    fit.covariance.forEach((value, j) => expect(relative(value, problem.covariance[j]!)).toBeLessThan(1e-9))
    expect(relative(fit.chiSquare, problem.chiSquare)).toBeLessThan(1e-10)
    expect(fit.used).toBe(problem.rows)
  })

  it('leaves residuals at right angles to every column', () => {
    for (let j = 0; j < problem.columns; j++) {
      let product = 0
      let size = 0
      for (let i = 0; i < problem.rows; i++) {
        let model = 0
        for (let k = 0; k < problem.columns; k++)
          model += problem.design[i * problem.columns + k]! * fit.solution[k]!
        const term =
          problem.weights[i]! * (problem.values[i]! - model) * problem.design[i * problem.columns + j]!
        product += term
        size += Math.abs(term)
      }
      expect(Math.abs(product)).toBeLessThan(1e-10 * size)
    }
  })

  it('leaves out rows without weight or value', () => {
    const x = [0, 1, 2, 3, 4]
    const design = x.flatMap((value) => [1, value])
    const result = solveLeastSquares(design, 5, 2, [1, 3, 999, 7, Number.NaN], [1, 1, 0, 1, 1])
    expect(result.used).toBe(3)
    expect(result.solution[0]).toBeCloseTo(1, 12)
    expect(result.solution[1]).toBeCloseTo(2, 12)
  })

  it('says so when the columns depend on each other or the rows are too few', () => {
    const twins = solveLeastSquares([1, 2, 2, 4, 3, 6, 4, 8], 4, 2, [1, 2, 3, 4])
    expect(twins.determined).toBe(false)
    expect(twins.solution[0]).toBeNaN()
    expect(solveLeastSquares([1, 1], 1, 2, [1]).determined).toBe(false)
    expect(solveLeastSquares([0, 0, 0], 3, 1, [1, 2, 3]).determined).toBe(false)
  })

  it('solves columns of very different units', () => {
    const random = createRandom('units')
    const design: number[] = []
    const values: number[] = []
    for (let i = 0; i < 30; i++) {
      const a = random.normal() * 1e12
      const b = random.normal() * 1e-12
      design.push(a, b)
      values.push(2e-12 * a + 5e12 * b)
    }
    const { solution } = solveLeastSquares(design, 30, 2, values)
    expect(relative(solution[0]!, 2e-12)).toBeLessThan(1e-12)
    expect(relative(solution[1]!, 5e12)).toBeLessThan(1e-12)
  })

  it('has a covariance that matches the scatter of repeated fits (seed covariance)', () => {
    const random = createRandom('covariance')
    const rows = 12
    const design = Array.from({ length: rows }, (_, i) => [1, i]).flat()
    const sigma = Array.from({ length: rows }, (_, i) => 0.5 + 0.1 * i)
    const weights = sigma.map((value) => 1 / value ** 2)
    const slopes: number[] = []
    let expected = 0
    for (let trial = 0; trial < 4000; trial++) {
      const values = sigma.map((value, i) => 3 - 2 * i + value * random.normal())
      const result = solveLeastSquares(design, rows, 2, values, weights)
      slopes.push(result.solution[1]! + 2)
      expected = result.covariance[3]!
    }
    const variance = slopes.reduce((total, slope) => total + slope * slope, 0) / slopes.length
    // 4000 trials: relative error of a variance sqrt(2 / 4000) = 2.2 %; five sigma.
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.11)
  })
})

describe('polynomial', () => {
  it('agrees with numpy.polynomial over Julian dates', () => {
    const { x, y, degree, at, values } = golden.polynomial
    const fit = fitPolynomial(x, y, degree)
    // numpy maps the dates as offset + scale x, which rounds at 5e-10 days.
    at.forEach((value, i) => expect(evaluatePolynomial(fit, value)).toBeCloseTo(values[i]!, 9))
  })

  it('is not determined by too few points', () => {
    expect(fitPolynomial([1, 1, 1], [2, 2, 2], 1).determined).toBe(false)
    expect(fitPolynomial([], [], 1).determined).toBe(false)
  })
})

describe('robust line', () => {
  it('finds the line under one point in six that is far off', () => {
    const { x, y, theilSlope, truth } = golden.line
    const line = fitRobustLine(x, y)
    expect(Math.abs(line.slope - truth[1]!)).toBeLessThan(0.015)
    expect(Math.abs(line.intercept - truth[0]!)).toBeLessThan(0.8)
    expect(Math.abs(line.slope - theilSlope)).toBeLessThan(0.02)
    for (let i = 0; i < x.length; i += 6) expect(line.weights[i]).toBe(0)
    expect(line.sigma).toBeGreaterThan(0.7)
    expect(line.sigma).toBeLessThan(1.6)
  })

  it('is exact on an exact line with holes', () => {
    const line = fitRobustLine([0, 1, 2, Number.NaN, 4], [1, 3, 5, 7, 9])
    expect(line.slope).toBeCloseTo(2, 14)
    expect(line.intercept).toBeCloseTo(1, 14)
    expect([...line.weights]).toEqual([1, 1, 1, 0, 1])
    expect(fitRobustLine([2, 2], [1, 5]).slope).toBeNaN()
  })
})

it('log gamma agrees with scipy', () => {
  for (const [x, value] of golden.logGamma) {
    expect(Math.abs(logGamma(x!) - value!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value!)))
  }
})
