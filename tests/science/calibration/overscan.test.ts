import { describe, expect, it } from 'vitest'
import { formatPixelSection, parsePixelSection } from '../../../web/core/pixel-section'
import {
  chooseOverscanAxis,
  findOverscanLevels,
  readOverscanLines,
  subtractLevels,
  type OverscanAxis,
} from '../../../web/science/calibration/overscan'
import { cutSection, shiftReferencePixel, trimPlane } from '../../../web/science/image/trim-plane'
import {
  evaluateOrthogonal,
  fillBasis,
  fitOrthogonal,
  type PolynomialBasis,
} from '../../../web/science/math/orthogonal-polynomial'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/calibration/ccdproc-parts.json'
import { HEIGHT, overscanFrame, WIDTH } from './lcg-frames'

const frame = overscanFrame(golden.seed)
const image = { width: WIDTH, height: HEIGHT, data: frame }
const sumOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0)

describe(`overscan as ccdproc ${golden.versions.ccdproc} takes it off`, () => {
  it('the frame is the one that the golden numbers are of', () => {
    expect(sumOf(frame)).toBe(golden.checksums[0])
  })

  it.each(golden.overscan)('$section by $axis, $method, $basis $degree', (expected) => {
    const section = parsePixelSection(expected.section)!
    const axis = expected.axis as OverscanAxis
    expect(chooseOverscanAxis(section)).toBe(axis)
    const { pixels, perLine } = readOverscanLines(image, section, axis)
    const { levels } = findOverscanLevels(pixels, perLine, {
      method: expected.method as 'median' | 'mean',
      model:
        expected.basis === null
          ? null
          : { basis: expected.basis as PolynomialBasis, degree: expected.degree },
    })
    expect(levels.length).toBe(expected.levels.length)
    levels.forEach((level, line) => expect(Math.abs(level / expected.levels[line]! - 1)).toBeLessThan(1e-9))

    // The frame itself, without the overscan that lies along the other axis.
    const part = axis === 'rows' ? { x: [0, WIDTH], y: [0, 56] } : { x: [0, 78], y: [0, HEIGHT] }
    const plane = trimPlane(frame, WIDTH, part as { x: [number, number]; y: [number, number] })
    subtractLevels(plane, part.x[1]!, levels, { axis })
    const squares = plane.reduce((total, value) => total + value * value, 0)
    expect(Math.abs(sumOf(plane) / expected.sum - 1)).toBeLessThan(1e-6)
    expect(Math.abs(squares / expected.squares - 1)).toBeLessThan(1e-6)
  })
})

describe('overscan', () => {
  it('takes a drift that is a polynomial off without a rest', () => {
    const lines = 200
    const drift = (y: number): number => 500 + 0.1 * y - 0.002 * y * y
    const pixels = Float32Array.from({ length: lines * 16 }, (_, i) => drift(i >> 4))
    for (const basis of ['legendre', 'chebyshev'] as const) {
      const { levels, scatter } = findOverscanLevels(pixels, 16, {
        method: 'mean',
        model: { basis, degree: 2 },
      })
      levels.forEach((level, y) => expect(Math.abs(level - drift(y))).toBeLessThan(1e-4))
      expect(scatter).toBeLessThan(1e-4)
    }
  })

  it('the scatter about the curve is that of the lines (seed overscan)', () => {
    const random = createRandom('overscan')
    const pixels = Float32Array.from({ length: 2000 * 25 }, () => 700 + 10 * random.normal())
    const { scatter } = findOverscanLevels(pixels, 25, {
      method: 'mean',
      model: { basis: 'legendre', degree: 3 },
    })
    // 10 / sqrt(25); a MAD of 2000 is good to 2.6 %.
    expect(Math.abs(scatter / 2 - 1)).toBeLessThan(0.08)
  })

  it('leaves pixels without a value out; a line of nothing else has no level but a curve has one', () => {
    const pixels = Float32Array.of(5, NaN, 7, NaN, NaN, NaN, 8, 8, Infinity)
    const plain = findOverscanLevels(pixels, 3, { method: 'mean' })
    expect([...plain.levels]).toEqual([6, NaN, 8])
    expect(findOverscanLevels(pixels, 3, { method: 'median' }).levels[2]).toBe(8)
    const line = findOverscanLevels(pixels, 3, { method: 'mean', model: { basis: 'legendre', degree: 1 } })
    expect(line.levels[1]).toBeCloseTo(7, 12)
    const tooMuch = findOverscanLevels(pixels, 3, { method: 'mean', model: { basis: 'legendre', degree: 4 } })
    expect(tooMuch.curve).toBeNull()
    expect([...tooMuch.levels]).toEqual([6, NaN, 8])
  })

  it('is taken off strip by strip as off the whole', () => {
    const levels = Float64Array.from({ length: 40 }, (_, i) => 10 + i)
    const whole = frame.slice()
    subtractLevels(whole, WIDTH, levels, { axis: 'rows', firstLevel: 12 })
    for (let row = 0; row < HEIGHT; row += 7) {
      const strip = frame.slice(row * WIDTH, Math.min(HEIGHT, row + 7) * WIDTH)
      subtractLevels(strip, WIDTH, levels, { axis: 'rows', firstLevel: 12, firstRow: row })
      expect(strip).toEqual(whole.slice(row * WIDTH, row * WIDTH + strip.length))
    }
    expect(whole[11 * WIDTH]).toBe(frame[11 * WIDTH])
    expect(whole[12 * WIDTH]).toBe(Math.fround(frame[12 * WIDTH]! - 10))
    expect(whole[52 * WIDTH]).toBe(frame[52 * WIDTH])
  })

  it('of columns is that of rows on the frame turned over (seed turned)', () => {
    const random = createRandom('turned')
    const data = Float32Array.from({ length: 30 * 20 }, () => random.uniform())
    const turned = Float32Array.from({ length: 600 }, (_, i) => data[(i % 20) * 30 + Math.floor(i / 20)]!)
    const byRows = readOverscanLines({ width: 30, height: 20, data }, { x: [25, 99], y: [2, 18] }, 'rows')
    const byColumns = readOverscanLines(
      { width: 20, height: 30, data: turned },
      { x: [2, 18], y: [25, 99] },
      'columns',
    )
    expect(byColumns).toEqual(byRows)
    expect(byRows.perLine).toBe(5)
  })
})

