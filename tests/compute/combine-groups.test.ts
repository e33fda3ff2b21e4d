import { describe, expect, it } from 'vitest'
import type { Combine } from '../../web/core/combine'
import { idleTask } from '../../web/core/task'
import { createCompute } from '../../web/compute/create-compute'
import { combineKernel } from '../../web/compute/kernels/combine'
import { createRandom } from '../../web/science/math/random'
import { compileKernels } from '../support/kernel-backends'

const SEED = 'neighbours with holes'
const FRAMES = 12
const LENGTH = 64

const RULES: [string, Combine][] = [
  ['mean', { method: 'mean', rejection: 'none' }],
  ['median', { method: 'median', rejection: 'none' }],
  ['sum', { method: 'sum', rejection: 'none' }],
  ['clipped mean', { method: 'mean', rejection: 'sigma-clip', low: 2, high: 2, iterations: 3 }],
  ['once clipped', { method: 'mean', rejection: 'sigma-clip', low: 1.5, high: 1.5, iterations: 1 }],
]

/** Every third pixel has holes in some of its planes. */
const makePlanes = (): Float32Array[] => {
  const random = createRandom(SEED)
  return Array.from({ length: FRAMES }, () =>
    Float32Array.from({ length: LENGTH }, (_, pixel) =>
      pixel % 3 === 0 && random.uniform() < 0.4 ? Number.NaN : 100 + 3 * random.normal(),
    ),
  )
}

describe(`a pixel beside others with holes (seed ${SEED})`, () => {
  it.each(RULES)('comes to the same bits wherever a strip begins: %s', async (_name, combine) => {
    const compute = await createCompute({ module: await compileKernels(), memoryBytes: 1 << 24 })
    const planes = makePlanes()
    const combineFrom = async (start: number) => {
      const length = LENGTH - start
      const made = {
        data: new Float32Array(length),
        uncertainty: new Float32Array(length),
        count: new Uint16Array(length),
      }
      const given = planes.map((plane) => plane.slice(start))
      await compute.run(combineKernel, { combine }, { planes: given }, made, idleTask())
      return made
    }
    const whole = await combineFrom(0)
    for (const start of [1, 2, 3]) {
      const cut = await combineFrom(start)
      expect(cut.data).toEqual(whole.data.slice(start))
      expect(cut.uncertainty).toEqual(whole.uncertainty.slice(start))
      expect(cut.count).toEqual(whole.count.slice(start))
    }
  })
})
