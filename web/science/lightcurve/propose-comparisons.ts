import type { ComparisonVerdict } from '../../core/light-curve'
import { median } from '../math/median'
import { crossCheck, type CrossCheck } from './cross-check'
import {
  brightnessRatio,
  screenStar,
  trustedFlux,
  type ProposalInput,
  type ProposalLimits,
} from './screen-stars'

/** Every code of a verdict; the page has a sentence for each. The first three are in the ensemble, the others are out. */
export const COMPARISON_CODES = [
  'steady', // agrees with the others: scatter, expected, floor, ratio, weight, brightness
  'kept-faint', // fainter than wished, taken for want of better ones: as steady
  'unchecked', // fewer than three candidates, so that nobody can say which one varies: as steady
  'target',
  'leaves-frame', // frames, of, nearest (pixels to the edge)
  'saturated', // frames, of, peak, saturation
  'bad-pixels', // frames, of
  'lost', // frames, of: no flux or no centroid
  'blended', // neighbour, distance, ratio; or frames, of
  'too-faint', // ratio to the target, limit
  'too-bright', // ratio to the target, limit
  'variable', // scatter, expected, floor, ratio, limit
  'not-needed', // rank, limit
] as const

export type ComparisonCode = (typeof COMPARISON_CODES)[number]

export interface ComparisonProposal {
  /** One for each star, in the order of the stars. */
  readonly verdicts: readonly ComparisonVerdict[]
  /** Indices of the chosen stars, ascending. */
  readonly chosen: readonly number[]
  /** A weight for each chosen star, their sum 1, as computeDifferential takes them. */
  readonly weights: Float64Array
}

const DEFAULT_LIMITS: ProposalLimits = {
  most: 10,
  faintest: 0.1,
  brightest: 10,
  missing: 0.05,
  unsteady: 2.5,
}

/** Candidates that are checked against each other; more would only cost time. */
const MOST_CHECKED = 20
/** With fewer, fainter stars are let in, because two stars cannot say which of them varies. */
const FEWEST = 3

type Verdict = Pick<ComparisonVerdict, 'code' | 'values'>

/**
 * Chooses comparison stars and says why for each, in three steps: what a star's own measurements forbid (screenStar); the candidates
 * nearest to the target in brightness; and, the least steady first, those that vary against the ensemble of the others (crossCheck).
 * A star is called variable when its scatter is more than `unsteady` times hypot(errors, floor), floor being the median over the
 * candidates of what their errors do not explain (flat field, drift, colour): what all show is the night's fault. Errors that are too
 * large for most candidates are first scaled down to what those show.
 * The target's light curve is never looked at: only its median brightness and in which frames it was measured. So no choice can flatten or
 * deepen a transit. The same input always gives the same answer; equal stars are taken in their order.
 */
export const proposeComparisons = (
  input: ProposalInput,
  limits: Partial<ProposalLimits> = {},
): ComparisonProposal => {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  const verdicts = new Map<number, Verdict>([[input.target, { code: 'target', values: {} }]])
  const brightness = input.stars.map((star) => brightnessRatio(star, input.stars[input.target]!))
  let candidates: number[] = []
  input.stars.forEach((_, star) => {
    if (star === input.target) return
    const rejection = screenStar(input, bounds, star)
    if (rejection === null) candidates.push(star)
    else verdicts.set(star, rejection)
  })
  const faint = admitFaint(candidates, verdicts, brightness)
  candidates.push(...faint)
  const distance = (star: number): number => Math.abs(Math.log(brightness[star]!))
  candidates.sort((a, b) => distance(a) - distance(b) || a - b)
  candidates.slice(MOST_CHECKED).forEach((star, k) => {
    verdicts.set(star, { code: 'not-needed', values: { rank: MOST_CHECKED + k + 1, limit: MOST_CHECKED } })
  })
  candidates = candidates.slice(0, MOST_CHECKED).sort((a, b) => a - b)

  const checked = removeVariable(input, bounds, candidates, verdicts)
  const chosen = keepBest(checked, bounds.most, brightness, verdicts)
  const judged = judgeSteadiness(input, chosen)
  chosen.forEach((star, k) => {
    const values = { ...valuesOf(judged, k), weight: judged.check.weights[k]!, brightness: brightness[star]! }
    const code = chosen.length < FEWEST ? 'unchecked' : faint.includes(star) ? 'kept-faint' : 'steady'
    verdicts.set(star, { code, values })
  })
  return {
    verdicts: input.stars.map((star, index): ComparisonVerdict => {
      const verdict = verdicts.get(index)!
      return { star: index, name: star.name, chosen: chosen.includes(index), ...verdict }
    }),
    chosen,
    weights: judged.check.weights,
  }
}

