import type { Field } from './take-field'
import { poseScale, type Pose } from './pose'
import { weighBrightness, type FieldBrightness } from './weigh-brightness'

/** What was possible before anything was looked at: the odds are those of finding one place among all of these. */
export interface SearchVolume {
  /** Steradians. */
  readonly area: number
  /** ln(greatest scale / least scale), of all that would be taken. */
  readonly logScales: number
  /** Radians that the frame may be turned by: 2 pi where nothing is known. */
  readonly turns: number
  readonly parities: number
}

/** Of the stars of a frame, these parts may be no stars of the catalogue, and how usual that is. */
const DISTRACTORS = [
  { part: 0.1, prior: 0.2 },
  { part: 0.3, prior: 0.25 },
  { part: 0.5, prior: 0.2 },
  { part: 0.7, prior: 0.15 },
  { part: 0.9, prior: 0.1 },
  { part: 0.97, prior: 0.1 },
] as const
/** Widths of the distribution of distances, in units of the error: what is not modelled (distortion) makes them wider. */
const WIDTHS = [
  { width: 0.5, prior: 0.35 },
  { width: 1, prior: 0.35 },
  { width: 2, prior: 0.15 },
  { width: 4, prior: 0.1 },
  { width: 8, prior: 0.05 },
] as const

/** Of each star of the frame, brightest first: pixels to its reference star, Infinity where it has none, and that star's rank in brightness. */
interface Weighed {
  readonly field: Field
  readonly volume: SearchVolume
  readonly residual: Float64Array
  readonly rank: Int32Array
  readonly brightness: FieldBrightness
  /** Of all stars of the catalogue; those on the frame are `pairs.references`, brightest first. */
  readonly magnitude: Float64Array
  readonly pairs: { readonly references: Int32Array }
}

const logSumExp = (values: readonly number[]): number => {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (largest === -Infinity) return largest
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}

/** How far down the catalogue the frame's stars may reach: all that was looked at, and half of it, a quarter and so on. */
const listDepths = (references: number, stars: number): number[] => {
  const depths = [references]
  const least = Math.max(3, stars / 2)
  for (let depth = references >> 1; depth >= least && depths.length < 4; depth >>= 1) depths.push(depth)
  return depths
}

/** Pairs as close as this, in units of the error, are asked for their brightness. */
const CLOSE = 3

/** What the brightness of the pairs says, of the first `among` stars of the frame and the first `depth` of the catalogue. */
const compareBrightness = (
  { residual, rank, field, brightness, magnitude, pairs }: Weighed,
  among: number,
  depth: number,
): number => {
  const magnitudeOf = (place: number): number => magnitude[pairs.references[place]!]!
  const stars: number[] = []
  for (let i = 0; i < among; i++) if (residual[i]! <= CLOSE * field.error && rank[i]! < depth) stars.push(i)
  return weighBrightness(brightness, {
    stars,
    magnitudes: stars.map((star) => magnitudeOf(rank[star]!)),
    among,
    span: magnitudeOf(depth - 1) - magnitudeOf(0),
  })
}

/**
 * Bayes factor of `this is the place` against `all stars lie by chance`, as Lang et al. 2010 (sec. 2.3): a star of the frame is a distractor
 * with probability d, anywhere, or else one of the reference stars with a normal error. Instead of one d, one error, one number of stars and
 * one depth of the catalogue, the evidence is averaged over some of each. The pose was fitted to the very stars that speak for it; its four numbers are paid for by the
 * part of the volume searched that they leave over (Laplace's approximation, MacKay 2003, ch. 28), which counts all places, turns, scales and
 * parities that there were to choose from.
 */
export const weighEvidence = (
  weighed: Weighed,
  pose: Pose,
  references: number,
  stars: number,
): { logOdds: number; matched: number } => {
  const { field, volume, residual, rank } = weighed
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
  const logVolume = Math.log(places) + Math.log(volume.turns * volume.logScales * volume.parities)
  const prefixes = [
    ...new Set([references, 2 * references, 4 * references, stars].map((m) => Math.min(m, stars))),
  ].sort((a, b) => a - b)
  const depths = listDepths(references, stars)
  const alike = depths.map((depth) => prefixes.map((among) => compareBrightness(weighed, among, depth)))
  const evidences: number[] = []
  for (const { width, prior } of WIDTHS) {
    const sigma = width * field.error
    // Errors of place: sigma / sqrt(n) in two coordinates; of turn and logarithm of scale: sigma / sqrt(sum of squared distances).
    const left =
      2 * Math.log(2 * Math.PI) + 4 * Math.log(sigma) - Math.log(count) - Math.log(Math.max(spread, 1))
    const payment = Math.max(0, logVolume - left)
    for (const [at, depth] of depths.entries()) {
      const density = area / depth / (2 * Math.PI * sigma * sigma)
      for (const { part, prior: usual } of DISTRACTORS) {
        let sum = 0
        let next = 0
        for (let i = 0; i < stars; i++) {
          const near = rank[i]! < depth ? residual[i]! : Infinity
          const likely = near === Infinity ? 0 : density * Math.exp((-near * near) / (2 * sigma * sigma))
          sum += Math.log(part + (1 - part) * likely)
          if (i + 1 === prefixes[next]) {
            evidences.push(sum - payment + Math.log(prior * usual) + alike[at]![next]!)
            next++
          }
        }
      }
    }
  }
  return { logOdds: logSumExp(evidences) - Math.log(prefixes.length * depths.length), matched: count }
}
