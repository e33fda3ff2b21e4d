import type { RiceParams } from '../../../web/compute/kernels/decode-rice'
import type { PackedTiles, UnpackedTiles } from '../../../web/science/fits/unpack-tiles'
import { createRandom } from '../../../web/science/math/random'
import { encodeRice, type Width } from '../../science/fits/encode-rice'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<RiceParams, PackedTiles, UnpackedTiles>

/** Tiles one after the other in a heap, with bytes between them that belong to none. */
export const packTiles = (tiles: readonly Uint8Array[]): PackedTiles => {
  const gap = 3
  const heap = new Uint8Array(tiles.reduce((sum, tile) => sum + tile.length + gap, 0)).fill(0xff)
  const offsets = new Int32Array(tiles.length)
  let at = 0
  for (const [index, tile] of tiles.entries()) {
    heap.set(tile, at)
    offsets[index] = at
    at += tile.length + gap
  }
  return { heap, offsets, lengths: Int32Array.from(tiles, (tile) => tile.length) }
}

const RANGE = { 1: [0, 255], 2: [-32_768, 32_767], 4: [-2_147_483_648, 2_147_483_647] } as const

type Picture = 'sky' | 'noise' | 'constant' | 'stars' | 'ends'

/** One row of pixels of a kind that makes the encoder use each of its three ways of writing a block. */
const drawRow = (picture: Picture, length: number, width: Width, seed: string): number[] => {
  const random = createRandom(seed)
  const [least, most] = RANGE[width]
  const clip = (value: number): number => Math.max(least, Math.min(most, Math.round(value)))
  const level = width === 1 ? 100 : 1000
  return Array.from({ length }, (_, i) => {
    if (picture === 'constant') return level
    if (picture === 'noise') return clip(least + random.uniform() * (most - least))
    if (picture === 'ends') return i % 2 === 0 ? least : most
    const star = picture === 'stars' && random.uniform() < 0.03 ? most * random.uniform() : 0
    return clip(level + (width === 1 ? 4 : 20) * random.normal() + star)
  })
}

interface Sort {
  readonly picture: Picture
  readonly width: Width
  readonly blockSize: number
  /** Split that the encoder is asked to use where it fits. */
  readonly wish: number
}

const ROWS = 5
const COLUMNS = 67

const example = ({ picture, width, blockSize, wish }: Sort): Case => {
  const name = `${picture}, ${width} bytes, blocks of ${blockSize}, split ${wish}`
  const rows = Array.from({ length: ROWS }, (_, row) => drawRow(picture, COLUMNS, width, `${name}-${row}`))
  const last = rows.at(-1)!.slice(0, 9)
  return {
    name: `${name} (seeded by this name)`,
    params: {
      pixelsPerTile: COLUMNS,
      bytesPerPixel: width,
      blockSize,
      scaling: { bzero: width === 2 ? 32_768 : 0, bscale: 1, blank: rows[0]![3]!, dither: 'none' },
    },
    input: () =>
      packTiles([...rows.slice(0, -1), last].map((row) => encodeRice(row, width, blockSize, wish))),
    output: () => ({
      data: new Float32Array(COLUMNS * (ROWS - 1) + last.length),
      damaged: new Uint8Array(ROWS).fill(9),
    }),
  }
}

const sorts: Sort[] = (['sky', 'noise', 'constant', 'stars', 'ends'] as const).flatMap((picture) =>
  ([1, 2, 4] as const).flatMap((width) =>
    [0, 4, 11].map((wish, index) => ({ picture, width, wish, blockSize: [32, 16, 40][index]! })),
  ),
)

const SKY = example({ picture: 'sky', width: 4, blockSize: 32, wish: 4 })

const scaled = (name: string, scaling: Partial<RiceParams['scaling']>, width: Width = 4): Case => {
  const base = example({ picture: 'sky', width, blockSize: 32, wish: 4 })
  return { ...base, name, params: { ...base.params, scaling: { ...base.params.scaling, ...scaling } } }
}

/** As fpack writes floats: each tile with a scale of its own, the dither begun where the tile's number says. */
const quantised = (dither: RiceParams['scaling']['dither'], length: number): Case => {
  const random = createRandom(`quantised-${length}`)
  const rows = Array.from({ length: 3 }, () =>
    Array.from({ length }, () => {
      const chance = random.uniform()
      return chance < 0.02
        ? -2_147_483_647
        : chance < 0.04
          ? -2_147_483_646
          : Math.round(50 * random.normal())
    }),
  )
  return {
    name: `floats, dither ${dither}, rows of ${length}, seed quantised-${length}`,
    params: {
      pixelsPerTile: length,
      bytesPerPixel: 4,
      blockSize: 32,
      scaling: { bzero: 5, bscale: 5, blank: -2_147_483_647, dither },
    },
    input: () => ({
      ...packTiles(rows.map((row) => encodeRice(row, 4, 32, 5))),
      quantisation: {
        scales: Float64Array.of(0.013, 1.7e-5, 900.25),
        zeros: Float64Array.of(-12.1, 0, 3e5),
        seeds: Int32Array.of(0, 9_999, 123_456),
      },
    }),
    output: () => ({ data: new Float32Array(3 * length), damaged: new Uint8Array(3) }),
  }
}

const broken = (name: string, change: (tiles: PackedTiles) => Partial<PackedTiles>): Case => ({
  ...SKY,
  name,
  input: () => {
    const tiles = SKY.input()
    return { ...tiles, ...change(tiles) }
  },
})

export const DECODE_RICE_CASES: readonly Case[] = [
  ...sorts.map(example),
  scaled('scaled integers', { bzero: 0.1, bscale: 0.3 }),
  scaled('scaled short integers', { bzero: -7.25, bscale: 1e-3 }, 2),
  scaled('unsigned 32-bit integers', { bzero: 2_147_483_648 }),
  scaled('bytes with an offset', { bzero: -128, blank: null }, 1),
  quantised('none', 37),
  quantised('subtractive-1', 37),
  quantised('subtractive-2', 38),
  quantised('subtractive-2', 12_347),
  broken('a tile cut short among good ones', ({ lengths }) => ({
    lengths: lengths.map((length, tile) => (tile === 2 ? length - 9 : length)),
  })),
  broken('a tile without a byte, and one that begins before the heap', ({ offsets, lengths }) => ({
    offsets: offsets.map((offset, tile) => (tile === 1 ? -4 : offset)),
    lengths: lengths.map((length, tile) => (tile === 3 ? 0 : length)),
  })),
  broken('tiles that reach beyond the heap', ({ heap, offsets, lengths }) => ({
    offsets: offsets.map((offset, tile) =>
      tile === 1 ? heap.length - 3 : tile === 2 ? 2 ** 31 - 1 : offset,
    ),
    lengths: lengths.map((length, tile) => (tile === 2 ? 2 ** 31 - 1 : length)),
  })),
]