/** The brightest of those that are only too faint, until there are enough. */
const admitFaint = (
  candidates: readonly number[],
  verdicts: Map<number, Verdict>,
  brightness: readonly number[],
): number[] => {
  const faint = [...verdicts]
    .filter(([star, verdict]) => verdict.code === 'too-faint' && brightness[star]! > 0)
    .map(([star]) => star)
    .sort((a, b) => brightness[b]! - brightness[a]! || a - b)
    .slice(0, Math.max(0, FEWEST - candidates.length))
  faint.forEach((star) => verdicts.delete(star))
  return faint
}

interface Judged {
  readonly check: CrossCheck
  readonly floor: number
  readonly ratios: Float64Array
}

const judgeSteadiness = (input: ProposalInput, stars: readonly number[]): Judged => {
  const measured = stars.map((index) => input.stars[index]!)
  const fluxes = measured.map((star) => trustedFlux(star.flux, star.flags))
  const check = crossCheck({
    fluxes,
    errors: measured.map((star) => star.error),
    regressors: input.regressors ?? [],
  })
  // A gain that is too small makes all errors too large and would hide every variable star.
  const scale = Math.min(1, median(check.scatter.map((value, k) => value / check.expected[k]!)))
  const errors = check.expected.map((value) => value * scale)
  const floor = median(
    check.scatter.map((value, k) => Math.sqrt(Math.max(0, value * value - errors[k]! ** 2))),
  )
  return { check, floor, ratios: check.scatter.map((value, k) => value / Math.hypot(errors[k]!, floor)) }
}

const valuesOf = ({ check, floor, ratios }: Judged, k: number): Record<string, number> => ({
  scatter: check.scatter[k]!,
  expected: check.expected[k]!,
  floor,
  ratio: ratios[k]!,
})

interface Checked {
  readonly stars: readonly number[]
  readonly judged: Judged
}

const removeVariable = (
  input: ProposalInput,
  limits: ProposalLimits,
  candidates: readonly number[],
  verdicts: Map<number, Verdict>,
): Checked => {
  let stars = [...candidates]
  let judged = judgeSteadiness(input, stars)
  while (stars.length >= FEWEST) {
    let worst = 0
    judged.ratios.forEach((ratio, k) => {
      if (ratio > judged.ratios[worst]!) worst = k
    })
    if (!(judged.ratios[worst]! > limits.unsteady)) break
    verdicts.set(stars[worst]!, {
      code: 'variable',
      values: { ...valuesOf(judged, worst), limit: limits.unsteady },
    })
    stars = stars.filter((_, k) => k !== worst)
    judged = judgeSteadiness(input, stars)
  }
  return { stars, judged }
}

/** The steadiest first, a star of another brightness counting less; what is beyond the wished number is not needed. */
const keepBest = (
  { stars, judged }: Checked,
  most: number,
  brightness: readonly number[],
  verdicts: Map<number, Verdict>,
): number[] => {
  const score = (k: number): number => judged.check.weights[k]! / (1 + Math.log(brightness[stars[k]!]!) ** 2)
  const order = [...stars.keys()].sort((a, b) => score(b) - score(a) || a - b)
  order.slice(most).forEach((k, rank) => {
    verdicts.set(stars[k]!, { code: 'not-needed', values: { rank: most + rank + 1, limit: most } })
  })
  return order
    .slice(0, most)
    .map((k) => stars[k]!)
    .sort((a, b) => a - b)
}
