import { adjustDifferences, type Difference } from './adjust-differences'

/** A star as one frame sees it. */
export interface StarFlux {
  /** The same number in every frame. */
  readonly star: number
  /** Background subtracted, above 0. */
  readonly flux: number
  /** Standard deviation of the flux, above 0. */
  readonly error: number
}

export interface ScaleMatch {
  /** What each frame has to be multiplied with; 1 where it shares no star with another. */
  readonly factors: readonly number[]
  readonly groups: Int32Array
  /** Robust standard deviation of what is left between two frames, as a part of the flux. */
  readonly residual: number
  readonly rejected: number
}

/** However bright, a star is not compared to better than this part of its flux: flat fields and blends do not allow it. */
const LEAST_ERROR = 0.003

/**
 * Factors that bring frames to one scale of flux, from the stars they share: least squares over all pairs of frames, in logarithms of flux, with stars that do not
 * agree (variable, saturated, blended) losing their weight. `reference` is the frame whose scale is kept; null lets the factors multiply to 1.
 */
export const matchScales = (
  frames: readonly (readonly StarFlux[])[],
  reference: number | null,
): ScaleMatch => {
  const byStar = new Map<number, { frame: number; value: number; variance: number }[]>()
  for (const [frame, stars] of frames.entries()) {
    for (const { star, flux, error } of stars) {
      if (!(flux > 0 && error > 0 && flux < Infinity)) continue
      const list = byStar.get(star) ?? []
      list.push({ frame, value: Math.log(flux), variance: (error / flux) ** 2 + LEAST_ERROR ** 2 })
      byStar.set(star, list)
    }
  }
  const differences: Difference[] = []
  for (const seen of byStar.values()) {
    for (const [k, one] of seen.entries()) {
      for (const other of seen.slice(k + 1)) {
        const weight = 1 / (one.variance + other.variance)
        differences.push({
          one: one.frame,
          other: other.frame,
          value: one.value - other.value,
          weight,
          basis: [1],
        })
      }
    }
  }
  const adjusted = adjustDifferences({ frames: frames.length, terms: 1, differences, reference })
  const { corrections, groups, residual, rejected } = adjusted
  return { factors: Array.from(corrections, (value) => Math.exp(-value)), groups, residual, rejected }
}
