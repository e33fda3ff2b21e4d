import { describe, expect, it } from 'vitest'
import { BAD_PIXEL_KINDS } from '../../../web/core/master'
import { findBadColumns } from '../../../web/science/calibration/bad-columns'
import { fixBadPixels } from '../../../web/science/calibration/fix-bad-pixels'
import { closeColumnGaps, findFlatDefects } from '../../../web/science/calibration/flat-defects'
import { makeBadPixelMap } from '../../../web/science/calibration/make-bad-pixel-map'
import { filterRanks } from '../../../web/science/image/rank-filter'
import { createRandom } from '../../../web/science/math/random'
import { requireShared } from '../../support/shared-data'
import { readGzippedImage } from '../../support/read-gzipped-image'
import { trimPlane } from '../../../web/science/image/trim-plane'
import real from '../../golden/calibration/flat-defects.json'
import golden from '../../golden/calibration/ccdproc-parts.json'
import { badPixels, HEIGHT, overscanFrame, ratioFrame, WIDTH } from './lcg-frames'

const sumOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0)
const indicesOf = (mask: Uint8Array): number[] => [...mask.keys()].filter((i) => mask[i] !== 0)

describe(`masks from a ratio of flats as ccdproc.ccdmask ${golden.versions.ccdproc} makes them`, () => {
  const ratio = { width: WIDTH, height: HEIGHT, data: ratioFrame(golden.seed) }

  it('the ratio is the one that the golden numbers are of', () => {
    expect(sumOf(ratio.data)).toBeCloseTo(golden.checksums[1]!, 9)
  })

  it.each(golden.masks)('$options', ({ options, pixels }) => {
    const { mask } = findFlatDefects(ratio, {
      median: options.ncmed ?? 7,
      spread: options.ncsig ?? 15,
      low: options.lsigma ?? 9,
      high: options.hsigma ?? 9,
      sigmas: options.byblocks === true ? 'blocks' : 'running',
    })
    if (options.findbadcolumns === true) closeColumnGaps(mask, WIDTH, options.ngood ?? 5)
    expect(pixels.length).toBeGreaterThan(100)
    expect(indicesOf(mask)).toEqual(pixels)
  })
})

describe(`masks of real flats as ccdproc.ccdmask ${real.versions.ccdproc} makes them`, () => {
  it.for(real.cases)(
    '$first over $second: $options',
    ({ first, second, window, options, pixels }, { skip }) => {
      const paths = [first, second].map(requireShared)
      skip(paths.includes(null))
      const [left, top, width, height] = window as [number, number, number, number]
      const section = { x: [left, left + width], y: [top, top + height] } as const
      const [above, below] = paths.map((path) => {
        const frame = readGzippedImage(path!)
        return trimPlane(frame.data, frame.width, section)
      })
      const ratio = { width, height, data: above!.map((value, i) => value / below![i]!) }
      const { mask } = findFlatDefects(ratio, {
        low: options.lsigma ?? 9,
        high: options.hsigma ?? 9,
        sigmas: options.byblocks === true ? 'blocks' : 'running',
      })
      if (options.findbadcolumns === true) closeColumnGaps(mask, width)
      expect(indicesOf(mask)).toEqual(pixels)
    },
  )
})

describe('running ranks', () => {
  it('are those of the sorted box, holes and mirrored edges included (seed ranks)', () => {
    const random = createRandom('ranks')
    const [width, height] = [13, 9]
    const data = Float32Array.from({ length: width * height }, () =>
      random.uniform() < 0.1 ? Number.NaN : Math.floor(30 * random.uniform()),
    )
    const planes = filterRanks({ width, height, data }, { width: 5, height: 3 }, [10, 50, 80])
    const mirror = (place: number, size: number) =>
      place < 0 ? -place - 1 : place >= size ? 2 * size - place - 1 : place
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const box: number[] = []
        for (let j = y - 1; j <= y + 1; j++)
          for (let i = x - 2; i <= x + 2; i++) box.push(data[mirror(j, height) * width + mirror(i, width)]!)
        const sorted = box.filter(Number.isFinite).sort((a, b) => a - b)
        for (const [k, percent] of [10, 50, 80].entries())
          expect(planes[k]![y * width + x]).toBe(sorted[Math.floor((sorted.length * percent) / 100)])
      }
    }
  })
})

