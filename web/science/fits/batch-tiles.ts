import type { TilePlace } from './place-tiles'
import type { TileBatch } from './tile-batch'
import type { TileTable } from './tile-table'
import type { PixelScaling } from './decode-pixels'
import { wrapSeed } from './unquantise'

/** So many pixels at most are decoded in one call, unless one tile has more: what a call borrows stays bounded. */
const BATCH_PIXELS = 2 ** 22
/** Offsets in a heap are signed 32-bit numbers. */
const MOST_HEAP = 2 ** 31 - 1

/** Tiles for one call with their places, and the batch that describes them. */
export interface PlacedBatch {
  readonly places: readonly TilePlace[]
  readonly batch: TileBatch
}

export interface TileSource {
  readonly bytes: Uint8Array
  readonly table: TileTable
  readonly scaling: PixelScaling
}

export const countTilePixels = ({ width, lines }: TilePlace): number => width * lines.length

interface Run {
  readonly places: TilePlace[]
  readonly sources: Uint8Array[]
  readonly blank: number | null
  /** Of the bytes of all its tiles in the file. */
  start: number
  end: number
}

const continues = (
  run: Run | undefined,
  place: TilePlace,
  source: Uint8Array,
  blank: number | null,
): boolean => {
  const [first, last] = [run?.places[0], run?.places.at(-1)]
  if (run === undefined || first === undefined || last === undefined || run.blank !== blank) return false
  const pixels = countTilePixels(first)
  // A shorter tile can only be the last of its batch.
  if (countTilePixels(last) !== pixels || countTilePixels(place) > pixels) return false
  if ((run.places.length + 1) * pixels > BATCH_PIXELS) return false
  const end = Math.max(run.end, source.byteOffset + source.length)
  return end - Math.min(run.start, source.byteOffset) <= MOST_HEAP
}

const describe = ({ bytes, table, scaling }: TileSource, run: Run): PlacedBatch => {
  const { places, sources, blank, start, end } = run
  // Floats without a scale were packed as whole numbers, and no dither was added.
  const quantised = scaling.bitpix < 0 && table.readTileNumber('ZSCALE', places[0]!.tile) !== null
  return {
    places,
    batch: {
      coding: table.coding!,
      pixelsPerTile: countTilePixels(places[0]!),
      scaling: { bzero: scaling.bzero, bscale: scaling.bscale, blank, dither: table.dither },
      heap: bytes.subarray(start - bytes.byteOffset, end - bytes.byteOffset),
      offsets: Int32Array.from(sources, (source) => source.byteOffset - start),
      lengths: Int32Array.from(sources, (source) => source.length),
      quantisation: quantised
        ? {
            scales: Float64Array.from(places, ({ tile }) => table.readTileNumber('ZSCALE', tile) ?? 1),
            zeros: Float64Array.from(places, ({ tile }) => table.readTileNumber('ZZERO', tile) ?? 0),
            seeds: Int32Array.from(places, ({ tile }) => wrapSeed(tile + table.ditherSeed - 1)),
          }
        : undefined,
    },
  }
}

/** Puts tiles of one size and one blank into as few batches as may be; tiles that hold no integers of a codec are left over. */
export const batchTiles = (
  source: TileSource,
  places: readonly TilePlace[],
): { readonly batches: PlacedBatch[]; readonly single: TilePlace[] } => {
  const { table, scaling } = source
  const runs: Run[] = []
  const single: TilePlace[] = []
  for (const place of places) {
    const bytes = table.coding === null ? null : table.readBytes('COMPRESSED_DATA', place.tile)
    if (bytes === null) {
      single.push(place)
      continue
    }
    const blank = scaling.bitpix < 0 ? table.readTileNumber('ZBLANK', place.tile) : scaling.blank
    const run = runs.at(-1)
    const [start, end] = [bytes.byteOffset, bytes.byteOffset + bytes.length]
    if (run !== undefined && continues(run, place, bytes, blank)) {
      run.places.push(place)
      run.sources.push(bytes)
      run.start = Math.min(run.start, start)
      run.end = Math.max(run.end, end)
    } else runs.push({ places: [place], sources: [bytes], blank, start, end })
  }
  return { batches: runs.map((run) => describe(source, run)), single }
}
