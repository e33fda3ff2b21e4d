import { describe, expect, it } from 'vitest'
import { affineMap } from '../../../web/core/pixel-map'
import { IDENTITY_TRANSFORM } from '../../../web/core/transform'
import { resampleImage } from '../../../web/science/image/resample-image'
import { createRandom } from '../../../web/science/math/random'
import { reprojectWindow, type ReprojectMethod } from '../../../web/science/reprojection/reproject-window'

const SIZE = 48
const whole = { left: 0, top: 0, width: SIZE, height: SIZE }
const METHODS = ['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const
const turned = affineMap({ a: 0.83, b: -0.41, c: 14.2, d: 0.4, e: 0.85, f: -5.6 })

const fill = (value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: SIZE * SIZE }, (_, i) => value(i % SIZE, Math.floor(i / SIZE)))

const run = (
  method: ReprojectMethod,
  data: Float32Array,
  {
    map = turned,
    leastCover = 1,
    clamp = null as number | null,
    uncertainty = undefined as Float32Array | undefined,
  } = {},
) => {
  const made = {
    data: new Float32Array(SIZE * SIZE),
    uncertainty: new Float32Array(SIZE * SIZE),
    coverage: new Float32Array(SIZE * SIZE),
  }
  reprojectWindow(
    { method, map, source: whole, target: whole, leastCover, clamp },
    { data, uncertainty },
    made,
  )
  return made
}

const random = createRandom('reproject')
const noise = fill(() => 100 + 5 * random.normal())

describe.each(METHODS)('reprojecting, %s', (method) => {
  it('gives the frame back under the identity, bit for bit, to its edges and about a missing pixel', () => {
    const holed = noise.slice()
    holed[20 * SIZE + 20] = Number.NaN
    const { data, coverage } = run(method, holed, { map: affineMap(IDENTITY_TRANSFORM), clamp: 0.3 })
    expect(data).toEqual(holed)
    coverage.forEach((cover, i) => expect(cover).toBe(i === 20 * SIZE + 20 ? 0 : 1))
  })

  it('keeps a constant constant, at edges and beside missing pixels too (seed holes)', () => {
    const holes = createRandom('holes')
    const { data } = run(
      method,
      fill(() => (holes.uniform() < 0.05 ? Number.NaN : 7)),
      { leastCover: 0.4, clamp: 0.3 },
    )
    const kept = data.filter((value) => !Number.isNaN(value))
    expect(kept.length).toBeGreaterThan(1000)
    for (const value of kept) expect(Math.abs(value - 7)).toBeLessThan(1e-5)
  })

  it('has a value only where enough of its weight is known', () => {
    const holes = createRandom('cover')
    const holed = fill(() => (holes.uniform() < 0.1 ? Number.NaN : 7))
    const strict = run(method, holed)
    const free = run(method, holed, { leastCover: 0.6 })
    strict.data.forEach((value, i) => expect(Number.isNaN(value)).toBe(strict.coverage[i]! < 1 - 1e-6))
    free.data.forEach((value, i) => {
      if (free.coverage[i]! < 0.6 - 1e-5) expect(value).toBeNaN()
      if (free.coverage[i] === 1) expect(value).toBe(strict.data[i])
    })
    const known = (data: Float32Array) => data.filter((value) => !Number.isNaN(value)).length
    if (method !== 'nearest') expect(known(free.data)).toBeGreaterThan(1.2 * known(strict.data))
  })

  it('has the uncertainty that noise of that size leaves (200 frames, seed scatter)', () => {
    const scatter = createRandom('scatter')
    const sigma = fill((x, y) => 2 + 0.05 * x + 0.03 * y)
    const { uncertainty } = run(method, noise, { uncertainty: sigma })
    const squares = new Float64Array(SIZE * SIZE)
    for (let k = 0; k < 200; k++) {
      const { data } = run(
        method,
        fill((x, y) => sigma[y * SIZE + x]! * scatter.normal()),
      )
      data.forEach((value, i) => (squares[i]! += (value * value) / 200))
    }
    let [ratio, count] = [0, 0]
    uncertainty.forEach((value, i) => {
      if (Number.isNaN(value)) return
      ratio += squares[i]! / (value * value)
      count++
    })
    expect(count).toBeGreaterThan(800)
    expect(Math.abs(ratio / count - 1)).toBeLessThan(0.02)
  })
})

it.each(['nearest', 'bilinear', 'lanczos3'] as const)(
  '%s agrees with resampling by a transform',
  (method) => {
    const image = { width: SIZE, height: SIZE, data: noise }
    const expected = resampleImage(image, turned.transform, { width: SIZE, height: SIZE, method })
    const { data } = run(method, noise)
    expected.data.forEach((value, i) => {
      if (!Number.isNaN(value)) expect(Math.abs(data[i]! - value)).toBeLessThan(2e-5)
    })
  },
)

it('bicubic follows a parabola', () => {
  const parabola = (x: number, y: number) =>
    3 + 0.2 * x - 0.1 * y + 0.01 * x * x - 0.02 * x * y + 0.03 * y * y
  const { data } = run('bicubic', fill(parabola))
  const { a, b, c, d, e, f } = turned.transform
  let compared = 0
  data.forEach((value, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
    if (Number.isNaN(value)) return
    compared++
    // A position is rounded to 1/4096 of a pixel.
    expect(Math.abs(value - parabola(a * x + b * y + c, d * x + e * y + f))).toBeLessThan(5e-4)
  })
  expect(compared).toBeGreaterThan(500)
})

describe('clamping of Lanczos-3', () => {
  const shift = affineMap({ ...IDENTITY_TRANSFORM, c: 0.5, f: 0.5 })

  it('takes the dark ring about a hot pixel away, and leaves a well sampled star as it is', () => {
    const hot = fill((x, y) => 100 + (x === 20 && y === 20 ? 10_000 : 0))
    const ring = (clamp: number | null) =>
      Math.min(...run('lanczos3', hot, { map: shift, clamp }).data.filter((v) => !Number.isNaN(v)))
    expect(ring(null)).toBeLessThan(-500)
    expect(ring(0.3)).toBeGreaterThan(95)
    expect(ring(0)).toBeGreaterThanOrEqual(99.99)
    const star = fill(
      (x, y) => 100 + 10_000 * Math.exp(-((x - 20.3) ** 2 + (y - 20.6) ** 2) / (2 * 1.3 ** 2)),
    )
    const [free, clamped] = [
      run('lanczos3', star, { map: turned }),
      run('lanczos3', star, { map: turned, clamp: 0.3 }),
    ]
    let [sum, difference] = [0, 0]
    free.data.forEach((value, i) => {
      if (Number.isNaN(value)) return
      sum += value - 100
      difference += clamped.data[i]! - value
    })
    expect(Math.abs(difference / sum)).toBeLessThan(1e-3)
  })

  it('moves the mean of pure noise by less than 0.01 sigma (seed quiet)', () => {
    const quiet = createRandom('quiet')
    let [sum, count] = [0, 0]
    for (let k = 0; k < 20; k++) {
      const sky = fill(() => quiet.normal())
      const [free, clamped] = [run('lanczos3', sky), run('lanczos3', sky, { clamp: 0.3 })]
      free.data.forEach((value, i) => {
        if (Number.isNaN(value)) return
        sum += clamped.data[i]! - value
        count++
      })
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.01)
  })
})
