import { describe, expect, it } from 'vitest'
import { affineMap } from '../../web/core/pixel-map'
import { idleTask } from '../../web/core/task'
import { invertTransform } from '../../web/core/transform'
import { drizzleKernel } from '../../web/compute/kernels/drizzle'
import { createRandom } from '../../web/science/math/random'
import { findMappedWindow, REACH } from '../../web/science/reprojection/find-mapped-window'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { DRIZZLE_CASES } from './cases/drizzle'

const wasm = await openTestWasm()
const [WIDTH, HEIGHT] = [61, 54]

describe('drizzle in WebAssembly', () => {
  it.each(DRIZZLE_CASES)('$name', (example) => expectParity(drizzleKernel, example, wasm))

  it.each([2.1, 0.9, 0.4])(
    'a strip of the grid at %f times the scale needs no more rows than the way back says',
    async (scale) => {
      const random = createRandom('strips')
      const data = Float32Array.from({ length: WIDTH * HEIGHT }, () => 100 * random.uniform())
      const transform = { a: scale, b: 0.4 * scale, c: 10, d: -0.4 * scale, e: scale, f: 30 }
      const [map, back] = [affineMap(transform), affineMap(invertTransform(transform))]
      const rules = { map, pixfrac: 1, per: 'source-pixel', weight: 1 } as const
      const target = { left: 0, top: 0, width: 90, height: 90 }
      const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
      const make = (length: number) => ({ flux: new Float64Array(length), weight: new Float64Array(length) })
      const expected = make(8100)
      await wasm.run(drizzleKernel, { ...rules, source: whole, target }, { data }, expected, idleTask())
      for (let row = 0; row < 90; row += 4) {
        const strip = { ...target, top: row, height: Math.min(4, 90 - row) }
        const made = make(90 * strip.height)
        const source = findMappedWindow({
          map: back,
          target: strip,
          width: WIDTH,
          height: HEIGHT,
          reach: REACH.drizzle,
        })
        if (source !== null) {
          const rows = { left: 0, top: source.top, width: WIDTH, height: source.height }
          const part = data.slice(source.top * WIDTH, (source.top + source.height) * WIDTH)
          await wasm.run(
            drizzleKernel,
            { ...rules, source: rows, target: strip },
            { data: part },
            made,
            idleTask(),
          )
        }
        expect(made.flux).toEqual(expected.flux.slice(row * 90, (row + strip.height) * 90))
      }
    },
  )
})
