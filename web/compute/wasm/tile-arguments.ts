import type { PackedTiles, TileScaling, UnpackedTiles } from '../../science/fits/unpack-tiles'
import { ditherSequence } from '../../science/fits/unquantise'
import { findBlank } from './find-blank'
import type { Addresses } from './with-addresses'

/** Where the tiles lie, how they become pixels and where these go: what every kernel of tiles is called with. */
export type TileArguments = readonly [
  heap: number,
  heapLength: number,
  offsets: number,
  lengths: number,
  bzero: number,
  bscale: number,
  hasBlank: number,
  blank: number,
  scales: number,
  zeros: number,
  seeds: number,
  dither: number,
  randoms: number,
  pixelsPerTile: number,
  output: number,
  pixels: number,
  damaged: number,
]

const DITHERS = { none: 0, 'subtractive-1': 1, 'subtractive-2': 2 } as const

export const tileArguments = (
  at: Addresses,
  { pixelsPerTile, scaling }: { readonly pixelsPerTile: number; readonly scaling: TileScaling },
  tiles: PackedTiles,
  output: UnpackedTiles,
): TileArguments => {
  const { heap, offsets, lengths, quantisation } = tiles
  const count = Math.ceil(output.data.length / pixelsPerTile)
  if (offsets.length < count || lengths.length < count || output.damaged.length < count)
    throw new RangeError(`${count} tiles are wanted and not all of them are described.`)
  const blank = findBlank({ ...scaling, bitpix: 32 })
  const dither = quantisation === undefined ? 0 : DITHERS[scaling.dither]
  return [
    at.input(heap),
    heap.length,
    at.input(offsets),
    at.input(lengths),
    scaling.bzero,
    scaling.bscale,
    blank === null ? 0 : 1,
    Number(blank ?? 0),
    at.input(quantisation?.scales),
    at.input(quantisation?.zeros),
    at.input(quantisation?.seeds),
    dither,
    dither === 0 ? 0 : at.input(ditherSequence()),
    pixelsPerTile,
    at.output(output.data),
    output.data.length,
    at.output(output.damaged),
  ]
}