describe('a map of bad pixels', () => {
  const [width, height] = [120, 100]
  const random = createRandom('camera')
  const hot = new Set(Array.from({ length: 60 }, () => random.integer(width * height)))
  const cold = new Set(Array.from({ length: 40 }, () => random.integer(width * height)))
  const makeFlat = (level: number): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      const vignetting = 1 - 0.2 * Math.hypot((x - 60) / 60, (y - 50) / 50) ** 2
      const response = cold.has(i) ? 0.4 : x === 33 && y >= 20 ? 0.93 : 1
      return level * vignetting * response * (1 + 0.01 * random.normal())
    })
  const dark = Float32Array.from(
    { length: width * height },
    (_, i) => 10 + 2 * random.normal() + (hot.has(i) ? 200 : 0),
  )

  it('from a dark and a flat: what was put in, and next to nothing else (seed camera)', () => {
    const sources = { dark: { width, height, data: dark }, flat: { width, height, data: makeFlat(20_000) } }
    const { mask, counts } = makeBadPixelMap(sources, { low: 14, high: 14 })
    for (const pixel of hot) expect(mask[pixel]! & BAD_PIXEL_KINDS.hot).not.toBe(0)
    for (const pixel of cold) expect(mask[pixel]! & BAD_PIXEL_KINDS.cold).not.toBe(0)
    let inColumn = 0
    for (let y = 20; y < height; y++) if (mask[y * width + 33] !== 0) inColumn++
    expect(inColumn).toBeGreaterThan(77)
    expect(counts.hot).toBe(hot.size)
    const planted = new Set([...hot, ...cold, ...Array.from({ length: 80 }, (_, i) => (i + 20) * width + 33)])
    const others = indicesOf(mask).filter((pixel) => !planted.has(pixel))
    // What the rule closes: four pixels of a column that happen to lie between two cold ones.
    expect(others.map((pixel) => mask[pixel])).toEqual([8, 8, 8, 8])
  })

  it('of two flats: their common shape drops out, and what one of them alone has stays', () => {
    const other = makeFlat(8000)
    const flat = other.map((value) => 2 * value)
    flat[5050] = flat[5050]! * 0.8
    const images = { flat: { width, height, data: flat }, otherFlat: { width, height, data: other } }
    const { mask } = makeBadPixelMap(images, { columns: false })
    expect(indicesOf(mask)).toEqual([5050])
  })

  it('a run of a column that is off by its own noise is found in whole, and clean noise gives none (seed runs)', () => {
    const noise = createRandom('runs')
    const data = Float32Array.from({ length: width * height }, () => 1 + 0.02 * noise.normal())
    const clean = findFlatDefects({ width, height, data })
    expect(findBadColumns(clean, width, { least: 0 })).toHaveLength(0)
    // 1.3 sigma: no pixel of it stands out.
    for (let y = 0; y < height; y++) data[y * width + 77] = data[y * width + 77]! - 0.026
    const defects = findFlatDefects({ width, height, data })
    const found = findBadColumns(defects, width)
    expect(found.length).toBeGreaterThan(90)
    expect(found.every((pixel) => pixel % width === 77)).toBe(true)
    expect(findBadColumns(defects, width, { least: 0.05 })).toHaveLength(0)
  })

  it('refuses frames of two sizes, and no frame', () => {
    const small = { width: 2, height: 2, data: new Float32Array(4) }
    expect(() => makeBadPixelMap({ dark: { width, height, data: dark }, flat: small })).toThrow(
      /120 x 100.*2 x 2/,
    )
    expect(() => makeBadPixelMap({})).toThrow(/needs a dark or a flat/)
  })
})

