import { median } from '../math/median'
import { separateLevels } from './differential-flux'
import { fitTrend, type Regressor } from './detrend'
import { flagOutliers } from './flag-outliers'

export interface CrossCheckInput {
  /** Flux and error of each star in time order; NaN where it is not to be used. */
  readonly fluxes: readonly Float64Array[]
  readonly errors: readonly Float64Array[]
  /** Trends that an honest star may show (colour and position in the field); a line in time when empty. */
  readonly regressors: readonly Regressor[]
}

export interface CrossCheck {
  /** Scatter of each star against the ensemble of the others, as a fraction, trend and single bad points left out. */
  readonly scatter: Float64Array
  /** What the errors of the star and of the others explain. */
  readonly expected: Float64Array
  /** 1 / (own scatter)^2, not above what the star's own errors allow; their sum 1. */
  readonly weights: Float64Array
}

const MOST_ROUNDS = 15
const CONVERGED = 1e-3

/**
 * Weighs comparison stars by how steady they are against each other (Broeg, Fernandez & Neuhaeuser 2005, AN 326, 134, sect. 2): each star
 * is divided by the weighted mean of the others, its scatter gives its new weight, and so on until the weights stand still. A variable
 * star loses its weight and so stops spoiling the others' curves. The errors set a floor to the scatter, without which the iteration can
 * run into giving everything to one star. At least two stars; the target has no part in it.
 */
export const crossCheck = (input: CrossCheckInput): CrossCheck => {
  const { fluxes, errors } = input
  const stars = fluxes.length
  const own = Float64Array.from(fluxes, (flux, star) => medianRelative(errors[star]!, flux))
  let scatter = new Float64Array(stars).fill(Number.NaN)
  let expected = new Float64Array(stars).fill(Number.NaN)
  let weights = normalise(own.map((value) => 1 / (value * value)))
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const relative = divideByOthers(fluxes, weights)
    scatter = Float64Array.from(relative, (series) => measureSteadiness(series, input.regressors))
    const others = own.map((_, star) => othersError(own, weights, star))
    expected = own.map((value, star) => Math.hypot(value, others[star]!))
    const next = normalise(
      scatter.map((value, star) => 1 / Math.max(value * value - others[star]! ** 2, own[star]! ** 2)),
    )
    const change = next.reduce((most, weight, star) => Math.max(most, Math.abs(weight - weights[star]!)), 0)
    weights = next
    if (change < CONVERGED) break
  }
  return { scatter, expected, weights }
}

const medianRelative = (error: Float64Array, flux: Float64Array): number =>
  median(flux.map((value, i) => (value > 0 ? error[i]! / value : Number.NaN)))

const normalise = (weights: Float64Array): Float64Array => {
  const finite = weights.map((weight) => (Number.isFinite(weight) ? weight : 0))
  const total = finite.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? finite.map((weight) => weight / total) : weights.map(() => 1 / weights.length)
}

/** Each star over the weighted mean of the others that are there in the frame, around 1. */
const divideByOthers = (fluxes: readonly Float64Array[], weights: Float64Array): Float64Array[] => {
  const { levels } = separateLevels(fluxes, weights)
  const frames = fluxes[0]?.length ?? 0
  const total = new Float64Array(frames)
  const weight = new Float64Array(frames)
  const scaled = fluxes.map((flux, star) =>
    flux.map((value) => (value > 0 ? value / levels[star]! : Number.NaN)),
  )
  scaled.forEach((series, star) => {
    for (let i = 0; i < frames; i++) {
      if (!Number.isFinite(series[i]!)) continue
      total[i] = total[i]! + weights[star]! * series[i]!
      weight[i] = weight[i]! + weights[star]!
    }
  })
  return scaled.map((series, star) =>
    series.map((value, i) => {
      const rest = weight[i]! - weights[star]!
      return rest > 1e-9 * weight[i]! ? (value * rest) / (total[i]! - weights[star]! * value) : Number.NaN
    }),
  )
}

const othersError = (own: Float64Array, weights: Float64Array, star: number): number => {
  let variance = 0
  let weight = 0
  for (let other = 0; other < own.length; other++) {
    if (other === star || !(weights[other]! > 0)) continue
    variance += (weights[other]! * own[other]!) ** 2
    weight += weights[other]!
  }
  return weight > 0 ? Math.sqrt(variance) / weight : Number.NaN
}

/** Root mean square about the trend, single outliers left out: a dip or a slow wave counts in full, a cosmic ray does not. */
const measureSteadiness = (series: Float64Array, regressors: readonly Regressor[]): number => {
  const line = { name: 'frame', values: series.map((_, i) => i) }
  const { detrended } = fitTrend({
    flux: series,
    regressors: regressors.length > 0 ? regressors : [line],
    form: 'linear',
  })
  const flags = flagOutliers(detrended, new Uint8Array(detrended.length))
  const kept = detrended.filter((value, i) => Number.isFinite(value) && flags[i] === 0)
  return Math.sqrt(kept.reduce((sum, value) => sum + (value - 1) ** 2, 0) / kept.length)
}
