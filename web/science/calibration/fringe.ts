import { AsterismError } from '../../core/errors'
import { median } from '../math/median'
import { robustDeviation } from '../math/statistics'
import { combineInto } from './combine-frames'

/** A calibrated frame of the night sky, flat-fielded; all planes of one length. */
export interface FringedFrame {
  readonly data: Float32Array
  /** Sky under the fringes, in the unit of the data (a fitted gradient); absent: the median of the good pixels. */
  readonly sky?: Float32Array | undefined
  /** Stars and bad pixels; 0 is good. */
  readonly mask?: Uint8Array | undefined
}

export interface FringeMap {
  /** Fringes as a part of the sky, median 0; NaN where no frame has a good pixel. */
  readonly data: Float32Array
  /** Standard errors, in the same unit. */
  readonly uncertainty: Float32Array
  /** 1.4826 MAD of the map, noise included. */
  readonly amplitude: number
}

const LEAST_FRAMES = 3

const goodValues = (data: Float32Array, mask: Uint8Array | undefined): Float32Array =>
  data.filter((value, i) => value - value === 0 && (mask === undefined || mask[i] === 0))

/**
 * The pattern that thin layers of the chip make of the sky's emission lines: of each frame (pixel - sky) / sky, then the median of the frames with
 * stars left out and what is beyond 3 robust sigmas rejected. Fringes stay in place on the chip and grow with the airglow, stars move with the
 * dither; so the frames must be dithered, of one filter, and at least three (Gullixson 1992, ASP Conf. 23, 130; Snodgrass & Carry 2013, The
 * Messenger 152, 14). Throws 'bad-order' with fewer frames or where a frame has no sky.
 */
export const makeFringeMap = (frames: readonly FringedFrame[]): FringeMap => {
  if (frames.length < LEAST_FRAMES)
    throw new AsterismError(
      'bad-order',
      `A fringe map needs at least ${LEAST_FRAMES} frames; ${frames.length} were given.`,
    )
  const strips = frames.map(({ data, sky, mask }, index) => {
    const level = median(goodValues(sky ?? data, mask))
    if (!(level > 0))
      throw new AsterismError('bad-order', `Frame ${index + 1} of the fringe map has no sky above zero.`, {
        frame: index,
      })
    return data.map((value, i) => (value - (sky?.[i] ?? level)) / level)
  })
  const length = strips[0]?.length ?? 0
  const data = new Float32Array(length)
  const uncertainty = new Float32Array(length)
  const combine = { method: 'median', rejection: 'sigma-clip', low: 3, high: 3, deviation: 'mad' } as const
  combineInto({ strips, combine, masks: frames.map(({ mask }) => mask) }, { data, uncertainty })
  const middle = median(data)
  for (let i = 0; i < length; i++) data[i] = data[i]! - middle
  return { data, uncertainty, amplitude: robustDeviation(data) }
}

export interface FringeFit {
  /** What the map is to be multiplied with, in the unit of the data: about the level of the sky. */
  readonly scale: number
  /** One sigma of it, from the scatter; noise of the map is not in it. */
  readonly error: number
  /** What is left of the sky beside it. */
  readonly offset: number
  /** 1.4826 MAD of the residuals of the pixels that were used. */
  readonly scatter: number
  readonly used: number
}

const CLIP = 3
const ROUNDS = 20

/**
 * How strong the fringes of a frame are: data - sky = offset + scale map by least squares over the good pixels, again without what is more than
 * 3 robust sigmas off, until nothing changes. The first line goes through pixels within 5 robust sigmas of the median, so that stars that nobody masked do
 * not tilt it. Null where the map is flat over what is left.
 */
export const fitFringeScale = ({ data, sky, mask }: FringedFrame, map: Float32Array): FringeFit | null => {
  const values = new Float64Array(data.length)
  const pattern = new Float64Array(data.length)
  let count = 0
  for (let i = 0; i < data.length; i++) {
    const value = data[i]! - (sky?.[i] ?? 0)
    if (mask !== undefined && mask[i] !== 0) continue
    if (value - value !== 0 || map[i]! - map[i]! !== 0) continue
    values[count] = value
    pattern[count++] = map[i]!
  }
  const points = { values: values.subarray(0, count), pattern: pattern.subarray(0, count) }
  const middle = median(points.values)
  const reach = 5 * robustDeviation(points.values)
  let use = Uint8Array.from(points.values, (value) => (Math.abs(value - middle) <= reach ? 1 : 0))
  let line = fitLine(points, use)
  for (let round = 0; round < ROUNDS && line !== null; round++) {
    const { scale, offset, scatter } = line
    const next = Uint8Array.from(points.values, (value, i) =>
      Math.abs(value - offset - scale * points.pattern[i]!) <= CLIP * scatter ? 1 : 0,
    )
    const settled = next.every((used, i) => used === use[i])
    use = next
    line = fitLine(points, use)
    if (settled) break
  }
  return line
}

interface Points {
  readonly values: Float64Array
  readonly pattern: Float64Array
}

const fitLine = ({ values, pattern }: Points, use: Uint8Array): FringeFit | null => {
  let [used, meanValue, meanPattern] = [0, 0, 0]
  for (let i = 0; i < use.length; i++) {
    if (use[i] === 0) continue
    used++
    meanValue += values[i]!
    meanPattern += pattern[i]!
  }
  meanValue /= used
  meanPattern /= used
  let [products, squares] = [0, 0]
  for (let i = 0; i < use.length; i++) {
    if (use[i] === 0) continue
    products += (pattern[i]! - meanPattern) * (values[i]! - meanValue)
    squares += (pattern[i]! - meanPattern) ** 2
  }
  if (!(squares > 0) || used < 3) return null
  const scale = products / squares
  const offset = meanValue - scale * meanPattern
  const residuals = values
    .map((value, i) => value - offset - scale * pattern[i]!)
    .filter((_, i) => use[i] === 1)
  const scatter = robustDeviation(residuals)
  return { scale, error: scatter / Math.sqrt(squares), offset, scatter, used }
}

/** Takes scale times the map off, in place, and adds the map's own noise to the uncertainty. Where the map has no value the pixel stays as it is. */
export const removeFringes = (
  planes: { readonly data: Float32Array; readonly uncertainty?: Float32Array | undefined },
  map: Pick<FringeMap, 'data' | 'uncertainty'>,
  scale: number,
): void => {
  const { data, uncertainty } = planes
  for (let i = 0; i < data.length; i++) {
    if (Number.isNaN(map.data[i]!)) continue
    data[i] = data[i]! - scale * map.data[i]!
    const noise = scale * map.uncertainty[i]!
    if (uncertainty !== undefined && noise - noise === 0) uncertainty[i] = Math.hypot(uncertainty[i]!, noise)
  }
}