describe('filling bad pixels', () => {
  const frame = overscanFrame(golden.seed)
  const bad = badPixels(golden.seed)

  it('along a row numpy does the same where the row is the shorter way', () => {
    expect(sumOf(bad)).toBe(golden.checksums[2])
    let compared = 0
    for (const { y, row } of golden.lines) {
      const data = frame.slice()
      fixBadPixels({ data, bad }, WIDTH, { method: 'interpolate' })
      for (let x = 1; x < WIDTH - 1; x++) {
        const [above, below] = [bad[(y - 1) * WIDTH + x], bad[(y + 1) * WIDTH + x]]
        const across = bad[y * WIDTH + x - 1] === 0 && bad[y * WIDTH + x + 1] === 0
        if (bad[y * WIDTH + x] === 0 || !across || (above === 0 && below === 0)) continue
        expect(Math.abs(data[y * WIDTH + x]! / row[x]! - 1)).toBeLessThan(1e-7)
        compared++
      }
    }
    expect(compared).toBeGreaterThanOrEqual(2)
  })

  it.each(golden.gaussian)('as astropy interpolates with a Gaussian of $sigma', ({ sigma, values }) => {
    const data = frame.slice()
    fixBadPixels({ data, bad }, WIDTH, { method: 'gaussian', sigma })
    indicesOf(bad).forEach((pixel, k) => {
      const wanted = values[k]!
      expect(wanted === null ? Number.isNaN(data[pixel]!) : Math.abs(data[pixel]! / wanted - 1) < 1e-6).toBe(
        true,
      )
    })
  })

  it('a plane that is straight in x and y comes back, and good pixels keep their bits', () => {
    const data = Float32Array.from(
      { length: WIDTH * HEIGHT },
      (_, i) => 100 + (i % WIDTH) * 3 + Math.floor(i / WIDTH) * 2,
    )
    const truth = data.slice()
    for (const pixel of indicesOf(bad)) data[pixel] = -9999
    const { filled, empty } = fixBadPixels({ data, bad }, WIDTH, { method: 'interpolate' })
    expect([...filled]).toEqual(indicesOf(bad))
    expect(empty).toHaveLength(0)
    data.forEach((value, i) => {
      const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)]
      if (bad[i] === 0) expect(value).toBe(truth[i])
      // At a corner only the nearest pixel is known.
      else if (x > 1 && x < 87 && y > 2 && y < HEIGHT - 3)
        expect(Math.abs(value - truth[i]!)).toBeLessThan(1e-4)
    })
  })

  it('is what one pixel after the other looks up (seed lookup)', () => {
    const random = createRandom('lookup')
    const [width, height] = [24, 17]
    const data = Float32Array.from({ length: width * height }, () => 100 * random.uniform())
    const mask = Uint8Array.from({ length: width * height }, () => (random.uniform() < 0.3 ? 7 : 0))
    const before = data.slice()
    const goodAt = (x: number, y: number) =>
      x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 0
    fixBadPixels({ data, bad: mask }, width, { method: 'interpolate' })
    const lineThrough = (x: number, y: number, dx: number, dy: number) => {
      for (let span = 2; span <= 32; span++) {
        for (let back = 1; back < span; back++) {
          const ahead = span - back
          const clear = (steps: number, sign: number) =>
            Array.from({ length: steps - 1 }, (_, k) => k + 1).every(
              (k) => !goodAt(x + sign * k * dx, y + sign * k * dy),
            )
          if (!goodAt(x - back * dx, y - back * dy) || !goodAt(x + ahead * dx, y + ahead * dy)) continue
          if (!clear(back, -1) || !clear(ahead, 1)) continue
          const [a, b] = [
            before[(y - back * dy) * width + x - back * dx]!,
            before[(y + ahead * dy) * width + x + ahead * dx]!,
          ]
          return { span, value: a + ((b - a) * back) / span }
        }
      }
      return null
    }
    let compared = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (mask[y * width + x] === 0) continue
        const lines = [lineThrough(x, y, 1, 0), lineThrough(x, y, 0, 1)].filter((line) => line !== null)
        if (lines.length === 0) continue
        const least = Math.min(...lines.map(({ span }) => span))
        const used = lines.filter(({ span }) => span === least)
        expect(data[y * width + x]).toBeCloseTo(sumOf(used.map(({ value }) => value)) / used.length, 4)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(80)
  })

  it('uncertainties go with the weights; without a way to fill there is no value', () => {
    const data = Float32Array.of(1, 0, 0, 4, Number.NaN, 0)
    const uncertainty = Float32Array.of(3, 9, 9, 6, 9, 9)
    const result = fixBadPixels({ data, uncertainty, bad: Uint8Array.of(0, 1, 1, 0, 0, 1) }, 6, {
      method: 'interpolate',
      reach: 2,
    })
    expect([...data]).toEqual([1, 2, 3, 4, 4, 4])
    expect(uncertainty[1]).toBeCloseTo(Math.hypot((2 / 3) * 3, (1 / 3) * 6), 5)
    expect([...result.filled]).toEqual([1, 2, 4, 5])
    const nothing = Float32Array.of(1, 2)
    expect([
      ...fixBadPixels({ data: nothing, bad: Uint8Array.of(1, 1) }, 2, { method: 'gaussian' }).empty,
    ]).toEqual([0, 1])
    expect([...nothing]).toEqual([Number.NaN, Number.NaN])
    const masked = Float32Array.of(1, 2, 3)
    fixBadPixels({ data: masked, bad: Uint8Array.of(0, 1, 0) }, 3, { method: 'none' })
    expect([...masked]).toEqual([1, Number.NaN, 3])
  })
})
