import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { resampleKernel } from '../../web/compute/kernels/resample'
import { findSourceWindow } from '../../web/science/image/source-window'
import { createRandom } from '../../web/science/math/random'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { RESAMPLE_CASES } from './cases/resample'

const wasm = await openTestWasm()
const [WIDTH, HEIGHT] = [71, 64]

describe('resample in WebAssembly', () => {
  it.each(RESAMPLE_CASES)('$name', (example) => expectParity(resampleKernel, example, wasm))
})

describe.each([
  ['the reference', referenceBackend],
  ['WebAssembly', wasm],
])('a picture made in tiles by %s', (_name, backend) => {
  it('is that made whole, bit for bit, from no more of the frame than is needed: seed 11', async () => {
    const random = createRandom('tiles')
    const frame = Float32Array.from({ length: WIDTH * HEIGHT }, () => 100 * random.uniform())
    const small = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    const far = fc.double({ min: -30, max: 30, noNaN: true })
    const any = fc.record({
      method: fc.constantFrom('nearest' as const, 'bilinear' as const, 'lanczos3' as const),
      transform: fc.record({
        a: small.map((v) => 1 + v),
        b: small,
        c: far,
        d: small,
        e: small.map((v) => 1 + v),
        f: far,
      }),
      rows: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(any, async ({ method, transform, rows }) => {
        const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
        const expected = new Float32Array(WIDTH * HEIGHT)
        const params = { method, transform, source: whole, target: whole }
        await backend.run(resampleKernel, params, { data: frame }, { data: expected }, idleTask())
        const found = new Float32Array(WIDTH * HEIGHT).fill(Number.NaN)
        for (let top = 0; top < HEIGHT; top += rows) {
          const target = { left: 0, top, width: WIDTH, height: Math.min(rows, HEIGHT - top) }
          const source = findSourceWindow({ method, transform, target, width: WIDTH, height: HEIGHT })
          if (source === null) continue
          const data = new Float32Array(source.width * source.height)
          for (let row = 0; row < source.height; row++) {
            const first = (source.top + row) * WIDTH + source.left
            data.set(frame.subarray(first, first + source.width), row * source.width)
          }
          const tile = new Float32Array(WIDTH * target.height)
          await backend.run(
            resampleKernel,
            { method, transform, source, target },
            { data },
            { data: tile },
            idleTask(),
          )
          found.set(tile, top * WIDTH)
        }
        expect(found).toEqual(expected)
      }),
      { seed: 11, numRuns: 60 },
    )
  })
})
