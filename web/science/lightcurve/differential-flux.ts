import { median } from '../math/median'

export interface DifferentialInput {
  /** Fluxes and one-sigma errors in time order, one unit for all stars; NaN where a star was not measured or is not to be used (a comparison without positive flux neither). */
  readonly target: Float64Array
  readonly targetError: Float64Array
  readonly comparisons: readonly Float64Array[]
  readonly comparisonErrors: readonly Float64Array[]
  /** Default 'inverse-variance': 1 / (median relative error)^2 of each star, fixed for the whole night. Or a weight for each. */
  readonly weights?: 'equal' | 'inverse-variance' | ArrayLike<number>
  /** Not 0 for the points whose median flux is to be 1; all points when absent or empty. */
  readonly normaliseOn?: Uint8Array
}

export interface DifferentialFlux {
  /** Target over artificial star, its median 1. NaN where the target or all comparisons are missing. */
  readonly flux: Float64Array
  /** One sigma, of target and ensemble together. */
  readonly error: Float64Array
  /** What all comparisons together would have given in this frame, missing ones made up from the others; unit of the fluxes. */
  readonly ensemble: Float64Array
  /** One sigma of the ensemble as a fraction of it. */
  readonly ensembleError: Float64Array
  /** Mean level of each comparison under mean conditions, in the unit of the fluxes. */
  readonly levels: Float64Array
  /** Weights used, their sum 1. */
  readonly weights: Float64Array
}

const MAXIMUM_ROUNDS = 100
const CONVERGED = 1e-12

/**
 * Differential photometry against an artificial comparison star (Broeg, Fernandez & Neuhaeuser 2005, AN 326, 134).
 * Model: star j in frame i gives level[j] * c[i], with c common to all (atmosphere, exposure). In turns
 * c[i] = sum_j w_j F[j,i] / level[j] / sum_j w_j over the stars that are there, and level[j] = median_i F[j,i] / c[i],
 * until the levels stand still. A star that is missing in some frames is so compared with the others in its own frames only:
 * the frames without it neither jump nor sag, whatever the clouds did meanwhile. With equal relative noise this is the plain
 * ratio to the sum of comparisons.
 */
export const computeDifferential = (input: DifferentialInput): DifferentialFlux => {
  const { target, targetError, comparisons, comparisonErrors } = input
  const weights = chooseWeights(input)
  const { common, levels } = separateLevels(comparisons, weights)
  const frames = target.length
  const flux = new Float64Array(frames)
  const error = new Float64Array(frames)
  const ensemble = new Float64Array(frames)
  const ensembleError = new Float64Array(frames)
  let whole = 0
  for (let j = 0; j < levels.length; j++) if (usable(levels[j]!, weights[j]!)) whole += levels[j]!
  for (let i = 0; i < frames; i++) {
    const star = common[i]!
    ensemble[i] = star * whole
    ensembleError[i] = commonError(comparisonErrors, comparisons, levels, weights, i) / star
    flux[i] = target[i]! / star
    error[i] = Math.hypot(targetError[i]! / star, flux[i]! * ensembleError[i]!)
  }
  const unit = median(selectPoints(flux, input.normaliseOn))
  for (let i = 0; i < frames; i++) {
    flux[i] = flux[i]! / unit
    error[i] = error[i]! / Math.abs(unit)
  }
  return { flux, error, ensemble, ensembleError, levels, weights }
}

const usable = (value: number, weight: number): boolean => value > 0 && Number.isFinite(value) && weight > 0

const chooseWeights = ({ comparisons, comparisonErrors, weights }: DifferentialInput): Float64Array => {
  const raw = comparisons.map((flux, star) => {
    if (weights === 'equal') return 1
    if (weights !== undefined && weights !== 'inverse-variance') return weights[star] ?? 0
    const relative = median(
      flux.map((value, i) => (value > 0 ? comparisonErrors[star]![i]! / value : Number.NaN)),
    )
    return relative > 0 ? 1 / (relative * relative) : Number.NaN
  })
  // A star without errors weighs as much as the middle one of the others, so that it is not lost without a word.
  const middle = median(raw)
  const filled = raw.map((weight) =>
    Number.isFinite(weight) ? weight : Number.isFinite(middle) ? middle : 1,
  )
  const total = filled.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(filled, (weight) => weight / total)
}

/** Levels of the stars and the factor common to all in each frame, as `computeDifferential` says; weights need not add up to 1. */
export const separateLevels = (
  comparisons: readonly Float64Array[],
  weights: Float64Array,
): { common: Float64Array; levels: Float64Array } => {
  const frames = comparisons[0]?.length ?? 0
  const common = new Float64Array(frames).fill(Number.NaN)
  let levels = Float64Array.from(comparisons, (flux) =>
    median(flux.map((value) => (value > 0 ? value : Number.NaN))),
  )
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    for (let i = 0; i < frames; i++) {
      let total = 0
      let weight = 0
      comparisons.forEach((flux, star) => {
        const relative = flux[i]! / levels[star]!
        if (!usable(relative, weights[star]!)) return
        total += weights[star]! * relative
        weight += weights[star]!
      })
      common[i] = weight > 0 ? total / weight : Number.NaN
    }
    const next = Float64Array.from(comparisons, (flux) =>
      median(flux.map((value, i) => (value > 0 ? value / common[i]! : Number.NaN))),
    )
    let change = 0
    for (let star = 0; star < levels.length; star++) {
      const step = Math.abs(next[star]! / levels[star]! - 1)
      if (step > change) change = step
    }
    levels = next
    if (change < CONVERGED) break
  }
  return { common, levels }
}

const commonError = (
  errors: readonly Float64Array[],
  fluxes: readonly Float64Array[],
  levels: Float64Array,
  weights: Float64Array,
  frame: number,
): number => {
  let variance = 0
  let weight = 0
  for (let star = 0; star < fluxes.length; star++) {
    if (!usable(fluxes[star]![frame]! / levels[star]!, weights[star]!)) continue
    variance += ((weights[star]! * errors[star]![frame]!) / levels[star]!) ** 2
    weight += weights[star]!
  }
  return Math.sqrt(variance) / weight
}

const selectPoints = (flux: Float64Array, mask: Uint8Array | undefined): Float64Array => {
  if (mask === undefined) return flux
  const chosen = flux.filter((value, i) => mask[i] !== 0 && Number.isFinite(value))
  return chosen.length > 0 ? chosen : flux
}
