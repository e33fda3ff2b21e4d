import type { RiceCoding } from '../../science/fits/decode-rice'
import type { PackedTiles, TileScaling, UnpackedTiles } from '../../science/fits/unpack-tiles'
import type { Kernel } from '../kernel'

export interface RiceParams extends RiceCoding {
  /** Of all tiles but the last, which may have fewer. */
  readonly pixelsPerTile: number
  readonly scaling: TileScaling
}

/** A row of five 16-bit pixels in blocks of four, 7 9 8 8 300, and the same row cut short. */
const SAMPLE = Uint8Array.of(0x00, 0x07, 0x38, 0x96, 0x78, 0x12, 0x40, 0x00, 0x07, 0x38, 0x96)

/**
 * Many RICE_1 tiles in one call, straight to scaled pixels, as in science/fits/decode-rice and unpack-tiles. `damaged` has one element
 * a tile: a tile whose bytes end too early or make no sense is NaN and marked with 1, whatever is in it.
 */
export const decodeRiceKernel: Kernel<RiceParams, PackedTiles, UnpackedTiles> = {
  name: 'decode-rice',
  tolerance: { abs: 0, rel: 0, reason: 'Integers, scaled in double precision and rounded once by both.' },
  // A tile is hardly ever longer than its pixels would be, uncompressed.
  bytes: ({ bytesPerPixel }, { width, height }) => width * height * (bytesPerPixel + 4),
  sample: () => ({
    params: {
      pixelsPerTile: 5,
      bytesPerPixel: 2,
      blockSize: 4,
      scaling: { bzero: 0.5, bscale: 2, blank: 8, dither: 'none' },
    },
    input: { heap: SAMPLE, offsets: Int32Array.of(0, 7), lengths: Int32Array.of(7, 4) },
    output: () => ({ data: new Float32Array(10), damaged: new Uint8Array(2) }),
  }),
}
