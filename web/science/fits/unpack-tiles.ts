import { AsterismError } from '../../core/errors'
import { unquantise, type Quantisation } from './unquantise'

/** Compressed tiles of one size and one codec, as they lie in the heap of a binary table. */
export interface PackedTiles {
  readonly heap: Uint8Array
  /** Bytes from the start of `heap`, and of the tile; one element a tile. */
  readonly offsets: Int32Array
  readonly lengths: Int32Array
  /** Of quantised floats; integers have one scaling for all tiles. */
  readonly quantisation?: TileQuantisation | undefined
}

/** What each tile of quantised floats brings, one element a tile. */
export interface TileQuantisation {
  /** ZSCALE and ZZERO. */
  readonly scales: Float64Array
  readonly zeros: Float64Array
  /** 0-based number of the tile in the image plus ZDITHER0 minus 1. */
  readonly seeds: Int32Array
}

/** How the integers of the tiles become pixels. */
export interface TileScaling {
  /** pixel = bzero + bscale integer, where the tiles are not quantised. */
  readonly bzero: number
  readonly bscale: number
  /** Integer that stands for a pixel without a value. */
  readonly blank: number | null
  /** Where they are. */
  readonly dither: Quantisation['dither']
}

export interface UnpackedTiles {
  /** The tiles one after the other; a last one of fewer pixels ends with the array. */
  readonly data: Float32Array
  /** One element a tile: 1 for one that could not be decoded; its pixels are NaN. */
  readonly damaged: Uint8Array
}

const NOTHING = new Uint8Array(0)

/** The bytes of a tile; none when they do not all lie in the heap. */
const takeTile = ({ heap, offsets, lengths }: PackedTiles, tile: number): Uint8Array => {
  const [offset, length] = [offsets[tile] ?? -1, lengths[tile] ?? -1]
  const inside = offset >= 0 && length >= 0 && offset + length <= heap.length
  return inside ? heap.subarray(offset, offset + length) : NOTHING
}

/**
 * Decodes tiles one by one and scales them. A tile that `decode` refuses as 'truncated', or that does not lie in the heap, becomes
 * NaN and is marked; the others are not touched by it.
 */
export const unpackTiles = (
  tiles: PackedTiles,
  { pixelsPerTile, scaling }: { readonly pixelsPerTile: number; readonly scaling: TileScaling },
  decode: (source: Uint8Array, count: number) => Int32Array,
  { data, damaged }: UnpackedTiles,
): void => {
  for (let tile = 0, start = 0; start < data.length; tile++, start += pixelsPerTile) {
    const output = data.subarray(start, start + pixelsPerTile)
    const { quantisation } = tiles
    try {
      const stored = decode(takeTile(tiles, tile), output.length)
      const scale = quantisation?.scales[tile] ?? scaling.bscale
      const zero = quantisation?.zeros[tile] ?? scaling.bzero
      const dither = quantisation === undefined ? 'none' : scaling.dither
      const seed = quantisation?.seeds[tile] ?? 0
      unquantise(stored, { scale, zero, blank: scaling.blank, dither, seed }, output)
      damaged[tile] = 0
    } catch (error) {
      if (!(error instanceof AsterismError) || error.code !== 'truncated') throw error
      output.fill(Number.NaN)
      damaged[tile] = 1
    }
  }
}
