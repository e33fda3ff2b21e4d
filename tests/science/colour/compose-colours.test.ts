import { describe, expect, it } from 'vitest'
import type { CompositeLook } from '../../../web/core/composite'
import { composeColours } from '../../../web/science/colour/compose-colours'
import { createCompositeCurve } from '../../../web/science/colour/composite-curve'
import { toBytes, toWords } from '../../../web/science/colour/quantise-colours'
import { saturateColour } from '../../../web/science/colour/saturate-colour'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/colour/lupton.json'

const planes = golden.planes.map((plane) => Float32Array.from(plane))
const range = { from: 0, to: golden.width * golden.height }

const lookOf = (changes: Partial<CompositeLook> = {}): CompositeLook => ({
  inputs: [
    { minimum: 100, gain: 1, colour: [1, 0, 0] },
    { minimum: 130, gain: 1, colour: [0, 1, 0] },
    { minimum: 160, gain: 1, colour: [0, 0, 1] },
  ],
  luminance: null,
  curve: 'lupton',
  stretch: 30,
  q: 5,
  saturation: 1,
  neutral: 0,
  ...changes,
})

describe(`the mapping of Lupton et al. against astropy ${golden.versions.astropy}`, () => {
  it.each(golden.cases)('minimum $minimum, stretch $stretch, Q $q', ({ minimum, stretch, q, rgb, bytes }) => {
    const inputs = lookOf().inputs.map((input, index) => ({ ...input, minimum: minimum[index]! }))
    const colours = composeColours(planes, lookOf({ inputs, stretch, q }), range)
    let worst = 0
    for (const [at, value] of rgb.entries()) worst = Math.max(worst, Math.abs(colours[at]! - value))
    expect(worst).toBeLessThan(1e-6)
    const made = toBytes(colours)
    // A value that f32 rounds up to a whole number is cut off one higher.
    expect(bytes.filter((byte, at) => made[at] !== byte).length).toBeLessThanOrEqual(2)
    expect(bytes.every((byte, at) => Math.abs(made[at]! - byte) <= 1)).toBe(true)
    expect(bytes.some((byte) => byte > 0)).toBe(true)
  })
})

