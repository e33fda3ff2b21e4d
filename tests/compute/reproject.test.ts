import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { reprojectKernel } from '../../web/compute/kernels/reproject'
import { findMappedWindow, REACH } from '../../web/science/reprojection/find-mapped-window'
import { createRandom } from '../../web/science/math/random'
import { expectParity } from '../support/check-parity'
import { GRID_MAPS } from '../support/grid-maps'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { AFFINE_MAPS, REPROJECT_CASES } from './cases/reproject'

const wasm = await openTestWasm()
const [WIDTH, HEIGHT] = [71, 64]

describe('reproject in WebAssembly', () => {
  it.each(REPROJECT_CASES)('$name', (example) => expectParity(reprojectKernel, example, wasm))
})

describe.each([
  ['the reference', referenceBackend],
  ['WebAssembly', wasm],
])('a picture made in strips by %s', (_name, backend) => {
  const methods = ['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const
  const jobs = [...GRID_MAPS, ...AFFINE_MAPS].flatMap(([name, map]) =>
    methods.map((method) => ({ name, map, method })),
  )
  it.each(jobs)(
    '$name, $method: is that made whole, bit for bit, from no more rows than it needs',
    async ({ map, method }) => {
      const random = createRandom('strips')
      const data = Float32Array.from({ length: WIDTH * HEIGHT }, () =>
        random.uniform() < 0.01 ? Number.NaN : 100 * random.uniform(),
      )
      const rules = { method, map, leastCover: 0.6, clamp: 0.3 }
      const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
      const target = { left: -3, top: -2, width: 66, height: 66 }
      const expected = new Float32Array(66 * 66)
      await backend.run(
        reprojectKernel,
        { ...rules, source: whole, target },
        { data },
        { data: expected },
        idleTask(),
      )
      const found = new Float32Array(66 * 66).fill(Number.NaN)
      for (let row = 0; row < 66; row += 7) {
        const strip = { ...target, top: target.top + row, height: Math.min(7, 66 - row) }
        const source = findMappedWindow({
          map,
          target: strip,
          width: WIDTH,
          height: HEIGHT,
          reach: REACH[method],
        })
        if (source === null) continue
        const rows = { left: 0, top: source.top, width: WIDTH, height: source.height }
        const part = data.slice(source.top * WIDTH, (source.top + source.height) * WIDTH)
        const made = found.subarray(row * 66, (row + strip.height) * 66)
        await backend.run(
          reprojectKernel,
          { ...rules, source: rows, target: strip },
          { data: part },
          { data: made },
          idleTask(),
        )
      }
      expect(found).toEqual(expected)
    },
  )
})

describe('a picture of a frame that hardly turns', () => {
  it.each(AFFINE_MAPS)(
    '%s: is the same bit for bit when each pixel is made by itself',
    async (_name, map) => {
      const random = createRandom('columns')
      const data = Float32Array.from({ length: WIDTH * HEIGHT }, () =>
        random.uniform() < 0.004 ? Number.NaN : 100 * random.uniform() ** 4,
      )
      const source = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
      const rules = { method: 'lanczos3', map, source, leastCover: 1, clamp: 0.3 } as const
      const row = { left: -3, top: 24, width: 80, height: 1 }
      const run = (target: typeof row, made: Float32Array) =>
        wasm.run(reprojectKernel, { ...rules, target }, { data }, { data: made }, idleTask())
      const expected = new Float32Array(80)
      for (let i = 0; i < 80; i++) await run({ ...row, left: i - 3, width: 1 }, expected.subarray(i, i + 1))
      const found = new Float32Array(80)
      await run(row, found)
      expect(found).toEqual(expected)
      expect(found.filter(Number.isFinite).length).toBeGreaterThan(20)
    },
  )
})
