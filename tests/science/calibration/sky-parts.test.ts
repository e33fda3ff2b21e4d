import { describe, expect, it } from 'vitest'
import { fitFringeScale, makeFringeMap, removeFringes } from '../../../web/science/calibration/fringe'
import { evaluateGradient, fitGradient, removeGradient } from '../../../web/science/calibration/gradient'
import { maskStars } from '../../../web/science/calibration/mask-stars'
import { median } from '../../../web/science/math/median'
import { createRandom } from '../../../web/science/math/random'
import { robustDeviation } from '../../../web/science/math/statistics'
import golden from '../../golden/calibration/sky-parts.json'
import { drawLcg, makePlane } from './lcg-frames'

const { width, height } = golden

/** The frames of make_sky_parts.py. */
const makeFrames = () => {
  const draw = drawLcg(golden.seed)
  const fringe = Float32Array.from(
    makePlane(width, height, (x, y) => {
      const phase = ((3 * x + 2 * y + (x * y) / 64) % 60) / 60
      return 4 * phase * (1 - phase) - 2 / 3
    }),
  )
  const plane = makePlane(
    width,
    height,
    (x, y) => 500 + 0.6 * x - 0.4 * y + 0.004 * x * y + 9 * (draw() + draw() - 1),
  )
  for (let star = 0; star < 25; star++) {
    const [sx, sy, peak] = [draw() * width, draw() * height, 50 + 3000 * draw()]
    for (let i = 0; i < plane.length; i++) {
      const q = 1 + (((i % width) - sx) ** 2 + (Math.floor(i / width) - sy) ** 2) / 4
      plane[i] = plane[i]! + peak / (q * q * q * q)
    }
  }
  return { plane: Float32Array.from(plane), fringe }
}

const { plane, fringe } = makeFrames()
const image = { width, height, data: plane }
const relative = (found: number, wanted: number): number => Math.abs(found / wanted - 1)

describe(`against numpy ${golden.versions.numpy} and astropy ${golden.versions.astropy}`, () => {
  it('the frame is the one that the golden numbers are of', () => {
    expect(plane.reduce((sum, value) => sum + value, 0)).toBe(golden.checksum)
  })

  it('the strength of fringes', () => {
    const data = plane.map((value, i) => value + 37.5 * fringe[i]!)
    const fit = fitFringeScale({ data }, fringe)!
    expect(fit.used).toBe(golden.fringe.used)
    for (const name of ['scale', 'offset', 'scatter', 'error'] as const)
      expect(relative(fit[name], golden.fringe[name])).toBeLessThan(1e-9)
    // And it is what was put in, though the stars were not masked and the sky has a slope.
    expect(relative(fit.scale, 37.5)).toBeLessThan(0.1)
  })

  it.each(golden.surfaces)(
    'a surface of degree $degree through boxes of $box',
    ({ degree, box, mean, picked }) => {
      const surface = fitGradient(image, { degree, box, rounds: 0 })!
      const values = evaluateGradient(surface)
      for (const [x, y, value] of picked as [number, number, number][])
        expect(relative(values[y * width + x]!, value)).toBeLessThan(1e-6)
      // The mean over the pixels and that over the square differ by the finite number of pixels.
      expect(relative(surface.coefficients[0]!, mean)).toBeLessThan(2e-3)
    },
  )
})

