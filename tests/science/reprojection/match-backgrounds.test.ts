import { describe, expect, it } from 'vitest'
import { solveLeastSquares } from '../../../web/science/math/least-squares'
import { createRandom } from '../../../web/science/math/random'
import { adjustDifferences, type Difference } from '../../../web/science/reprojection/adjust-differences'
import {
  createBoxLevels,
  measureBoxLevels,
  type BoxLevels,
} from '../../../web/science/reprojection/box-levels'
import {
  matchBackgrounds,
  subtractPlane,
  type BackgroundPlane,
} from '../../../web/science/reprojection/match-backgrounds'
import { matchScales, type StarFlux } from '../../../web/science/reprojection/match-scales'

const [WIDTH, HEIGHT, BOX] = [200, 150, 20]

interface Field {
  readonly left: number
  readonly top: number
  readonly plane: BackgroundPlane
}

const FIELDS: readonly Field[] = [
  { left: -40, top: -20, plane: { a: 100, b: 0.1, c: -0.2 } },
  { left: 40, top: 5, plane: { a: 130, b: -0.05, c: 0.03 } },
  { left: 90, top: 40, plane: { a: -20, b: 0, c: 0.3 } },
  { left: 20, top: 55, plane: { a: 60, b: 0.2, c: 0.1 } },
]

/** The same sky with the same stars behind every frame, each with a background and noise of its own. */
const makeFrame = (field: Field, seed: string, flat = false): Float32Array => {
  const random = createRandom(seed)
  const data = new Float32Array(WIDTH * HEIGHT).fill(Number.NaN)
  for (let y = Math.max(0, field.top); y < Math.min(HEIGHT, field.top + 110); y++) {
    for (let x = Math.max(0, field.left); x < Math.min(WIDTH, field.left + 120); x++) {
      const sky = 500 + 30 * Math.sin(x / 40) + (x % 17 === 3 && y % 13 === 5 ? 4000 : 0)
      const { a, b, c } = field.plane
      data[y * WIDTH + x] = sky + a + (flat ? 0 : b * x + c * y) + 2 * random.normal()
    }
  }
  return data
}

const measure = (data: Float32Array, strip = HEIGHT): BoxLevels => {
  const levels = createBoxLevels(WIDTH, HEIGHT, BOX)
  for (let top = 0; top < HEIGHT; top += strip) {
    const height = Math.min(strip, HEIGHT - top)
    measureBoxLevels(levels, {
      width: WIDTH,
      height,
      top,
      data: data.subarray(top * WIDTH, (top + height) * WIDTH),
    })
  }
  return levels
}

const at = ({ a, b, c }: BackgroundPlane, x: number, y: number): number => a + b * x + c * y

describe('matching backgrounds', () => {
  it('levels are the same in strips', () => {
    const data = makeFrame(FIELDS[1]!, 'strips')
    expect(measure(data, 2 * BOX)).toEqual(measure(data))
  })

  it('finds the planes of four overlapping fields but for what they have in common (seed planes)', () => {
    const frames = FIELDS.map((field, k) => measure(makeFrame(field, `planes ${k}`)))
    const { planes, groups, residual, rejected } = matchBackgrounds(frames, { shape: 'plane', reference: 0 })
    expect([...groups]).toEqual([0, 0, 0, 0])
    expect(planes[0]!.a).toBeCloseTo(0, 4)
    for (const [k, { plane, left, top }] of FIELDS.entries()) {
      for (const [u, v] of [
        [0, 0],
        [119, 0],
        [60, 55],
        [119, 109],
      ] as const) {
        const [x, y] = [left + u, top + v]
        const truth = at(plane, x, y) - at(FIELDS[0]!.plane, x, y)
        expect(Math.abs(at(planes[k]!, x, y) - truth)).toBeLessThan(1.5)
      }
    }
    expect(residual).toBeLessThan(0.6)
    expect(rejected).toBeLessThan(0.1)
  })

  it('leaves no step between frames that differ by an offset, and none in all together (seed steps)', () => {
    const pictures = FIELDS.map((field, k) => makeFrame(field, `steps ${k}`, true))
    const { planes } = matchBackgrounds(
      pictures.map((data) => measure(data)),
      { shape: 'offset', reference: null },
    )
    expect(planes.reduce((sum, { a }) => sum + a, 0)).toBeCloseTo(0, 6)
    for (const [k, data] of pictures.entries()) {
      subtractPlane(
        planes[k]!,
        { left: 0, top: 60, width: WIDTH, height: 30 },
        data.subarray(60 * WIDTH, 90 * WIDTH),
      )
      expect(Math.abs(planes[k]!.a - planes[0]!.a - (FIELDS[k]!.plane.a - FIELDS[0]!.plane.a))).toBeLessThan(
        0.2,
      )
    }
    let [difference, count] = [0, 0]
    for (let i = 60 * WIDTH; i < 90 * WIDTH; i++) {
      const apart = pictures[0]![i]! - pictures[1]![i]!
      if (Number.isNaN(apart)) continue
      difference += apart
      count++
    }
    expect(count).toBeGreaterThan(100)
    expect(Math.abs(difference / count)).toBeLessThan(0.3)
  })

  it('tells fields that do not touch apart and leaves each group at its own mean', () => {
    const far: Field = { left: 150, top: 100, plane: { a: 900, b: 0, c: 0 } }
    const near: Field = { left: -100, top: -90, plane: { a: 10, b: 0, c: 0 } }
    const frames = [FIELDS[0]!, far, near].map((field, k) => measure(makeFrame(field, `apart ${k}`, true)))
    const { planes, groups } = matchBackgrounds(frames, { shape: 'offset', reference: 0 })
    expect([...groups]).toEqual([0, 1, 0])
    expect(planes[1]!.a).toBeCloseTo(0, 6)
    expect(Math.abs(planes[2]!.a + 90)).toBeLessThan(0.3)
  })

  it('a ghost in every seventh box does not move it (seed ghost)', () => {
    const frames = FIELDS.map((field, k) => measure(makeFrame(field, `ghost ${k}`, true)))
    const clean = matchBackgrounds(frames, { shape: 'offset', reference: 0 }).planes
    for (let box = 0; box < frames[1]!.level.length; box += 7) frames[1]!.level[box]! += 300
    const { planes, rejected } = matchBackgrounds(frames, { shape: 'offset', reference: 0 })
    for (const [k, { a }] of planes.entries()) expect(Math.abs(a - clean[k]!.a)).toBeLessThan(0.15)
    expect(rejected).toBeGreaterThan(0.02)
  })

  it('has nothing to say of nothing', () => {
    expect(matchBackgrounds([], { shape: 'plane', reference: null }).planes).toEqual([])
    const [empty] = [createBoxLevels(WIDTH, HEIGHT, BOX)]
    expect(matchBackgrounds([empty, empty], { shape: 'plane', reference: 1 }).planes).toEqual([
      { a: 0, b: 0, c: 0 },
      { a: 0, b: 0, c: 0 },
    ])
  })
})

