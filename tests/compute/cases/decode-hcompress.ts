import { decodeHcompressKernel, type HcompressParams } from '../../../web/compute/kernels/decode-hcompress'
import type { PackedTiles, UnpackedTiles } from '../../../web/science/fits/unpack-tiles'
import { createRandom } from '../../../web/science/math/random'
import { encodePlainly } from '../../science/fits/encode-hcompress'
import type { KernelCase } from '../../support/check-parity'
import { packTiles } from './decode-rice'

type Case = KernelCase<HcompressParams, PackedTiles, UnpackedTiles>

const SCALING = { bzero: 0, bscale: 1, blank: null, dither: 'none' } as const

interface Sort {
  readonly rows: number
  readonly columns: number
  /** Pixels are drawn from -most to most. */
  readonly most: number
  readonly smooth: boolean
}

const outputOf = (tiles: number, pixelsPerTile: number) => (): UnpackedTiles => ({
  data: new Float32Array(tiles * pixelsPerTile),
  damaged: new Uint8Array(tiles).fill(9),
})

const example = ({ rows, columns, most, smooth }: Sort): Case => {
  const name = `${columns} x ${rows} pixels to ${most}${smooth ? ', smooth' : ''}, seeded by this name`
  const random = createRandom(name)
  const tiles = Array.from({ length: 3 }, () =>
    encodePlainly(
      Array.from({ length: rows * columns }, () => random.integer(2 * most + 1) - most),
      rows,
      columns,
    ),
  )
  return {
    name,
    params: { pixelsPerTile: rows * columns, smooth, scaling: { ...SCALING, blank: 1 } },
    input: () => packTiles(tiles),
    output: outputOf(3, rows * columns),
  }
}

/** The stream of the kernel's sample, as an encoder writes it, with a coarse scale said in its header. */
const stream = (): Uint8Array => {
  const { heap, offsets, lengths } = decodeHcompressKernel.sample().input
  return heap.slice(offsets[0], offsets[0]! + lengths[0]!)
}

const sampled = (name: string, scale: number, more: Partial<HcompressParams> = {}): Case => {
  const bytes = stream()
  new DataView(bytes.buffer).setInt32(10, scale)
  return {
    name,
    params: { pixelsPerTile: 64, smooth: true, scaling: SCALING, ...more },
    input: () => packTiles([bytes, bytes.subarray(0, 40), new Uint8Array(0), bytes]),
    output: outputOf(4, 64),
  }
}

export const DECODE_HCOMPRESS_CASES: readonly Case[] = [
  ...[4, 5, 16, 17].flatMap((rows) =>
    [4, 7, 33].map((columns) => example({ rows, columns, most: 700, smooth: false })),
  ),
  example({ rows: 9, columns: 12, most: 2 ** 31 - 1, smooth: false }),
  example({ rows: 9, columns: 12, most: 0, smooth: false }),
  example({ rows: 12, columns: 13, most: 300, smooth: true }),
  ...[0, 1, 2, 9, 250].map((scale) => sampled(`coded planes, scale ${scale}, among damaged tiles`, scale)),
  sampled('coded planes, not smoothed', 9, { smooth: false }),
  sampled('scaled', 9, { scaling: { bzero: -3.25, bscale: 0.1, blank: 9, dither: 'none' } }),
  {
    ...sampled('floats with dither', 9, {
      scaling: { bzero: 0, bscale: 1, blank: null, dither: 'subtractive-2' },
    }),
    input: () => ({
      ...packTiles([stream(), stream(), stream(), stream()]),
      quantisation: {
        scales: Float64Array.of(0.1, 2, 3e-7, 5),
        zeros: Float64Array.of(0, -20, 1e6, 1),
        seeds: Int32Array.of(0, 1, 9999, 500),
      },
    }),
  },
]
