import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { decodeRiceKernel, type RiceParams } from '../../web/compute/kernels/decode-rice'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { encodeRice } from '../science/fits/encode-rice'
import { DECODE_RICE_CASES, packTiles } from './cases/decode-rice'

const wasm = await openTestWasm()

const paramsOf = (width: 1 | 2 | 4, blockSize: number, pixelsPerTile: number): RiceParams => ({
  bytesPerPixel: width,
  blockSize,
  pixelsPerTile,
  scaling: { bzero: 0, bscale: 1, blank: null, dither: 'none' },
})

describe('decode-rice in WebAssembly', () => {
  it.each(DECODE_RICE_CASES)('$name', (example) => expectParity(decodeRiceKernel, example, wasm))

  it('a damaged tile is NaN and marked, its neighbours are whole', async () => {
    const rows = [1, 2, 3].map((row) => Array.from({ length: 40 }, (_, i) => row * 100 + ((i * i) % 7)))
    const tiles = packTiles(rows.map((row) => encodeRice(row, 2, 32, 2)))
    tiles.lengths[1] = 7
    for (const backend of [referenceBackend, wasm]) {
      const output = { data: new Float32Array(120), damaged: new Uint8Array(3).fill(7) }
      await backend.run(decodeRiceKernel, paramsOf(2, 32, 40), tiles, output, idleTask())
      expect([...output.damaged]).toEqual([0, 1, 0])
      expect([...output.data]).toEqual([...rows[0]!, ...new Array<number>(40).fill(Number.NaN), ...rows[2]!])
    }
  })

  it('good tiles with bytes changed: the same pixels or the same refusal, nothing written beside them (seed 31)', async () => {
    const tile = fc.tuple(
      fc.constantFrom(1, 2, 4),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 200 }),
      fc.nat(24),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
      fc.nat(30),
    )
    await fc.assert(
      fc.asyncProperty(tile, async ([width, values, wish, changes, cut]) => {
        const bytes = encodeRice(values, width, 32, wish)
        for (const [place, value] of changes) bytes[place % bytes.length] = value
        await expectSame(
          width,
          bytes.subarray(0, Math.max(0, bytes.length - Math.max(0, cut - 20))),
          values.length,
        )
      }),
      { seed: 31, numRuns: 600 },
    )
  })

  it('bytes of any sort: the same pixels or the same refusal, nothing written beside them (seed 32)', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      // Long runs of zeros, which are long codes.
      fc
        .array(fc.constantFrom(0, 0, 0, 1, 16, 128, 255), { maxLength: 300 })
        .map((list) => Uint8Array.from(list)),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 2, 4), noise, fc.integer({ min: 1, max: 300 }), expectSame),
      { seed: 32, numRuns: 1500 },
    )
  })
})

const GUARD = 16

/** In lent memory, so that the kernel works where the arrays lie, between guards of a known value. */
const expectSame = async (width: 1 | 2 | 4, bytes: Uint8Array, count: number): Promise<void> => {
  const { arena } = wasm
  await arena.scope(async () => {
    const whole = arena.float32(count + 2 * GUARD).fill(-77)
    const data = whole.subarray(GUARD, GUARD + count)
    const tiles = { heap: bytes, offsets: Int32Array.of(0), lengths: Int32Array.of(bytes.length) }
    const params = paramsOf(width, 32, count)
    const expected = { data: new Float32Array(count), damaged: new Uint8Array(1) }
    const found = { data, damaged: new Uint8Array(1) }
    await referenceBackend.run(decodeRiceKernel, params, tiles, expected, idleTask())
    await wasm.run(decodeRiceKernel, params, tiles, found, idleTask())
    expect([...found.damaged]).toEqual([...expected.damaged])
    expect([...data]).toEqual([...expected.data])
    for (let i = 0; i < GUARD; i++) expect([whole[i], whole[GUARD + count + i]]).toEqual([-77, -77])
  })
}