it('is the plain least squares solution where all differences are good (seed dense)', () => {
  const random = createRandom('dense')
  const frames = 7
  const truth = Array.from({ length: frames }, () => 10 * random.normal())
  const differences: Difference[] = Array.from({ length: 80 }, () => {
    const one = Math.floor(random.uniform() * frames)
    const other = (one + 1 + Math.floor(random.uniform() * (frames - 1))) % frames
    // Errors of two sizes and no tails: nothing loses much weight.
    const value = truth[one]! - truth[other]! + 0.01 * (random.uniform() - 0.5)
    return { one, other, value, weight: 1 + random.uniform(), basis: [1] }
  })
  const { corrections } = adjustDifferences({ frames, terms: 1, differences, reference: 3 })
  const design = new Float64Array((differences.length + 1) * frames)
  const values = new Float64Array(differences.length + 1)
  const weights = new Float64Array(differences.length + 1).fill(1e6)
  for (const [k, { one, other, value, weight }] of differences.entries()) {
    design[k * frames + one] = 1
    design[k * frames + other] = -1
    values[k] = value
    weights[k] = weight
  }
  design[differences.length * frames + 3] = 1
  const { solution } = solveLeastSquares(design, differences.length + 1, frames, values, weights)
  for (let k = 0; k < frames; k++) expect(Math.abs(corrections[k]! - solution[k]!)).toBeLessThan(4e-4)
})

describe('matching scales', () => {
  const random = createRandom('scales')
  const factors = [1, 0.7, 1.4, 0.95, 0.2]
  const frames = factors.map((factor, frame) =>
    Array.from({ length: 60 }, (_, star): StarFlux => {
      const bright = 1000 * (1 + star)
      const error = 0.005 * bright * factor
      const wrong = random.uniform() < 0.08 ? 1.8 : 1
      return { star, flux: factor * bright * wrong + error * random.normal(), error }
    }).filter(({ star }) => frame < 2 || (star + frame) % 3 !== 0),
  )

  it('finds the factors to the noise, with every twelfth star wrong (seed scales)', () => {
    const { factors: found, groups, residual } = matchScales(frames, 0)
    found.forEach((value, k) => expect(Math.abs(value * factors[k]! - 1)).toBeLessThan(0.004))
    expect([...groups]).toEqual([0, 0, 0, 0, 0])
    expect(residual).toBeLessThan(0.012)
    const free = matchScales(frames, null).factors
    expect(free.reduce((product, value) => product * value, 1)).toBeCloseTo(1, 9)
    free.forEach((value, k) => expect(Math.abs(value / free[0]! / found[k]! - 1)).toBeLessThan(1e-6))
  })

  it('leaves a frame alone that shares no star', () => {
    const { factors: found, groups } = matchScales(
      [frames[0]!, [{ star: 999, flux: 5, error: 1 }], frames[1]!],
      0,
    )
    expect(found[1]).toBe(1)
    expect([...groups]).toEqual([0, 1, 0])
  })
})
