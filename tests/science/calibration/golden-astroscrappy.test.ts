import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  cleanCosmicRays,
  type CosmicRayInput,
  type CosmicRayParameters,
} from '../../../web/science/calibration/cosmic-rays'
import { requireShared } from '../../support/shared-data'
import { readPlainFits } from './read-plain-fits'

interface Case {
  parameters: Omit<CosmicRayParameters, 'width' | 'height'>
  mask: boolean
  background: boolean
  pixels: number[]
  values: number[]
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/calibration/cosmic-rays.json'), 'utf8'),
) as {
  width: number
  height: number
  seed: number
  checksum: number
  cases: Case[]
  real: { frame: string; x0: number; y0: number; side: number; cases: Case[] }
}

/** The same pixels as the generator beside the golden file makes, number for number. */
const makeInput = (): Required<CosmicRayInput> => {
  const { width, height } = golden
  let state = golden.seed
  const draw = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 4294967296
  }
  const plane = new Float64Array(width * height)
  for (let i = 0; i < plane.length; i++)
    plane[i] = 200 + 0.25 * (i % width) + 18 * (draw() + draw() + draw() - 1.5)
  for (let star = 0; star < 40; star++) {
    const [x, y, drawn] = [draw() * width, draw() * height, 100 + 8000 * draw()]
    const peak = star < 2 ? 400_000 : drawn
    for (let i = 0; i < plane.length; i++) {
      const dx = (i % width) - x
      const dy = Math.floor(i / width) - y
      const q = 1 + (dx * dx + dy * dy) / 4
      plane[i] = plane[i]! + peak / (q * q * q * q)
    }
  }
  for (let i = 0; i < plane.length; i++) plane[i] = Math.min(plane[i]!, 30_000)
  for (let track = 0; track < 60; track++) {
    const [x, y, dx, dy] = [draw() * width, draw() * height, draw() - 0.5, draw() - 0.5]
    const peak = 60 + 3000 * draw()
    const steps = Math.floor(draw() * 14) + 1
    for (let step = 0; step < steps; step++) {
      const column = Math.floor(x + step * dx)
      const row = Math.floor(y + step * dy)
      if (column < 0 || column >= width || row < 0 || row >= height) continue
      plane[row * width + column] = plane[row * width + column]! + peak
    }
  }
  const mask = new Uint8Array(plane.length)
  const background = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x
      if (y >= 100 && y < 108 && x >= 150 && x < 157)
        plane[index] = plane[index]! + 5000 * (x % 2 === 0 ? 1 : 3) * (y % 2 === 0 ? 1 : 3)
      if (x === 70 || (y >= 40 && y < 60 && x >= 100 && x < 104)) mask[index] = 1
      background[index] = 150 + 40 / (1 + ((x - 120) / 2) * ((x - 120) / 2))
    }
  }
  return { data: Float32Array.from(plane), mask, background }
}

/** Pixels that only one of the two found, and the largest difference of a cleaned value in units of the last place. */
const compare = (given: CosmicRayInput, example: Case, width: number, height: number) => {
  const output = { data: new Float32Array(width * height), mask: new Uint8Array(width * height) }
  cleanCosmicRays(given, { ...example.parameters, width, height }, output)
  const expected = new Uint8Array(width * height)
  let worst = 0
  example.pixels.forEach((pixel, k) => {
    expected[pixel] = 1
    const value = example.values[k]!
    worst = Math.max(worst, Math.abs(output.data[pixel]! - value) / (Math.abs(value) * 2 ** -23))
  })
  const differing = output.mask.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0)
  const touched = output.data.filter(
    (value, i) => expected[i] === 0 && !Object.is(value, given.data[i]),
  ).length
  return { differing, touched, worst }
}

describe('against astroscrappy', () => {
  const { data, mask, background } = makeInput()
  const { width, height } = golden

  test('the image is the one that the golden numbers are of', () => {
    expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(golden.checksum, 6)
  })

  test.each(golden.cases.map((example, index) => ({ index, example })))(
    'seed 20010714, case $index: $example.parameters',
    ({ example }) => {
      const given = {
        data,
        mask: example.mask ? mask : undefined,
        background: example.background ? background : undefined,
      }
      const { differing, touched, worst } = compare(given, example, width, height)
      expect(example.pixels.length).toBeGreaterThan(100)
      expect(differing).toBe(0)
      expect(touched).toBe(0)
      expect(worst).toBeLessThanOrEqual(1)
    },
  )

  const folder = requireShared('data/suhora_polarimetry')
  test.skipIf(folder === null).each(golden.real.cases)('a piece of a real frame: $parameters', (example) => {
    const { x0, y0, side, frame } = golden.real
    const whole = readPlainFits(join(folder!, frame))
    const piece = new Float32Array(side * side)
    for (let y = 0; y < side; y++) {
      const from = (y + y0) * whole.width + x0
      piece.set(whole.data.subarray(from, from + side), y * side)
    }
    const { differing, touched, worst } = compare({ data: piece }, example, side, side)
    expect(example.pixels.length).toBeGreaterThan(20)
    expect(differing).toBe(0)
    expect(touched).toBe(0)
    expect(worst).toBeLessThanOrEqual(1)
  })
})
