import type { PackedTiles, TileScaling, UnpackedTiles } from '../../science/fits/unpack-tiles'
import type { Kernel } from '../kernel'

export interface HcompressParams {
  /** Of all tiles but the last, which may have fewer. */
  readonly pixelsPerTile: number
  /** Was smoothing asked for when the image was packed? */
  readonly smooth: boolean
  readonly scaling: TileScaling
}

/** Of the coefficients in 64 bits, twice, and of two grids of patterns. */
export const HCOMPRESS_SCRATCH_PER_PIXEL = 18

/** A star of 8 x 8 pixels, packed with a scale of 9 and smoothing by astropy; then the same from its fourth byte on, which is no tile. */
// prettier-ignore
const SAMPLE = Uint8Array.of(
  221, 153, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 64, 6, 4,
  3, 243, 32, 159, 65, 243, 152, 8, 157, 224, 3, 90, 7, 3, 128, 34, 136, 4, 88, 128, 243, 50, 24, 163,
  64, 52, 148, 8, 166, 1, 197, 150, 27, 66, 254, 216, 114, 55, 132, 223, 136, 0, 39, 38, 39, 204, 12, 15,
  251, 240,
)

/**
 * Many HCOMPRESS_1 tiles in one call, straight to scaled pixels, as in science/fits/decode-hcompress and unpack-tiles. `damaged` has one
 * element a tile: a tile whose bytes end too early or make no sense is NaN and marked with 1.
 */
export const decodeHcompressKernel: Kernel<HcompressParams, PackedTiles, UnpackedTiles> = {
  name: 'decode-hcompress',
  tolerance: { abs: 0, rel: 0, reason: 'Integers, scaled in double precision and rounded once by both.' },
  bytes: ({ pixelsPerTile }, { width, height }) =>
    width * height * 8 + pixelsPerTile * HCOMPRESS_SCRATCH_PER_PIXEL,
  sample: () => ({
    params: { pixelsPerTile: 64, smooth: true, scaling: { bzero: 0.5, bscale: 2, blank: 9, dither: 'none' } },
    input: {
      heap: SAMPLE,
      offsets: Int32Array.of(0, 3),
      lengths: Int32Array.of(SAMPLE.length, SAMPLE.length - 3),
    },
    output: () => ({ data: new Float32Array(128), damaged: new Uint8Array(2) }),
  }),
}
