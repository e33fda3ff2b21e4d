import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { combineDrizzled, type DrizzledFrames } from '../../../web/science/calibration/combine-drizzled'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { createRandom } from '../../../web/science/math/random'

const SEED = 'drops'
const [FRAMES, PIXELS] = [9, 400]

const combine = (given: Omit<DrizzledFrames, 'areas'>, areas = given.planes.map(() => 1)) => {
  const result = {
    data: new Float32Array(PIXELS),
    uncertainty: new Float32Array(PIXELS),
    count: new Uint16Array(PIXELS),
    coverage: new Float32Array(PIXELS),
    rejected: new Float32Array(PIXELS),
  }
  combineDrizzled({ ...given, areas }, result)
  return result
}

const makePlanes = (outliers: boolean): Float32Array[] => {
  const random = createRandom(SEED)
  return Array.from({ length: FRAMES }, (_, frame) =>
    Float32Array.from({ length: PIXELS }, (_, pixel) =>
      outliers && pixel % FRAMES === frame ? 9000 : 50 + 4 * random.normal(),
    ),
  )
}

const even = (): Float32Array[] => Array.from({ length: FRAMES }, () => new Float32Array(PIXELS).fill(1))
const CLIP: Combine & { method: 'mean' } = { method: 'mean', rejection: 'sigma-clip', low: 4, high: 4 }

describe(`drizzled frames (seed ${SEED})`, () => {
  it('whose drops fall evenly are combined as whole pixels are', () => {
    for (const rule of [CLIP, { ...CLIP, rejection: 'none' as const }, { ...CLIP, method: 'sum' as const }]) {
      const planes = makePlanes(true)
      const twin = combineFrames(planes, rule)
      const found = combine({ planes, drops: even(), combine: rule })
      expect([...found.count]).toEqual([...twin.count])
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        expect(Math.abs(found.data[pixel]! - twin.data[pixel]!)).toBeLessThan(1e-3)
        expect(found.uncertainty[pixel]! / twin.uncertainty[pixel]!).toBeCloseTo(1, 4)
      }
    }
  })

  it('weigh by what fell: the sum of light over that of drops', () => {
    const random = createRandom(SEED)
    const planes = makePlanes(false)
    const drops = planes.map((plane) => plane.map(() => (random.uniform() < 0.2 ? 0 : random.uniform())))
    const weights = planes.map(() => 0.5 + random.uniform())
    const found = combine(
      { planes, drops, combine: { method: 'mean', rejection: 'none' }, weights },
      planes.map(() => 0.25),
    )
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const own = drops.map((plane, frame) => plane[pixel]! * weights[frame]!)
      const total = own.reduce((sum, weight) => sum + weight, 0)
      const mean = own.reduce((sum, weight, frame) => sum + weight * planes[frame]![pixel]!, 0) / total
      expect(Math.abs(found.data[pixel]! - mean)).toBeLessThan(1e-4)
      expect(found.coverage[pixel]).toBeCloseTo(4 * drops.reduce((sum, plane) => sum + plane[pixel]!, 0), 4)
    }
  })

  it('say how uncertain they are: as often within one sigma as the means scatter', () => {
    const random = createRandom(`${SEED} many`)
    const drops = Array.from({ length: FRAMES }, () =>
      Float32Array.from({ length: PIXELS }, () => 0.3 + 0.7 * random.uniform()),
    )
    let [within, all] = [0, 0]
    for (let trial = 0; trial < 20; trial++) {
      const planes = drops.map(() => Float32Array.from({ length: PIXELS }, () => 3 * random.normal()))
      const { data, uncertainty } = combine({ planes, drops, combine: { method: 'mean', rejection: 'none' } })
      for (let pixel = 0; pixel < PIXELS; pixel++, all++)
        if (Math.abs(data[pixel]!) < uncertainty[pixel]!) within++
    }
    // Student's t with eight degrees of freedom: 65.3 %; unlike weights cost a little.
    expect(within / all).toBeGreaterThan(0.62)
    expect(within / all).toBeLessThan(0.67)
  })

  it('have no value where nothing fell', () => {
    const planes = makePlanes(false).map((plane) => plane.fill(Number.NaN, 0, 10))
    const drops = even().map((plane) => plane.fill(0, 0, 10))
    const { data, count, coverage, rejected } = combine({ planes, drops, combine: CLIP })
    expect(data[3]).toBeNaN()
    expect([count[3], coverage[3], rejected[3]]).toEqual([0, 0, 0])
    expect(data[10]).not.toBeNaN()
  })
})
