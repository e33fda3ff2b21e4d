import { beforeAll, describe, expect, it } from 'vitest'
import type { Compute } from '../../web/compute/create-compute'
import { idleTask } from '../../web/core/task'
import { measureFrameInto, measureInto } from '../../web/pipeline/measure-stars'
import { createPhotometryKernels } from '../../web/pipeline/photometry-kernels'
import { createRandom } from '../../web/science/math/random'
import { openTestCompute } from '../support/run-in-process'

/** Stars of many sizes, close pairs, some over the edge, hot and missing pixels. */
const makeField = (seed: string) => {
  const random = createRandom(seed)
  const [width, height] = [240, 180]
  const data = Float32Array.from({ length: width * height }, () => 400 + 9 * random.normal())
  const stars = Array.from({ length: 60 }, (_, star) => ({
    x: star < 4 ? 2 + 3 * random.uniform() : width * random.uniform(),
    y: height * random.uniform(),
  }))
  for (const { x, y } of stars) {
    const peak = 20 + 30_000 * random.uniform() ** 3
    for (let j = Math.max(0, Math.floor(y) - 12); j < Math.min(height, y + 13); j++) {
      for (let i = Math.max(0, Math.floor(x) - 12); i < Math.min(width, x + 13); i++)
        data[j * width + i]! += peak * Math.exp(-((i - x) ** 2 + (j - y) ** 2) / 5)
    }
  }
  for (let hole = 0; hole < 60; hole++) data[Math.floor(random.uniform() * data.length)] = Number.NaN
  const image = { width, height, data }
  const raw = { width, height, data: data.map((value) => value + 100) }
  const places = stars.map(({ x, y }) => ({ x: x + 0.4 * random.normal(), y: y + 0.4 * random.normal() }))
  return { image, raw, places }
}

const table = { radii: [6, 2.5, 4], annulus: [9, 15], gain: 1.4, readNoise: 7, position: null } as const

describe('all stars of a frame measured together', () => {
  let compute: Compute
  beforeAll(async () => {
    compute = await openTestCompute()
  })

  it.each([
    { centroid: true, fwhm: 3.6 },
    { centroid: true, fwhm: null },
    { centroid: false, fwhm: null },
  ])('have what each has on its own: seed field, centroid $centroid, width $fwhm', async (rules) => {
    const how = { ...rules, saturation: 25_000 }
    const { image, raw, places } = makeField('field')
    const alone = measureInto(
      places.map((at) => ({ pixels: image, raw, at })),
      table,
      how,
    )
    const together = await compute.inTurn(() =>
      measureFrameInto(createPhotometryKernels(compute, idleTask()), { image, raw }, places, table, how),
    )
    for (const [name, column] of Object.entries(alone)) {
      const found = together[name as keyof typeof together]
      expect(found.length, name).toBe(column.length)
      column.forEach((value, index) => {
        const apart = Math.abs(found[index]! - value)
        const agree = Number.isNaN(value)
          ? Number.isNaN(found[index])
          : apart <= 1e-7 + 1e-9 * Math.abs(value)
        expect(agree, `${name} ${index}: ${value} and ${found[index]}`).toBe(true)
      })
    }
    expect(new Set(together.flags).size).toBeGreaterThan(3)
  })
})
