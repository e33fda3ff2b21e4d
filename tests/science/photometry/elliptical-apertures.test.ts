import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { overlapPixel } from '../../../web/science/photometry/circular-overlap'
import { overlapEllipse } from '../../../web/science/photometry/elliptical-overlap'
import { measureEllipse } from '../../../web/science/photometry/measure-ellipse'
import { createRandom } from '../../../web/science/math/random'

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/photometry/elliptical-apertures.json'), 'utf8'),
) as {
  width: number
  height: number
  apertures: {
    x: number
    y: number
    semiMajor: number
    ratio: number
    angle: number
    sum: number
    area: number
  }[]
}

/** The slow twin: which of many points of the pixel lie within. */
const slowOverlap = (
  dx: number,
  dy: number,
  { semiMajor, ratio, angle }: { semiMajor: number; ratio: number; angle: number },
): number => {
  const steps = 300
  let inside = 0
  for (let j = 0; j < steps; j++) {
    for (let i = 0; i < steps; i++) {
      const x = dx - 0.5 + (i + 0.5) / steps
      const y = dy - 0.5 + (j + 0.5) / steps
      const u = (x * Math.cos(angle) + y * Math.sin(angle)) / semiMajor
      const v = (y * Math.cos(angle) - x * Math.sin(angle)) / (semiMajor * ratio)
      if (u * u + v * v <= 1) inside++
    }
  }
  return inside / steps ** 2
}

describe('elliptical apertures', () => {
  it('seed "ellipses": equal the slow twin for 60 pixels', () => {
    const random = createRandom('ellipses')
    for (let k = 0; k < 60; k++) {
      const ellipse = {
        semiMajor: 0.2 + 5 * random.uniform(),
        ratio: 0.1 + 0.9 * random.uniform(),
        angle: 7 * random.uniform() - 3.5,
      }
      const dx = (2 * random.uniform() - 1) * (ellipse.semiMajor + 0.5)
      const dy = (2 * random.uniform() - 1) * (ellipse.semiMajor + 0.5)
      expect(Math.abs(overlapEllipse(dx, dy, ellipse) - slowOverlap(dx, dy, ellipse))).toBeLessThan(2e-3)
    }
  })

  it('seed "whole ellipse": all pixels together make pi a b', () => {
    const random = createRandom('whole ellipse')
    for (let k = 0; k < 100; k++) {
      const ellipse = {
        semiMajor: 0.05 + 12 * random.uniform(),
        ratio: 0.05 + 0.95 * random.uniform(),
        angle: 7 * random.uniform() - 3.5,
      }
      const [x, y] = [random.uniform(), random.uniform()]
      const reach = Math.ceil(ellipse.semiMajor) + 2
      let area = 0
      for (let j = -reach; j <= reach; j++)
        for (let i = -reach; i <= reach; i++) area += overlapEllipse(i - x, j - y, ellipse)
      const whole = Math.PI * ellipse.semiMajor ** 2 * ellipse.ratio
      expect(Math.abs(area / whole - 1)).toBeLessThan(1e-11)
    }
  })

  it('seed "round": a round one is a circle, whatever its angle', () => {
    const random = createRandom('round')
    for (let k = 0; k < 300; k++) {
      const semiMajor = 0.05 + 6 * random.uniform()
      const [dx, dy] = [8 * random.uniform() - 4, 8 * random.uniform() - 4]
      const ellipse = { semiMajor, ratio: 1, angle: 10 * random.uniform() }
      expect(Math.abs(overlapEllipse(dx, dy, ellipse) - overlapPixel(dx, dy, semiMajor))).toBeLessThan(1e-12)
    }
  })

  it('have the sums and areas that photutils finds, also over the edge', () => {
    const { width, height } = golden
    const data = Float32Array.from(
      { length: width * height },
      (_, at) => ((at % width) * 7919 + Math.floor(at / width) * 104_729) % 1009,
    )
    for (const { x, y, semiMajor, ratio, angle, sum, area } of golden.apertures) {
      const measured = measureEllipse({ width, height, data }, { x, y }, semiMajor, { ratio, angle })
      expect(Math.abs(measured.sum - sum)).toBeLessThan(1e-8 * sum)
      expect(Math.abs(measured.area - area)).toBeLessThan(1e-9 * area)
    }
  })

  it('leave out what has no value, and flag it', () => {
    const data = new Float32Array(400).fill(2)
    data[10 * 20 + 10] = Number.NaN
    const shape = { ratio: 0.5, angle: 0.4 }
    const holed = measureEllipse({ width: 20, height: 20, data }, { x: 10, y: 10 }, 5, shape)
    expect(holed.area).toBeCloseTo(Math.PI * 12.5 - 1, 10)
    expect(holed.sum).toBeCloseTo(2 * holed.area, 8)
    expect(holed.peak).toBe(2)
    expect(holed.flags).not.toBe(0)
    expect(measureEllipse({ width: 20, height: 20, data }, { x: -30, y: 5 }, 5, shape)).toMatchObject({
      area: 0,
      sum: 0,
      peak: NaN,
    })
  })
})