describe('orthogonal polynomials', () => {
  it('are orthogonal, and a fit gives back what it was made of', () => {
    const row = new Float64Array(11)
    const products = new Float64Array(121)
    const steps = 20_000
    for (let i = 0; i < steps; i++) {
      fillBasis('legendre', 10, (2 * (i + 0.5)) / steps - 1, row)
      for (let a = 0; a < 11; a++)
        for (let b = 0; b < 11; b++)
          products[a * 11 + b] = products[a * 11 + b]! + (row[a]! * row[b]! * 2) / steps
    }
    for (let a = 0; a < 11; a++)
      for (let b = 0; b < 11; b++)
        expect(Math.abs(products[a * 11 + b]! - (a === b ? 2 / (2 * a + 1) : 0))).toBeLessThan(1e-6)
    for (let k = 0; k <= 10; k++) {
      fillBasis('chebyshev', 10, 0.3, row)
      expect(row[k]!).toBeCloseTo(Math.cos(k * Math.acos(0.3)), 12)
    }
    const coefficients = Float64Array.from({ length: 11 }, (_, k) => 1 / (k + 1))
    for (const basis of ['legendre', 'chebyshev'] as const) {
      const values = Float64Array.from({ length: 60 }, (_, x) =>
        evaluateOrthogonal({ basis, coefficients, first: 0, last: 59 }, x),
      )
      fitOrthogonal(values, basis, 10)!.coefficients.forEach((value, k) =>
        expect(value).toBeCloseTo(coefficients[k]!, 10),
      )
    }
  })
})

describe('trimming', () => {
  it(`cuts what ccdproc ${golden.versions.ccdproc} cuts`, () => {
    const section = parsePixelSection(golden.trim.section)!
    const plane = trimPlane(frame, WIDTH, section)
    const [width, height] = golden.trim.shape as [number, number]
    expect(plane.length).toBe(width * height)
    expect(sumOf(plane)).toBe(golden.trim.sum)
    expect([plane[0], plane[width - 1], plane[plane.length - width], plane[plane.length - 1]]).toEqual(
      golden.trim.corners,
    )
  })

  it('a mask is cut alike, a section is cut to the frame, and the reference pixel stays on its star', () => {
    const mask = Uint8Array.from({ length: 12 }, (_, i) => i)
    expect([...trimPlane(mask, 4, { x: [1, 3], y: [1, 3] })]).toEqual([5, 6, 9, 10])
    expect(formatPixelSection(cutSection({ x: [2, 99], y: [0, 2] }, 4, 3)!)).toBe('[3:4,1:2]')
    expect(cutSection({ x: [4, 9], y: [0, 2] }, 4, 3)).toBeNull()
    // Pixel (6, 7) counted from 1 is pixel (1, 3) after cutting 5 columns and 4 rows.
    expect(shiftReferencePixel([6, 7], { x: [5, 20], y: [4, 20] })).toEqual([1, 3])
  })
})
