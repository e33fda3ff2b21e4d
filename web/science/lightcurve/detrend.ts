import { median } from '../math/median'
import { solveLeastSquares } from '../math/least-squares'
import { MAD_TO_SIGMA } from '../math/statistics'

export interface Regressor {
  readonly name: string
  /** A value for each point, in time order: air mass, fwhm, sky, x, y, time. */
  readonly values: Float64Array
}

export interface TrendInput {
  readonly flux: Float64Array
  /** One sigma; points weigh alike when absent. */
  readonly error?: Float64Array
  readonly regressors: readonly Regressor[]
  /** Not 0 for the points outside the dip, which alone are fitted. All points, with 3-sigma rejection, when absent. */
  readonly outside?: Uint8Array
  /** 'exponential' (default): flux = exp(a + sum b r), the law of extinction. 'linear': flux = a + sum b r. */
  readonly form?: 'exponential' | 'linear'
}

export interface Coefficient {
  readonly name: string
  readonly value: number
  /** One sigma, from the scatter about the fit. */
  readonly error: number
}

export interface Trend {
  /** The trend at every point where all regressors are known, else NaN; NaN throughout when the fit is not determined. */
  readonly model: Float64Array
  /** flux / model: 1 outside the dip. */
  readonly detrended: Float64Array
  /** `constant` first, then a coefficient for each regressor, for values as they were given. */
  readonly coefficients: readonly Coefficient[]
  /** 1 for the points that were fitted. */
  readonly used: Uint8Array
  /** Standard deviation (population) of the detrended flux over the points that were fitted. */
  readonly rms: number
  /** Bayesian information criterion n ln(chi2 / n) + k ln n (Schwarz 1978, errors known up to a factor): smaller is better; compare on equal points only. */
  readonly bic: number
}

const CLIP = 3
const CLIP_ROUNDS = 5

/**
 * Fits a trend in the given regressors by linear least squares (the exponential form on ln flux, weights carried over), centred on
 * their means for conditioning. Without a mask the fit drops points beyond 3 robust sigmas in turns; a deep or long dip then still bends
 * the trend, so give a mask whenever the dip is roughly known.
 */
export const fitTrend = (input: TrendInput): Trend => {
  const usable = findUsable(input)
  if (input.outside !== undefined) return fitPoints(input, usable)
  let used = usable
  let trend = fitPoints(input, used)
  for (let round = 0; round < CLIP_ROUNDS; round++) {
    const next = clipPoints(trend.detrended, usable)
    if (next.every((kept, i) => kept === used[i])) break
    used = next
    trend = fitPoints(input, used)
  }
  return trend
}

export interface TrendChoice {
  readonly names: readonly string[]
  readonly trend: Trend
}

/**
 * Every combination of the regressors (2^n, n at most 8), best BIC first, all fitted on the same points: those where every regressor is
 * known, less the ones that the fit with all regressors rejects. With `atMost` only combinations of so many.
 */
export const compareTrends = (input: TrendInput, atMost = input.regressors.length): TrendChoice[] => {
  const count = Math.min(input.regressors.length, 8)
  const full = fitTrend(input)
  const outside = full.used
  const choices: TrendChoice[] = []
  for (let bits = 0; bits < 2 ** count; bits++) {
    const regressors = input.regressors.filter((_, k) => k < count && (bits >> k) % 2 === 1)
    if (regressors.length > atMost) continue
    const trend = fitPoints({ ...input, regressors }, outside)
    if (Number.isFinite(trend.bic))
      choices.push({ names: regressors.map((regressor) => regressor.name), trend })
  }
  return choices.sort((a, b) => a.trend.bic - b.trend.bic || a.names.length - b.names.length)
}

