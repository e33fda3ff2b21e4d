import { describe, expect, it } from 'vitest'
import { compareMasters } from '../../../web/science/detector/compare-masters'
import { countBelow } from '../../../web/science/detector/count-hot-pixels'
import {
  chooseBlock,
  describePattern,
  takeBlockMedians,
} from '../../../web/science/detector/large-scale-pattern'
import { createRandom } from '../../../web/science/math/random'

const patternOf = (width: number, height: number, at: (x: number, y: number) => number) => {
  const block = chooseBlock(width, height)
  const medians: number[] = []
  for (let top = 0; top + block <= height; top += block) {
    const rows = Float32Array.from({ length: width * block }, (_, index) =>
      at(index % width, top + Math.floor(index / width)),
    )
    medians.push(...takeBlockMedians(rows, width, block))
  }
  return describePattern(medians, Math.floor(width / block), block)!
}

describe('what changes slowly over a frame', () => {
  it('is the glow of an amplifier, not hot pixels, columns or noise', () => {
    const random = createRandom('glow')
    const plain = (x: number, y: number) =>
      100 + 5 * random.normal() + ((x * 31 + y * 17) % 211 === 0 ? 9000 : 0) + (x === 70 ? 200 : 0)
    expect(patternOf(480, 320, plain).range).toBeLessThan(5)
    const glowing = patternOf(480, 320, (x, y) => plain(x, y) + 80 * Math.exp(-Math.hypot(480 - x, y) / 40))
    expect(glowing.range).toBeGreaterThan(25)
    expect(glowing.brightest.x).toBeGreaterThan(0.95)
    expect(glowing.brightest.y).toBeLessThan(0.05)
  })

  it('of a slope it is the height of the slope between the outermost blocks but one in a hundred', () => {
    const { range, darkest, brightest, block } = patternOf(480, 480, (x) => x)
    expect(block).toBe(10)
    // 48 columns of blocks, each 48 times: 1 % on each side is within the outermost column.
    expect(range).toBe(470)
    expect(darkest.x).toBeCloseTo(0.5 / 48, 9)
    expect(brightest.x).toBeCloseTo(47.5 / 48, 9)
  })

  it('has nothing to say of nothing', () => {
    expect(describePattern([], 4, 8)).toBeNull()
    expect(describePattern([Number.NaN], 1, 8)).toBeNull()
  })
})

it('one master less another: an offset and the noise of both', () => {
  const random = createRandom('two masters')
  const before = Float32Array.from(
    { length: 50_000 },
    (_, pixel) => 1000 + (pixel % 97) + 2 * random.normal(),
  )
  const now = before.map((value) => value + 14 + 2 * random.normal())
  now[7] = Number.NaN
  const { median, scatter } = compareMasters(now, before)
  expect(median).toBeCloseTo(14, 1)
  expect(scatter).toBeCloseTo(2, 1)
})

it('pixels below a threshold are counted, those without a value are not', () => {
  expect(countBelow([1, 2, 3, Number.NaN, -5], 2)).toBe(2)
})
