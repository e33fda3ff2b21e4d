import type { DrizzlePlanes } from '../../web/science/reprojection/drizzle-frame'

/** Drops of several frames on one grid. */
export interface DrizzleSums {
  readonly flux: Float64Array
  readonly weight: Float64Array
  readonly variance: Float64Array | null
  /** How many frames have a drop on each pixel. */
  readonly frames: Uint16Array
  /** Which: bit k % 32 of plane floor(k / 32) is the k-th frame's. */
  readonly context: readonly Uint32Array[]
}

export interface DrizzleSize {
  readonly pixels: number
  /** Frames that will be added; with `withContext` their bits are kept. */
  readonly frames: number
  readonly withVariance: boolean
  readonly withContext: boolean
}

export const createDrizzleSums = ({
  pixels,
  frames,
  withVariance,
  withContext,
}: DrizzleSize): DrizzleSums => ({
  flux: new Float64Array(pixels),
  weight: new Float64Array(pixels),
  variance: withVariance ? new Float64Array(pixels) : null,
  frames: new Uint16Array(pixels),
  context: Array.from({ length: withContext ? Math.ceil(frames / 32) : 0 }, () => new Uint32Array(pixels)),
})

/** Adds what `drizzleFrame` made of the frame of number `index` (from 0). A frame that has no uncertainty leaves none. */
export const addDrizzle = (sums: DrizzleSums, one: DrizzlePlanes, index: number): void => {
  const { flux, weight, variance, frames } = sums
  const context = sums.context[index >> 5]
  const bit = 1 << (index & 31)
  for (let i = 0; i < flux.length; i++) {
    if (!(one.weight[i]! > 0)) continue
    flux[i]! += one.flux[i]!
    weight[i]! += one.weight[i]!
    if (variance !== null) variance[i]! += one.variance === undefined ? Number.NaN : one.variance[i]!
    frames[i]! += 1
    if (context !== undefined) context[i]! |= bit
  }
}

export interface DrizzledPlanes {
  /** Weighted means; NaN where no drop fell. */
  readonly data: Float32Array
  /**
   * Standard deviation of each pixel. Drops that reach over several pixels give their noise to all of them, so that the mean of many pixels is less
   * certain than this says: by `findNoiseRatio`.
   */
  readonly uncertainty: Float32Array | null
}

export const settleDrizzle = ({
  flux,
  weight,
  variance,
}: Pick<DrizzleSums, 'flux' | 'weight' | 'variance'>): DrizzledPlanes => {
  const data = new Float32Array(flux.length)
  const uncertainty = variance === null ? null : new Float32Array(flux.length)
  for (let i = 0; i < data.length; i++) {
    const known = weight[i]! > 0
    data[i] = known ? flux[i]! / weight[i]! : Number.NaN
    if (uncertainty !== null) uncertainty[i] = known ? Math.sqrt(variance![i]!) / weight[i]! : Number.NaN
  }
  return { data, uncertainty }
}
