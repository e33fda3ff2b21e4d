import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { reprojectAreaKernel } from '../../web/compute/kernels/reproject-area'
import { createRandom } from '../../web/science/math/random'
import { findMappedWindow, REACH } from '../../web/science/reprojection/find-mapped-window'
import { expectParity } from '../support/check-parity'
import { GRID_MAPS } from '../support/grid-maps'
import { openTestWasm } from '../support/kernel-backends'
import { REPROJECT_AREA_CASES } from './cases/reproject-area'

const wasm = await openTestWasm()
const [WIDTH, HEIGHT] = [71, 64]

describe('reprojecting by area in WebAssembly', () => {
  it.each(REPROJECT_AREA_CASES)('$name', (example) => expectParity(reprojectAreaKernel, example, wasm))

  it.each(GRID_MAPS)(
    '%s: in strips it is that made whole, from no more rows than it needs',
    async (_name, map) => {
      const random = createRandom('strips')
      const data = Float32Array.from({ length: WIDTH * HEIGHT }, () => 100 * random.uniform())
      const rules = { map, per: 'target-pixel', leastCover: 0.3 } as const
      const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
      const target = { left: -3, top: -2, width: 66, height: 66 }
      const expected = new Float32Array(66 * 66)
      await wasm.run(
        reprojectAreaKernel,
        { ...rules, source: whole, target },
        { data },
        { data: expected },
        idleTask(),
      )
      const found = new Float32Array(66 * 66).fill(Number.NaN)
      for (let row = 0; row < 66; row += 5) {
        const strip = { ...target, top: target.top + row, height: Math.min(5, 66 - row) }
        const source = findMappedWindow({
          map,
          target: strip,
          width: WIDTH,
          height: HEIGHT,
          reach: REACH.area,
        })
        if (source === null) continue
        const rows = { left: 0, top: source.top, width: WIDTH, height: source.height }
        const part = data.slice(source.top * WIDTH, (source.top + source.height) * WIDTH)
        const made = found.subarray(row * 66, (row + strip.height) * 66)
        await wasm.run(
          reprojectAreaKernel,
          { ...rules, source: rows, target: strip },
          { data: part },
          { data: made },
          idleTask(),
        )
      }
      for (let i = 0; i < found.length; i++) {
        if (Number.isNaN(expected[i]!)) expect(found[i]).toBeNaN()
        else expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(1e-5)
      }
    },
  )
})