describe('a gradient', () => {
  const noise = createRandom('moon')
  const scene = (sky: (x: number, y: number) => number) => {
    const data = Float32Array.from(makePlane(300, 220, (x, y) => sky(x, y) + 6 * noise.normal()))
    for (let star = 0; star < 60; star++) {
      const [sx, sy, peak] = [300 * noise.uniform(), 220 * noise.uniform(), 40 * 10 ** (2 * noise.uniform())]
      for (let i = 0; i < data.length; i++)
        data[i] = data[i]! + peak * Math.exp(-(((i % 300) - sx) ** 2 + (Math.floor(i / 300) - sy) ** 2) / 8)
    }
    return { width: 300, height: 220, data }
  }

  it('of moonlight is taken off to the noise of a box, under stars and a galaxy (seed moon)', () => {
    const sky = (x: number, y: number) => 900 + 0.5 * x - 0.3 * y + 0.0012 * (x - 150) * (y - 110)
    const frame = scene(sky)
    for (let i = 0; i < frame.data.length; i++)
      frame.data[i] =
        frame.data[i]! + 300 * Math.exp(-Math.hypot((i % 300) - 210, Math.floor(i / 300) - 150) / 9)
    const surface = fitGradient(frame, { degree: 2, box: 20, mask: maskStars(frame, { box: 50 }) })!
    const found = evaluateGradient(surface)
    const worst = Math.max(...makePlane(300, 220, sky).map((value, i) => Math.abs(value - found[i]!)))
    // The sky goes from 834 to 1050; a box of 400 pixels knows its level to 0.4.
    expect(worst).toBeLessThan(2)
    removeGradient(frame, surface, 'subtract')
    const corners = [0, 280, 200 * 300, 200 * 300 + 280].map((at) =>
      median(Array.from({ length: 400 }, (_, k) => frame.data[at + (k % 20) + 300 * Math.floor(k / 20)]!)),
    )
    expect(Math.max(...corners) - Math.min(...corners)).toBeLessThan(4)
    expect(Math.abs(median(frame.data) - surface.coefficients[0]!)).toBeLessThan(3)
  })

  it('that is none stays none; dividing keeps the ratio of a pixel to its error', () => {
    const flat = { width: 64, height: 64, data: new Float32Array(4096).fill(7) }
    const surface = fitGradient(flat, { degree: 3, box: 8 })!
    surface.coefficients.forEach((value, k) => expect(value).toBeCloseTo(k === 0 ? 7 : 0, 10))
    const slope = { width: 64, height: 64, data: Float32Array.from(makePlane(64, 64, (x) => 100 + x)) }
    const uncertainty = slope.data.map((value) => 0.1 * value)
    removeGradient({ data: slope.data, uncertainty }, fitGradient(slope, { degree: 1, box: 8 })!, 'divide')
    slope.data.forEach((value, i) => {
      expect(Math.abs(value - 131.5)).toBeLessThan(1e-3)
      expect(Math.abs(uncertainty[i]! - 13.15)).toBeLessThan(1e-3)
    })
  })

  it('needs boxes enough', () => {
    const small = { width: 64, height: 64, data: plane.slice(0, 4096) }
    expect(fitGradient(small, { degree: 4, box: 32 })).toBeNull()
    expect(
      fitGradient({ ...small, data: small.data.map(() => Number.NaN) }, { degree: 1, box: 8 }),
    ).toBeNull()
  })

  it('is evaluated as its terms say, one by one (seed terms)', () => {
    const random = createRandom('terms')
    const coefficients = Float64Array.from({ length: 10 }, () => random.normal())
    const surface = { width: 7, height: 5, degree: 3, coefficients, scatter: 0, used: 0, rejected: 0 }
    const legendre = [
      () => 1,
      (u: number) => u,
      (u: number) => (3 * u * u - 1) / 2,
      (u: number) => (5 * u ** 3 - 3 * u) / 2,
    ]
    evaluateGradient(surface).forEach((value, at) => {
      const [u, v] = [(2 * (at % 7)) / 6 - 1, (2 * Math.floor(at / 7)) / 4 - 1]
      let term = 0
      let wanted = 0
      for (let j = 0; j <= 3; j++)
        for (let i = 0; i + j <= 3; i++) wanted += coefficients[term++]! * legendre[i]!(u) * legendre[j]!(v)
      expect(value).toBeCloseTo(wanted, 5)
    })
  })
})