const findUsable = ({ flux, error, regressors, outside, form = 'exponential' }: TrendInput): Uint8Array =>
  Uint8Array.from(flux, (value, i) => {
    const known = Number.isFinite(value) && (form === 'linear' || value > 0)
    const weighed = error === undefined || (error[i]! > 0 && Number.isFinite(error[i]!))
    const explained = regressors.every((regressor) => Number.isFinite(regressor.values[i]!))
    return known && weighed && explained && (outside === undefined || outside[i] !== 0) ? 1 : 0
  })

const fitPoints = (input: TrendInput, used: Uint8Array): Trend => {
  const { flux, error, regressors, form = 'exponential' } = input
  const points = Array.from(flux.keys()).filter((i) => used[i] === 1)
  const columns = regressors.length + 1
  const centres = regressors.map(
    ({ values }) => points.reduce((sum, i) => sum + values[i]!, 0) / Math.max(1, points.length),
  )
  const design = new Float64Array(points.length * columns)
  const values = new Float64Array(points.length)
  const weights = new Float64Array(points.length)
  points.forEach((i, row) => {
    design[row * columns] = 1
    regressors.forEach((regressor, k) => (design[row * columns + k + 1] = regressor.values[i]! - centres[k]!))
    values[row] = form === 'exponential' ? Math.log(flux[i]!) : flux[i]!
    const sigma = error === undefined ? 1 : form === 'exponential' ? error[i]! / flux[i]! : error[i]!
    weights[row] = 1 / (sigma * sigma)
  })
  const fit = solveLeastSquares(design, points.length, columns, values, weights)
  const model = flux.map((_, i) => {
    let value = fit.solution[0]!
    regressors.forEach(
      (regressor, k) => (value += fit.solution[k + 1]! * (regressor.values[i]! - centres[k]!)),
    )
    return form === 'exponential' ? Math.exp(value) : value
  })
  const detrended = flux.map((value, i) => value / model[i]!)
  const n = fit.used
  return {
    model,
    detrended,
    coefficients: describeCoefficients(fit, regressors, centres),
    used,
    rms: deviation(detrended, points),
    bic: n * Math.log(fit.chiSquare / n) + columns * Math.log(n),
  }
}

/** Takes the centring back: the constant is the value where every regressor is zero, with the covariance of all behind its error. */
const describeCoefficients = (
  fit: ReturnType<typeof solveLeastSquares>,
  regressors: readonly Regressor[],
  centres: readonly number[],
): Coefficient[] => {
  const columns = regressors.length + 1
  const freedom = fit.used - columns
  const scale = freedom > 0 ? fit.chiSquare / freedom : Number.NaN
  const gradient = [1, ...centres.map((centre) => -centre)]
  let constant = 0
  let variance = 0
  for (let j = 0; j < columns; j++) {
    constant += gradient[j]! * fit.solution[j]!
    for (let k = 0; k < columns; k++)
      variance += gradient[j]! * gradient[k]! * fit.covariance[j * columns + k]!
  }
  return [
    { name: 'constant', value: constant, error: Math.sqrt(variance * scale) },
    ...regressors.map((regressor, k) => ({
      name: regressor.name,
      value: fit.solution[k + 1]!,
      error: Math.sqrt(fit.covariance[(k + 1) * columns + k + 1]! * scale),
    })),
  ]
}

const clipPoints = (detrended: Float64Array, usable: Uint8Array): Uint8Array => {
  const inside = detrended.filter((_, i) => usable[i] === 1)
  const centre = median(inside)
  const sigma = MAD_TO_SIGMA * median(inside.map((value) => Math.abs(value - centre)))
  return usable.map((kept, i) => (kept === 1 && !(Math.abs(detrended[i]! - centre) > CLIP * sigma) ? 1 : 0))
}

const deviation = (values: Float64Array, points: readonly number[]): number => {
  const centre = points.reduce((sum, i) => sum + values[i]!, 0) / points.length
  return Math.sqrt(points.reduce((sum, i) => sum + (values[i]! - centre) ** 2, 0) / points.length)
}
