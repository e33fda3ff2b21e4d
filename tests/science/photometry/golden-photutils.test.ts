import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Image } from '../../../web/core/image'
import { measureApertures } from '../../../web/science/photometry/measure-aperture'
import { measureStar } from '../../../web/science/photometry/measure-star'
import { measureSkyAnnulus } from '../../../web/science/photometry/sky-annulus'
import { readHatp32Frame } from '../../support/read-hatp32'
import { requireShared } from '../../support/shared-data'

interface Measured {
  positions: [number, number][]
  sky: number[]
  skyMean: number[]
  skySigma: number[]
  sums: number[][]
  areas: number[][]
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/photometry/aperture-photometry.json'), 'utf8'),
) as {
  width: number
  height: number
  seed: number
  radii: number[]
  annulus: [number, number]
  checksum: number
  synthetic: Measured
  real: Measured & { frame: string }
}

/** The same pixels as the generator beside the golden file makes, number for number. */
const makeImage = (): Image => {
  const { width, height } = golden
  let state = golden.seed
  const draw = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 4294967296
  }
  const noise = Float64Array.from({ length: width * height }, () => draw() + draw() + draw() - 1.5)
  const plane = noise.map((value, i) => 500 + 0.125 * (i % width) + 8 * value)
  for (let star = 0; star < 100; star++) {
    const [x, y, peak] = [draw() * width, draw() * height, 50 + 4000 * draw()]
    for (let i = 0; i < plane.length; i++) {
      const dx = (i % width) - x
      const dy = Math.floor(i / width) - y
      const q = 1 + (dx * dx + dy * dy) / 4
      plane[i] = plane[i]! + peak / (q * q * q * q)
    }
  }
  return { width, height, data: Float32Array.from(plane) }
}

const compare = (
  image: Image,
  measured: Measured,
): { sums: number; areas: number; sky: number; net: number } => {
  const worst = { sums: 0, areas: 0, sky: 0, net: 0 }
  measured.positions.forEach(([x, y], star) => {
    const { sums, areas } = measureApertures(image, { x, y }, golden.radii)
    const sky = measureSkyAnnulus(image, { x, y }, golden.annulus)
    worst.sky = Math.max(
      worst.sky,
      Math.abs(sky.level - measured.sky[star]!),
      Math.abs(sky.mean - measured.skyMean[star]!),
      Math.abs(sky.sigma - measured.skySigma[star]!),
    )
    const whole = measureStar(
      image,
      { x, y },
      {
        radii: golden.radii,
        annulus: golden.annulus,
        gain: null,
        readNoise: null,
        saturation: null,
        centroid: false,
      },
    )
    golden.radii.forEach((_, r) => {
      const sum = measured.sums[r]![star]!
      const area = measured.areas[r]![star]!
      worst.sums = Math.max(worst.sums, Math.abs(sums[r]! / sum - 1))
      worst.areas = Math.max(worst.areas, Math.abs(areas[r]! / area - 1))
      worst.net = Math.max(worst.net, Math.abs(whole.fluxes[r]! - (sum - measured.sky[star]! * area)) / sum)
    })
  })
  return worst
}

describe('against photutils', () => {
  test('100 stars on the synthetic image, edges included', () => {
    const image = makeImage()
    expect(Math.abs(image.data.reduce((sum, value) => sum + value, 0) / golden.checksum - 1)).toBeLessThan(
      1e-12,
    )
    const worst = compare(image, golden.synthetic)
    expect(golden.synthetic.positions).toHaveLength(100)
    expect(worst.sums).toBeLessThan(1e-10)
    expect(worst.areas).toBeLessThan(1e-10)
    expect(worst.sky).toBeLessThan(1e-9)
    expect(worst.net).toBeLessThan(1e-10)
  })

  const folder = requireShared('data/hatp32_transit/HatP32Dec202017')
  test.skipIf(folder === null)('64 places on a real frame of HAT-P-32', () => {
    const worst = compare(readHatp32Frame(join(folder!, golden.real.frame)), golden.real)
    expect(worst.sums).toBeLessThan(1e-10)
    expect(worst.sky).toBeLessThan(1e-9)
    expect(worst.net).toBeLessThan(1e-10)
  })
})