describe('fringes', () => {
  const [columns, rows] = [200, 160]
  const random = createRandom('airglow')
  const pattern = Float32Array.from(
    makePlane(
      columns,
      rows,
      (x, y) => 0.03 * Math.sin((x + 0.4 * y + (x * y) / 300) / 7) + 0.01 * Math.cos((y - 0.2 * x) / 11),
    ),
  )
  const field = Array.from({ length: 80 }, () => ({
    x: 260 * random.uniform() - 30,
    y: 220 * random.uniform() - 30,
    peak: 30 * 10 ** (2 * random.uniform()),
  }))
  const expose = (sky: number, [dx, dy]: readonly [number, number], noise: string): Float32Array => {
    const draw = createRandom(noise)
    const data = makePlane(columns, rows, (x, y) => sky * (1 + pattern[y * columns + x]!))
    for (const { x, y, peak } of field)
      for (let i = 0; i < data.length; i++)
        data[i] =
          data[i]! +
          peak * Math.exp(-(((i % columns) - x - dx) ** 2 + (Math.floor(i / columns) - y - dy) ** 2) / 6)
    return Float32Array.from(data, (value) => value + Math.sqrt(value) * draw.normal())
  }
  const skies = [2000, 2300, 2600, 2200, 1900, 2100, 2500, 2400, 2000]
  const frames = skies.map((sky, i) => expose(sky, [17 * (i % 3), 13 * Math.floor(i / 3)], `frame ${i}`))
  const masked = frames.map((data) => ({
    data,
    mask: maskStars({ width: columns, height: rows, data }, { box: 40, sigma: 3.5 }),
  }))

  it('the map is the pattern, and taking it off leaves the noise (seed airglow)', () => {
    const map = makeFringeMap(masked)
    const off = map.data.map((value, i) => value - pattern[i]!)
    // Noise of a frame is 2.1 % of the sky a pixel; of a median of nine 0.9 %.
    expect(robustDeviation(off)).toBeLessThan(0.011)
    expect(Math.abs(median(map.data))).toBeLessThan(1e-6)
    const pulls = off.map((value, i) => value / map.uncertainty[i]!)
    expect(robustDeviation(pulls)).toBeGreaterThan(0.7)
    expect(robustDeviation(pulls)).toBeLessThan(1.4)

    const data = expose(3000, [5, 31], 'another')
    const mask = maskStars({ width: columns, height: rows, data }, { box: 40, sigma: 3.5 })
    // With the true pattern the strength is the sky; with a noisy map it is less by the noise's part of the map's variance.
    const exact = fitFringeScale({ data, mask }, pattern)!
    expect(Math.abs(exact.scale - 3000) / exact.error).toBeLessThan(4)
    expect(exact.error / 3000).toBeLessThan(0.01)
    const fit = fitFringeScale({ data, mask }, map.data)!
    expect(relative(fit.scale, 3000)).toBeLessThan(0.25)
    const before = fitFringeScale({ data, mask }, pattern)!.scale
    removeFringes({ data }, map, 3000)
    const left = fitFringeScale({ data, mask }, pattern)!.scale
    expect(Math.abs(left / before)).toBeLessThan(0.05)
  })

  it('a star that nobody masked does not tilt the strength', () => {
    const data = expose(3000, [5, 31], 'unmasked')
    const fit = fitFringeScale({ data }, pattern)!
    expect(relative(fit.scale, 3000)).toBeLessThan(0.03)
  })

  it('the uncertainty takes in that of the map; a pixel that the map does not know stays', () => {
    const data = Float32Array.of(10, 20)
    const uncertainty = Float32Array.of(3, 3)
    const map = { data: Float32Array.of(0.5, Number.NaN), uncertainty: Float32Array.of(0.4, Number.NaN) }
    removeFringes({ data, uncertainty }, map, 10)
    expect([...data]).toEqual([5, 20])
    expect([...uncertainty]).toEqual([5, 3])
  })

  it('refuses two frames, and a frame without sky; a flat map has no strength', () => {
    expect(() => makeFringeMap(masked.slice(0, 2))).toThrow(/at least 3 frames; 2 were given/)
    const dark = { data: new Float32Array(columns * rows) }
    expect(() => makeFringeMap([...masked.slice(0, 2), dark])).toThrow(/Frame 3 .* no sky/)
    expect(fitFringeScale(masked[0]!, new Float32Array(columns * rows))).toBeNull()
  })
})

describe('maskStars', () => {
  it('takes in stars to their wings and leaves nearly all of the sky (seed stars)', () => {
    const random = createRandom('stars')
    const data = Float32Array.from(makePlane(256, 256, (x) => 400 + 0.3 * x + 5 * random.normal()))
    const stars = Array.from(
      { length: 30 },
      () => [10 + 236 * random.uniform(), 10 + 236 * random.uniform()] as const,
    )
    const light = makePlane(256, 256, (x, y) =>
      stars.reduce((sum, [sx, sy]) => sum + 500 * Math.exp(-((x - sx) ** 2 + (y - sy) ** 2) / 8), 0),
    )
    const mask = maskStars({ width: 256, height: 256, data: data.map((value, i) => value + light[i]!) })
    let [missed, dark] = [0, 0]
    light.forEach((value, i) => {
      if (value > 5 && mask[i] === 0) missed++
      if (value < 1e-3 && mask[i] !== 0) dark++
    })
    expect(missed).toBe(0)
    expect(dark / light.length).toBeLessThan(0.03)
  })

  it('a lone hot pixel does not grow, a hole is masked', () => {
    const random = createRandom('hot')
    const data = Float32Array.from({ length: 4096 }, () => 100 + 0.1 * random.normal())
    data[64 * 20 + 20] = 900
    data[64 * 40 + 40] = Number.NaN
    const mask = maskStars({ width: 64, height: 64, data }, { sigma: 6 })
    expect([...mask.keys()].filter((i) => mask[i] !== 0)).toEqual([64 * 20 + 20, 64 * 40 + 40])
  })
})
