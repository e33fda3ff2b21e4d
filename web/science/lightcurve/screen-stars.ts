import { flagBit } from '../../core/flags'
import { median } from '../math/median'
import type { Regressor } from './detrend'

/** A star as it was measured, a value for each frame in time order. */
export interface CandidateStar {
  readonly name: string
  readonly flux: Float64Array
  readonly error: Float64Array
  /** Bits of core/flags.ts. */
  readonly flags: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly peak: Float64Array
}

export interface ProposalInput {
  readonly stars: readonly CandidateStar[]
  /** Index of the target among the stars. */
  readonly target: number
  /** Pixels of the frames. */
  readonly width: number
  readonly height: number
  /** Pixels, of the aperture. */
  readonly radius: number
  /** In the unit of `peak`; null when not known, then only the flags tell. */
  readonly saturation: number | null
  /** Trends that an honest star may show, such as air mass; a line in time when absent. */
  readonly regressors?: readonly Regressor[]
}

export interface ProposalLimits {
  /** Most stars in the ensemble; default 10. */
  readonly most: number
  /** Flux over the target's, least and most; default 0.1 and 10. */
  readonly faintest: number
  readonly brightest: number
  /** Part of the frames in which a comparison may be missing; default 0.05. */
  readonly missing: number
  /** Scatter over what errors and the night's common floor explain, above which a star counts as variable; default 2.5. */
  readonly unsteady: number
}

/** The first reason, in the order of the codes, for which a star cannot be a comparison, with the numbers behind it. */
export interface Rejection {
  readonly code: 'leaves-frame' | 'saturated' | 'bad-pixels' | 'lost' | 'blended' | 'too-faint' | 'too-bright'
  readonly values: Readonly<Record<string, number>>
}

const SPOILT = flagBit('saturated') | flagBit('edge') | flagBit('bad-pixel')

/** Flux where the measurement can be trusted (positive, not saturated, whole in the frame, no bad pixel), NaN elsewhere. */
export const trustedFlux = (flux: Float64Array, flags: Uint8Array): Float64Array =>
  flux.map((value, i) =>
    (flags[i]! & SPOILT) === 0 && value > 0 && Number.isFinite(value) ? value : Number.NaN,
  )

/** Median flux ratio of a star to the target over the frames where both are trusted; NaN when there is none. */
export const brightnessRatio = (star: CandidateStar, target: CandidateStar): number => {
  const own = trustedFlux(star.flux, star.flags)
  const other = trustedFlux(target.flux, target.flags)
  return median(own.map((value, i) => value / other[i]!))
}

/**
 * What can be said of a star by itself, without looking at its light curve. Only frames in which the target was measured count;
 * a frame that is lost for all does not speak against a star.
 */
export const screenStar = (input: ProposalInput, limits: ProposalLimits, index: number): Rejection | null => {
  const star = input.stars[index]!
  const target = input.stars[input.target]!
  const frames = Array.from(target.flux.keys()).filter((i) => Number.isFinite(target.flux[i]!))
  const allowed = limits.missing * frames.length
  const countFlag = (bit: number): number => frames.filter((i) => (star.flags[i]! & bit) !== 0).length

  const distances = frames.map((i) => edgeDistance(input, star.x[i]!, star.y[i]!))
  const outside = frames.filter(
    (i, k) => (star.flags[i]! & flagBit('edge')) !== 0 || distances[k]! < input.radius,
  ).length
  if (outside > allowed) {
    return {
      code: 'leaves-frame',
      values: { frames: outside, of: frames.length, nearest: smallest(distances) },
    }
  }
  const peak = Math.max(...frames.map((i) => (Number.isFinite(star.peak[i]!) ? star.peak[i]! : 0)), 0)
  const limit = input.saturation ?? Number.POSITIVE_INFINITY
  const saturated = frames.filter(
    (i) => (star.flags[i]! & flagBit('saturated')) !== 0 || star.peak[i]! >= limit,
  ).length
  if (saturated > allowed) {
    const line: Record<string, number> = input.saturation === null ? {} : { saturation: input.saturation }
    return { code: 'saturated', values: { frames: saturated, of: frames.length, peak, ...line } }
  }
  const bad = countFlag(flagBit('bad-pixel'))
  if (bad > Math.max(allowed, 0.2 * frames.length))
    return { code: 'bad-pixels', values: { frames: bad, of: frames.length } }
  const lost = frames.filter(
    (i) => !(star.flux[i]! > 0) || (star.flags[i]! & flagBit('centroid-failed')) !== 0,
  ).length
  if (lost > allowed) return { code: 'lost', values: { frames: lost, of: frames.length } }
  return (
    findBlend(input, index, frames, countFlag(flagBit('blended'))) ?? judgeBrightness(star, target, limits)
  )
}

const edgeDistance = ({ width, height }: ProposalInput, x: number, y: number): number =>
  Math.min(x + 0.5, width - 0.5 - x, y + 0.5, height - 0.5 - y)

const smallest = (values: readonly number[]): number =>
  values.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY)

/** A neighbour with at least this part of the star's flux whose aperture overlaps with the star's. */
const DISTURBING = 0.02

const findBlend = (
  input: ProposalInput,
  index: number,
  frames: readonly number[],
  flagged: number,
): Rejection | null => {
  const star = input.stars[index]!
  if (flagged > frames.length / 2) return { code: 'blended', values: { frames: flagged, of: frames.length } }
  let worst: Rejection | null = null
  let nearest = 2 * input.radius
  input.stars.forEach((other, neighbour) => {
    if (neighbour === index) return
    const separation = median(
      frames.map((i) => Math.hypot(other.x[i]! - star.x[i]!, other.y[i]! - star.y[i]!)),
    )
    if (!(separation < nearest)) return
    const ratio = brightnessRatio(other, star)
    if (!(ratio > DISTURBING)) return
    nearest = separation
    worst = { code: 'blended', values: { neighbour, distance: separation, ratio } }
  })
  return worst
}

const judgeBrightness = (
  star: CandidateStar,
  target: CandidateStar,
  limits: ProposalLimits,
): Rejection | null => {
  const ratio = brightnessRatio(star, target)
  if (!(ratio >= limits.faintest)) return { code: 'too-faint', values: { ratio, limit: limits.faintest } }
  if (ratio > limits.brightest) return { code: 'too-bright', values: { ratio, limit: limits.brightest } }
  return null
}
