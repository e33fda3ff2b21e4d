import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { createCompute } from '../../web/compute/create-compute'
import { createTileDecoder } from '../../web/compute/create-tile-decoder'
import { inflateTile, unshuffle } from '../../web/science/fits/inflate-tile'
import { storedValues } from '../../web/science/fits/stored-values'
import { decodeCoded, type TileBatch, type TileCoding } from '../../web/science/fits/tile-batch'
import { compileKernels } from '../support/kernel-backends'
import { requireShared } from '../support/shared-data'

const folder = requireShared('data/fits_torture')
const root = join(folder ?? '', 'nom_tam_fits/image/comp')
const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(root, path)))

interface Vector {
  readonly path: string
  readonly side: number
  readonly bitpix: 8 | 16 | 32 | -32 | -64
  readonly coding: TileCoding | 'gzip' | 'gzip shuffled'
}

const SIDES = [100, 99] as const
const DEPTHS = [8, 16, 32, -32, -64] as const
const vectorsOf = (
  pathOf: (name: string) => string,
  codingOf: (bitpix: Vector['bitpix']) => Vector['coding'],
  {
    sides = SIDES,
    depths = DEPTHS,
  }: { sides?: readonly number[]; depths?: readonly Vector['bitpix'][] } = {},
): Vector[] =>
  sides.flatMap((side) =>
    depths.map((bitpix) => ({
      path: pathOf(`test${side}Data${bitpix}`),
      side,
      bitpix,
      coding: codingOf(bitpix),
    })),
  )

const rice = (bitpix: Vector['bitpix']): TileCoding => ({
  codec: 'rice',
  blockSize: 32,
  bytesPerPixel: bitpix === 8 ? 1 : bitpix === 16 ? 2 : 4,
})
const vectors: readonly Vector[] = [
  ...vectorsOf((name) => `rise/${name}.rise`, rice),
  ...vectorsOf(
    (name) => `hcompress/scale0/${name}.huf`,
    () => ({ codec: 'hcompress', smooth: false }),
  ),
  ...vectorsOf(
    (name) => `gzip1/${name}.gzip1`,
    () => 'gzip',
  ),
  ...vectorsOf(
    (name) => `gzip2/${name}.gzip2`,
    () => 'gzip shuffled',
  ),
  ...vectorsOf(
    (name) => `plio/${name}.plio`,
    () => ({ codec: 'plio' }),
    { sides: [100], depths: [8, 16] },
  ),
  ...vectorsOf(
    (name) => `plio/${name}.plio`,
    () => ({ codec: 'plio' }),
    { sides: [99], depths: [8] },
  ),
]

const decode = ({ path, side, coding, bitpix }: Vector): Int32Array => {
  const source = read(path)
  const count = side * side
  if (typeof coding !== 'string') return decodeCoded(coding, source, count)
  const inflated = inflateTile(source, count * 8)!
  const size = inflated.length / count
  const raw = coding === 'gzip' ? inflated : unshuffle(inflated, count)
  expect(size).toBe(bitpix < 0 ? 4 : bitpix / 8)
  return Int32Array.from(storedValues(raw, (8 * size) as 8 | 16 | 32) as Int32Array)
}

const bareOf = (side: number, bitpix: Vector['bitpix']): readonly number[] =>
  Array.from(storedValues(read(`bare/test${side}Data${bitpix}.bin`), bitpix), Number)

/** A straight line through the first and the largest value: quantised integers lie on it but for the rounding of those two and their own. */
const largestMiss = (found: Int32Array, bare: readonly number[]): number => {
  const top = bare.indexOf(Math.max(...bare))
  const scale = (bare[top]! - bare[0]!) / (found[top]! - found[0]!)
  return Math.max(
    ...bare.map((value, index) => Math.abs((value - bare[0]!) / scale - (found[index]! - found[0]!))),
  )
}

describe.skipIf(folder === null)('codec vectors', () => {
  it.each(vectors.filter(({ bitpix }) => bitpix > 0))('$path is what was packed, byte for byte', (vector) => {
    expect([...decode(vector)]).toEqual(bareOf(vector.side, vector.bitpix))
  })

  // Floats were quantised before they were packed, alike for all codecs.
  it.each(vectors.filter(({ bitpix }) => bitpix < 0))('$path holds the integers of the others', (vector) => {
    const found = decode(vector)
    const twin = vectors.find(({ side, bitpix }) => side === vector.side && bitpix === vector.bitpix)!
    expect(found).toEqual(decode(twin))
    expect(largestMiss(found, bareOf(vector.side, vector.bitpix))).toBeLessThanOrEqual(2)
  })

  it('HCOMPRESS with loss is what its own reader made of it', () => {
    const source = read('hcompress/scale4/test100Data32.4huf')
    const wanted = storedValues(read('hcompress/scale4/test100Data4huf32.uncompressed'), 32)
    const found = decodeCoded({ codec: 'hcompress', smooth: false }, source, 10_000)
    expect([...found]).toEqual([...wanted])
  })

  it('the kernels give the same', async () => {
    const compute = await createCompute({ module: await compileKernels(), memoryBytes: 64 * 1024 * 1024 })
    const decoder = createTileDecoder(compute, idleTask())
    for (const vector of vectors) {
      const { coding, path, side } = vector
      if (typeof coding === 'string') continue
      const heap = read(path)
      const batch: TileBatch = {
        coding,
        heap,
        offsets: Int32Array.of(0),
        lengths: Int32Array.of(heap.length),
        pixelsPerTile: side * side,
        scaling: { bzero: 0, bscale: 1, blank: null, dither: 'none' },
      }
      const output = { data: new Float32Array(side * side), damaged: new Uint8Array(1) }
      await decoder.unpack(batch, output)
      expect(output.damaged[0], path).toBe(0)
      expect(output.data, path).toEqual(Float32Array.from(decode(vector)))
    }
    expect(compute.notes).toEqual([])
  })
})