describe('composing', () => {
  it('equal light in all inputs is grey with every curve, and brightness is that of the curve', () => {
    const same = [200, 1000, 5000].map((value) => value)
    const plane = Float32Array.from(same)
    for (const curve of ['lupton', 'linear', 'sqrt', 'log'] as const) {
      const look = lookOf({ curve, stretch: 6000, q: 8 })
      const level = { ...look, inputs: look.inputs.map((input) => ({ ...input, minimum: 100 })) }
      const colours = composeColours([plane, plane, plane], level, { from: 0, to: 3 })
      const bright = createCompositeCurve(level)
      for (const [at, value] of same.entries())
        for (let channel = 0; channel < 3; channel++)
          expect(colours[3 * at + channel]).toBeCloseTo(Math.min(1, bright(value - 100)), 6)
    }
  })

  it('gain times light less the minimum is what counts, whatever the units of the inputs', () => {
    const first = composeColours(planes, lookOf({ saturation: 1.7, neutral: 8 }), range)
    const scaled = planes.map((plane, index) => plane.map((value) => value * (index + 2)))
    const inputs = lookOf().inputs.map(({ minimum, colour }, index) => ({
      minimum: minimum * (index + 2),
      gain: 1 / (index + 2),
      colour,
    }))
    const second = composeColours(scaled, lookOf({ inputs, saturation: 1.7, neutral: 8 }), range)
    let worst = 0
    for (const [at, value] of first.entries()) worst = Math.max(worst, Math.abs(value - second[at]!))
    expect(worst).toBeLessThan(2e-5)
  })

  it('a luminance that is the mean of the colours changes nothing, and another gives its own brightness', () => {
    const mean = planes[0]!.map(
      (_, at) => (planes[0]![at]! - 100 + planes[1]![at]! - 130 + planes[2]![at]! - 160) / 3,
    )
    const luminance = { minimum: 0, gain: 1, colour: [0, 0, 0] } as const
    const look = lookOf({ inputs: [...lookOf().inputs, luminance], luminance: 3 })
    const own = composeColours([...planes, mean], look, range)
    const without = composeColours(planes, lookOf(), range)
    let worst = 0
    for (const [at, value] of own.entries()) worst = Math.max(worst, Math.abs(value - without[at]!))
    expect(worst).toBeLessThan(1e-5)
    const dark = composeColours([...planes, mean.map(() => 0)], lookOf({ ...look, saturation: 0 }), range)
    expect(Math.max(...dark)).toBeLessThan(Math.max(...without))
  })

  it('two inputs with green as their mean never make a pixel greener than both other colours', () => {
    const look = lookOf({
      inputs: [
        { minimum: 100, gain: 1.3, colour: [1, 0.5, 0] },
        { minimum: 160, gain: 0.8, colour: [0, 0.5, 1] },
      ],
    })
    const colours = composeColours([planes[0]!, planes[2]!], look, range)
    for (let at = 0; at < colours.length; at += 3)
      expect(colours[at + 1]).toBeLessThanOrEqual(Math.max(colours[at]!, colours[at + 2]!) + 1e-6)
  })

  it('noise about the sky has no colour with a neutral sky, and a bright star keeps its own', () => {
    const saturationOf = (colours: Float32Array, at: number) =>
      Math.max(...colours.subarray(3 * at, 3 * at + 3)) - Math.min(...colours.subarray(3 * at, 3 * at + 3))
    const plain = composeColours(planes, lookOf(), range)
    const calm = composeColours(planes, lookOf({ neutral: 12 }), range)
    const star = 6 * golden.width + 16
    expect(saturationOf(calm, star)).toBeGreaterThan(0.98 * saturationOf(plain, star))
    let [before, after] = [0, 0]
    for (let at = 0; at < 3 * golden.width; at++) {
      before += saturationOf(plain, at)
      after += saturationOf(calm, at)
    }
    expect(after).toBeLessThan(0.35 * before)
  })

  it('a pixel without a value in one input is black, and does not spoil its neighbours', () => {
    const holed = planes.map((plane) => plane.slice())
    holed[1]![100] = Number.NaN
    const colours = composeColours(holed, lookOf(), range)
    const whole = composeColours(planes, lookOf(), range)
    expect([...colours.subarray(300, 303)]).toEqual([0, 0, 0])
    expect([...colours.subarray(303)]).toEqual([...whole.subarray(303)])
    expect([...composeColours(planes, lookOf(), { from: 40, to: 90 })]).toEqual([...whole.subarray(120, 270)])
  })
})

describe('saturation', () => {
  it('keeps hue and lightness of a colour, leaves grey grey, and 0 makes grey of the same lightness (seed 5)', () => {
    const source = createRandom(5)
    const random = () => source.uniform()
    for (let round = 0; round < 200; round++) {
      const rgb = Float64Array.from([random(), random(), random()], (value) => 0.2 + 0.6 * value)
      const before = rgb.slice()
      saturateColour(rgb, 0.6)
      saturateColour(rgb, 1 / 0.6)
      for (let channel = 0; channel < 3; channel++) expect(rgb[channel]).toBeCloseTo(before[channel]!, 4)
      saturateColour(rgb, 0)
      expect(Math.max(...rgb) - Math.min(...rgb)).toBeLessThan(1e-3)
    }
    const grey = Float64Array.of(0.4, 0.4, 0.4)
    saturateColour(grey, 3)
    for (const value of grey) expect(value).toBeCloseTo(0.4, 4)
  })
})

it('quantises to the whole range', () => {
  expect([...toBytes(Float32Array.of(0, 0.5, 0.999, 1))]).toEqual([0, 127, 254, 255])
  expect([...toWords(Float32Array.of(0, 0.5, 1))]).toEqual([0, 32768, 65535])
})
