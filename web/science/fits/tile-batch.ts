import { decodeHcompress } from './decode-hcompress'
import { decodePlio } from './decode-plio'
import { decodeRice, type RiceCoding } from './decode-rice'
import { unpackTiles, type PackedTiles, type TileScaling, type UnpackedTiles } from './unpack-tiles'

/** How the integers of a tile are coded, with what the decoder has to know besides their number. */
export type TileCoding =
  | ({ readonly codec: 'rice' } & RiceCoding)
  | { readonly codec: 'plio' }
  | { readonly codec: 'hcompress'; readonly smooth: boolean }

/** Tiles that can be decoded in one call. */
export interface TileBatch extends PackedTiles {
  readonly coding: TileCoding
  /** Of all tiles but the last, which may have fewer. */
  readonly pixelsPerTile: number
  readonly scaling: TileScaling
}

/** What decodes batches: the reference below, or something faster that gives the same. */
export interface TileDecoder {
  unpack(batch: TileBatch, output: UnpackedTiles): void | Promise<void>
}

/** The integers of one tile. */
export const decodeCoded = (coding: TileCoding, source: Uint8Array, count: number): Int32Array =>
  decoderOf(coding)(source, count)

const decoderOf = (coding: TileCoding): ((source: Uint8Array, count: number) => Int32Array) => {
  if (coding.codec === 'plio') return decodePlio
  return (source, count) =>
    coding.codec === 'rice'
      ? decodeRice(source, { ...coding, count })
      : decodeHcompress(source, { count, smooth: coding.smooth })
}

/** The reference: tile by tile in TypeScript. */
export const unpackBatch = (batch: TileBatch, output: UnpackedTiles): void =>
  unpackTiles(batch, batch, decoderOf(batch.coding), output)
