import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { decodeHcompressKernel } from '../../web/compute/kernels/decode-hcompress'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { DECODE_HCOMPRESS_CASES } from './cases/decode-hcompress'

const wasm = await openTestWasm()
const GUARD = 16

describe('decode-hcompress in WebAssembly', () => {
  it.each(DECODE_HCOMPRESS_CASES)('$name', (example) => expectParity(decodeHcompressKernel, example, wasm))

  it('a good tile with bytes changed or cut: the same pixels or the same refusal, nothing written beside them (seed 42)', async () => {
    const { params, input } = decodeHcompressKernel.sample()
    const stream = input.heap
    // Bit planes beyond 31 give numbers that the doubles of the reference do not hold; that many are tested as refused.
    const changes = fc.array(
      fc.tuple(fc.integer({ min: 10, max: stream.length - 1 }), fc.nat(255)).map(([place, value]) => ({
        place,
        value: place >= 14 && place < 19 ? stream[place]! : place >= 22 && place < 25 ? value % 32 : value,
      })),
      { maxLength: 5 },
    )
    const { arena } = wasm
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(20), fc.boolean(), async (list, cut, smooth) => {
        const heap = stream.slice(0, stream.length - Math.max(0, cut - 14))
        for (const { place, value } of list) if (place < heap.length) heap[place] = value
        // A scale of 2^31 would overflow what the reference can hold.
        heap.fill(0, 10, 12)
        await arena.scope(async () => {
          const whole = arena.float32(64 + 2 * GUARD).fill(-77)
          const data = whole.subarray(GUARD, GUARD + 64)
          const tiles = { heap, offsets: Int32Array.of(0), lengths: Int32Array.of(heap.length) }
          const expected = { data: new Float32Array(64), damaged: new Uint8Array(1) }
          const found = { data, damaged: new Uint8Array(1) }
          const job = { ...params, smooth }
          await referenceBackend.run(decodeHcompressKernel, job, tiles, expected, idleTask())
          await wasm.run(decodeHcompressKernel, job, tiles, found, idleTask())
          expect([...found.damaged]).toEqual([...expected.damaged])
          expect([...data]).toEqual([...expected.data])
          for (let i = 0; i < GUARD; i++) expect([whole[i], whole[GUARD + 64 + i]]).toEqual([-77, -77])
        })
      }),
      { seed: 42, numRuns: 800 },
    )
  })
})
