import { medianInPlace } from './median'
import { robustDeviation } from './statistics'

export interface RobustLine {
  readonly intercept: number
  readonly slope: number
  /** Robust sigma of the residuals (1.4826 MAD), in the unit of y. */
  readonly sigma: number
  /** Biweight of each point, 0 (ignored) to 1. */
  readonly weights: Float64Array
}

/** Efficiency of 95 % for normal errors (Beaton & Tukey 1974). */
const BIWEIGHT = 4.685
const ROUNDS = 50
/** Pairs looked at for the first slope: all of them up to about 300 points. */
const MOST_PAIRS = 45_000

/**
 * A line through points of which up to about 29 % may be wrong: Theil-Sen slope (median over pairs; an even sample of the
 * pairs when there are more than 45 000), then Tukey's biweight by reweighted least squares with the scale held at the
 * Theil-Sen residuals' 1.4826 MAD. Points that are not finite get weight 0. With fewer than two distinct x, NaN.
 */
export const fitRobustLine = (x: ArrayLike<number>, y: ArrayLike<number>): RobustLine => {
  const weights = new Float64Array(x.length)
  const good: number[] = []
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]!) && Number.isFinite(y[i]!)) good.push(i)
  let slope = theilSlope(x, y, good)
  if (Number.isNaN(slope)) return { intercept: Number.NaN, slope, sigma: Number.NaN, weights }
  let intercept = medianInPlace(Float64Array.from(good, (i) => y[i]! - slope * x[i]!))
  const residuals = (): Float64Array => Float64Array.from(good, (i) => y[i]! - intercept - slope * x[i]!)
  const scale = robustDeviation(residuals())
  // More than half of the points lie on the line exactly: nothing is left to weigh.
  if (!(scale > 0)) {
    for (const i of good) weights[i] = Math.abs(y[i]! - intercept - slope * x[i]!) > 0 ? 0 : 1
    return { intercept, slope, sigma: 0, weights }
  }
  for (let round = 0; round < ROUNDS; round++) {
    const next = weighLine({ x, y, good, intercept, slope, scale, weights })
    const moved = Math.abs(next.intercept - intercept) + Math.abs(next.slope - slope) * next.spread
    intercept = next.intercept
    slope = next.slope
    if (!(moved > 1e-12 * scale)) break
  }
  return { intercept, slope, sigma: robustDeviation(residuals()), weights }
}

const theilSlope = (x: ArrayLike<number>, y: ArrayLike<number>, good: readonly number[]): number => {
  const total = (good.length * (good.length - 1)) / 2
  const step = Math.max(1, Math.ceil(total / MOST_PAIRS))
  const slopes = new Float64Array(Math.ceil(total / step))
  let count = 0
  let pair = 0
  for (let i = 0; i < good.length; i++) {
    for (let j = i + 1; j < good.length; j++, pair++) {
      if (pair % step !== 0) continue
      const run = x[good[j]!]! - x[good[i]!]!
      if (run !== 0) slopes[count++] = (y[good[j]!]! - y[good[i]!]!) / run
    }
  }
  return medianInPlace(slopes, count)
}

interface LineState {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly good: readonly number[]
  readonly intercept: number
  readonly slope: number
  readonly scale: number
  readonly weights: Float64Array
}

const weighLine = ({ x, y, good, intercept, slope, scale, weights }: LineState) => {
  let total = 0
  let meanX = 0
  let meanY = 0
  for (const i of good) {
    const u = (y[i]! - intercept - slope * x[i]!) / (BIWEIGHT * scale)
    const weight = Math.abs(u) < 1 ? (1 - u * u) ** 2 : 0
    weights[i] = weight
    total += weight
    meanX += weight * x[i]!
    meanY += weight * y[i]!
  }
  meanX /= total
  meanY /= total
  let squares = 0
  let products = 0
  for (const i of good) {
    squares += weights[i]! * (x[i]! - meanX) ** 2
    products += weights[i]! * (x[i]! - meanX) * (y[i]! - meanY)
  }
  const next = squares > 0 ? products / squares : slope
  return { slope: next, intercept: meanY - next * meanX, spread: Math.sqrt(squares / total) }
}
