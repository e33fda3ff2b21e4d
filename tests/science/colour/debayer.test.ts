import { describe, expect, it } from 'vitest'
import { BAYER_PATTERNS, coloursOf, type BayerPattern } from '../../../web/science/colour/bayer'
import { debayerBilinear } from '../../../web/science/colour/debayer-bilinear'
import { debayerVng } from '../../../web/science/colour/debayer-vng'
import golden from '../../golden/colour/debayer.json'

const { width, height } = golden

/** The hash of make_debayer.py. */
const noise = (index: number): number => {
  let x = Math.imul(index, 2_654_435_761) >>> 0
  x ^= x >>> 15
  x = Math.imul(x, 2_246_822_519) >>> 0
  x ^= x >>> 13
  return (x >>> 0) / 4_294_967_296
}

/** Red, green and blue of the scene of make_debayer.py. */
const scene = (x: number, y: number): readonly [number, number, number] => {
  const disc = (x - 16) ** 2 + (y - 12) ** 2 < 40 ? 1 : 0
  const bar = (x + y) % 24 < 9 ? 1 : 0
  const base = 40 + x + Math.floor(y / 2)
  const clip = (value: number) => Math.min(255, value)
  return [
    clip(base + 60 * disc + 20 * bar),
    clip(base + 30 * disc + 50 * bar),
    clip(base + 10 * disc + 70 * bar),
  ]
}

type Picture = (x: number, y: number) => readonly [number, number, number]

const makeMosaic = (pattern: BayerPattern, picture: Picture) => {
  const colours = coloursOf(pattern)
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return picture(x, y)[colours[2 * (y & 1) + (x & 1)]!]!
  })
  return { width, height, data, pattern }
}

/** Pixels at least `margin` from the edge, in reading order. */
const insideOf = (plane: Float32Array, margin: number): Float32Array =>
  plane.filter((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return x >= margin && y >= margin && x < width - margin && y < height - margin
  })

const METHODS = [
  ['bilinear', debayerBilinear],
  ['vng', debayerVng],
] as const

describe.each(BAYER_PATTERNS)('a mosaic of %s', (pattern) => {
  it.each(METHODS)('gives back what the filter saw, and even colours to the edge: %s', (_name, debayer) => {
    const flat = debayer(makeMosaic(pattern, () => [300, 200, 700]))
    flat.forEach((plane, colour) => {
      expect(plane.every((value) => value === [300, 200, 700][colour])).toBe(true)
    })
    const mosaic = makeMosaic(pattern, scene)
    const planes = debayer(mosaic)
    const colours = coloursOf(pattern)
    mosaic.data.forEach((value, at) => {
      const own = colours[2 * (Math.floor(at / width) & 1) + ((at % width) & 1)]!
      expect(planes[own]![at]).toBe(value)
    })
  })

  it.each(METHODS)('keeps slopes that all colours share: %s', (_name, debayer) => {
    const planes = debayer(
      makeMosaic(pattern, (x, y) => [50 + 3 * x + 2 * y, 80 + 3 * x + 2 * y, 10 + 3 * x + 2 * y]),
    )
    planes.forEach((plane, colour) => {
      const first = [50, 80, 10][colour]!
      plane.forEach((value, at) => {
        const [x, y] = [at % width, Math.floor(at / width)]
        if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) return
        expect(Math.abs(value - (first + 3 * x + 2 * y))).toBeLessThan(1e-3)
      })
    })
  })

  it('is interpolated as colour-demosaicing does', () => {
    const data = Float32Array.from({ length: width * height }, (_, i) => 1000 * noise(i))
    const expected = golden.patterns.find((one) => one.pattern === pattern)
    debayerBilinear({ width, height, data, pattern }).forEach((plane, colour) => {
      const found = insideOf(plane, 3)
      expect(found.length).toBe(expected?.bilinear[colour]?.length)
      found.forEach((value, at) =>
        expect(Math.abs(value - expected!.bilinear[colour]![at]!)).toBeLessThan(1e-4),
      )
    })
  })

  it('follows its edges as OpenCV does, and better than bilinear interpolation', () => {
    const mosaic = makeMosaic(pattern, scene)
    const expected = golden.patterns.find((one) => one.pattern === pattern)
    const truth = [0, 1, 2].map((colour) =>
      Float32Array.from(
        { length: width * height },
        (_, at) => scene(at % width, Math.floor(at / width))[colour]!,
      ),
    )
    const errorOf = (planes: readonly Float32Array[]): number =>
      Math.sqrt(
        planes.reduce((sum, plane, colour) => {
          const wanted = insideOf(truth[colour]!, 3)
          return sum + insideOf(plane, 3).reduce((all, value, at) => all + (value - wanted[at]!) ** 2, 0)
        }, 0),
      )
    const vng = debayerVng(mosaic)
    expect(errorOf(vng)).toBeLessThan(0.9 * errorOf(debayerBilinear(mosaic)))
    vng.forEach((plane, colour) => {
      const theirs = expected!.vng[colour]!
      const apart = [...insideOf(plane, 3)]
        .map((value, at) => Math.abs(value - theirs[at]!))
        .sort((a, b) => a - b)
      // Theirs are rounded to 8 bits on the way, which turns a direction from smooth to rough here and there.
      expect(apart[Math.floor(0.5 * apart.length)]).toBeLessThan(0.5)
      expect(apart[Math.floor(0.9 * apart.length)]).toBeLessThan(4)
    })
  })

  it.each(METHODS)('is filled around pixels without a value: %s', (_name, debayer) => {
    const mosaic = makeMosaic(pattern, () => [300, 200, 700])
    for (let at = 5; at < mosaic.data.length; at += 17) {
      const x = at % width
      if (x > 2 && x < width - 3) mosaic.data[at] = at % 2 === 0 ? NaN : Infinity
    }
    for (const [colour, plane] of debayer(mosaic).entries())
      expect(plane.every((value) => value === [300, 200, 700][colour])).toBe(true)
    const empty = debayer({ ...mosaic, data: mosaic.data.map(() => NaN) })
    expect(empty.every((plane) => plane.every(Number.isNaN))).toBe(true)
  })
})

describe('frames of a few pixels', () => {
  it.each(METHODS)('have what their filter saw: %s', (_name, debayer) => {
    const [red, green, blue] = debayer({ width: 1, height: 1, data: Float32Array.of(5), pattern: 'RGGB' })
    expect([red[0], green[0], blue[0]]).toEqual([5, NaN, NaN])
    const planes = debayer({ width: 2, height: 2, data: Float32Array.of(1, 2, 4, 8), pattern: 'RGGB' })
    expect(planes.map((plane) => [...plane])).toEqual([
      [1, 1, 1, 1],
      [3, 2, 4, 3],
      [8, 8, 8, 8],
    ])
  })
})
