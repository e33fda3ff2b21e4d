import type { Field } from './take-field'
import { poseScale, type Pose } from './pose'

/** What was possible before anything was looked at: the odds are those of finding one place among all of these. */
export interface SearchVolume {
  /** Steradians. */
  readonly area: number
  /** ln(greatest scale / least scale). */
  readonly logScales: number
  readonly parities: number
}

/** Of the stars of a frame, these parts may be no stars of the catalogue. */
const DISTRACTORS = [0.1, 0.3, 0.5, 0.7, 0.9, 0.97]
/** Widths of the distribution of distances, in units of the error: what is not modelled (distortion) makes them wider. */
const WIDTHS = [
  { width: 0.5, prior: 0.35 },
  { width: 1, prior: 0.35 },
  { width: 2, prior: 0.15 },
  { width: 4, prior: 0.1 },
  { width: 8, prior: 0.05 },
] as const

/** Of each star of the frame, brightest first: pixels to its reference star, Infinity where it has none. */
interface Weighed {
  readonly field: Field
  readonly volume: SearchVolume
  readonly residual: Float64Array
}

const logSumExp = (values: readonly number[]): number => {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (largest === -Infinity) return largest
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}

/**
 * Bayes factor of `this is the place` against `all stars lie by chance`, as Lang et al. 2010 (sec. 2.3): a star of the frame is a distractor
 * with probability d, anywhere, or else one of the reference stars with a normal error. Instead of one d, one error and one number of stars,
 * the evidence is averaged over some of each. The pose was fitted to the very stars that speak for it; its four numbers are paid for by the
 * part of the volume searched that they leave over (Laplace's approximation, MacKay 2003, ch. 28), which counts all places, turns, scales and
 * parities that there were to choose from.
 */
export const weighEvidence = (
  weighed: Weighed,
  pose: Pose,
  references: number,
  stars: number,
): { logOdds: number; matched: number } => {
  const { field, volume, residual } = weighed
  const area = field.width * field.height
  const scale = poseScale(pose)
  let spread = 0
  let count = 0
  for (let i = 0; i < stars; i++) {
    if (residual[i] === Infinity) continue
    spread += field.u[i]! ** 2 + field.v[i]! ** 2
    count++
  }
  if (count < 3) return { logOdds: -Infinity, matched: count }
  const places = volume.area / (scale * scale)
  const logVolume =
    Math.log(places) + Math.log(2 * Math.PI * Math.max(0.02, volume.logScales) * volume.parities)
  const prefixes = [
    ...new Set([references, 2 * references, 4 * references, stars].map((m) => Math.min(m, stars))),
  ].sort((a, b) => a - b)
  const evidences: number[] = []
  for (const { width, prior } of WIDTHS) {
    const sigma = width * field.error
    const density = area / references / (2 * Math.PI * sigma * sigma)
    // Errors of place: sigma / sqrt(n) in two coordinates; of turn and logarithm of scale: sigma / sqrt(sum of squared distances).
    const left =
      2 * Math.log(2 * Math.PI) + 4 * Math.log(sigma) - Math.log(count) - Math.log(Math.max(spread, 1))
    const payment = Math.max(0, logVolume - left)
    for (const distractors of DISTRACTORS) {
      let sum = 0
      let next = 0
      for (let i = 0; i < stars; i++) {
        const near = residual[i]!
        const likely = near === Infinity ? 0 : density * Math.exp((-near * near) / (2 * sigma * sigma))
        sum += Math.log(distractors + (1 - distractors) * likely)
        if (i + 1 === prefixes[next]) {
          evidences.push(sum - payment + Math.log(prior))
          next++
        }
      }
    }
  }
  return { logOdds: logSumExp(evidences) - Math.log(DISTRACTORS.length * prefixes.length), matched: count }
}
