import { describe, expect, it } from 'vitest'
import { applyTransform } from '../../web/core/transform'
import {
  CLEARED_PIXEL,
  countMarked,
  drawMarks,
  editsOf,
  listMarked,
  type BadPixelMark,
} from '../../web/pipeline/bad-pixel-marks'
import { findMapPlace } from '../../web/pipeline/find-map-place'
import { makeBadPixelTable, KINDS_SHOWN } from '../../web/render/bad-pixel-colours'
import { BAD_PIXEL_KINDS } from '../../web/core/master'
import { createRandom } from '../../web/science/math/random'
import { makeExposure } from '../support/make-exposure'

const size = { width: 6, height: 5 }
const box = (
  x: readonly [number, number],
  y: readonly [number, number],
  as: BadPixelMark['as'] = 'bad',
): BadPixelMark => ({ as, shape: 'box', x, y })
const line = (x: readonly [number, number], y: readonly [number, number]): BadPixelMark => ({
  as: 'bad',
  shape: 'line',
  x,
  y,
})

describe('marks on a map of bad pixels', () => {
  it('are pixels, boxes, rows and columns, cut at the edge of the map', () => {
    expect(listMarked(box([2, 2], [3, 3]), size)).toEqual([20])
    expect(listMarked(box([5, 4], [1, 0]), size)).toEqual([4, 5, 10, 11])
    expect(listMarked(box([-3, 0], [3, 99]), size)).toEqual([18, 24])
    expect(listMarked(box([1, 1], [0, 4]), size)).toEqual([1, 7, 13, 19, 25])
    expect(listMarked(box([9, 12], [0, 4]), size)).toEqual([])
  })

  it('are lines without a gap, with one pixel for each step along the longer side', () => {
    expect(listMarked(line([0, 5], [0, 0]), size)).toEqual([0, 1, 2, 3, 4, 5])
    expect(listMarked(line([5, 0], [4, 0]), size)).toHaveLength(6)
    const random = createRandom('lines')
    for (let turn = 0; turn < 200; turn++) {
      const draw = () => Math.floor(40 * random.uniform())
      const mark = line([draw(), draw()], [draw(), draw()])
      const large = { width: 40, height: 40 }
      const pixels = listMarked(mark, large)
      expect(pixels).toHaveLength(countMarked(mark, large))
      expect(pixels[0]).toBe(mark.y[0] * 40 + mark.x[0])
      expect(pixels.at(-1)).toBe(mark.y[1] * 40 + mark.x[1])
      for (const [index, pixel] of pixels.slice(1).entries()) {
        const [dx, dy] = [
          (pixel % 40) - (pixels[index]! % 40),
          Math.floor(pixel / 40) - Math.floor(pixels[index]! / 40),
        ]
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBe(1)
      }
    }
  })

  it('become what is new alone: the last mark of a pixel counts, and bad ones keep their kinds', () => {
    const map = new Uint8Array(30)
    map[7] = BAD_PIXEL_KINDS.hot
    map[8] = BAD_PIXEL_KINDS.column
    const marks = [
      box([0, 2], [1, 1]),
      box([1, 1], [1, 1], 'good'),
      box([2, 2], [1, 1], 'good'),
      box([2, 2], [1, 1]),
    ]
    expect(editsOf(map, size, marks)).toEqual({ bad: [6], good: [7] })
    const drawn = drawMarks(map, size, marks)
    expect([...drawn.subarray(5, 10)]).toEqual([
      0,
      BAD_PIXEL_KINDS.person,
      CLEARED_PIXEL,
      BAD_PIXEL_KINDS.column,
      0,
    ])
    expect(map[7]).toBe(BAD_PIXEL_KINDS.hot)
    expect(editsOf(map, size, marks.slice(0, 0))).toEqual({ bad: [], good: [] })
  })
})

describe('a map over a frame', () => {
  const exposure = makeExposure(
    { telescope: 'T', instrument: 'C', binning: [1, 1] },
    { width: 60, height: 40 },
  )
  const group = {
    telescope: 't',
    instrument: 'c',
    night: '2025-01-01+02',
    filter: null,
    exposure: null,
    binning: [1, 1],
    gainSetting: null,
    temperature: null,
  } as const
  const map = (width: number, height: number) => ({ group: { ...group, width, height }, width, height })
  const raw = { overscan: null, trim: { x: [8, 60], y: [3, 40] }, linearity: null } as const

  it('lies where its pixels are, trimmed and in one colour', () => {
    const place = findMapPlace(map(52, 37), exposure, { raw, channel: { name: 'green', places: [] } })
    if (place === null) throw new Error('it fits')
    expect(applyTransform(place.raw, { x: 8, y: 3 })).toEqual({ x: 0, y: 0 })
    expect(applyTransform(place.calibrated, { x: 10, y: 4 })).toEqual({ x: 20.5, y: 8.5 })
    expect(findMapPlace(map(60, 40), exposure, {})?.calibrated).toMatchObject({ a: 1, c: 0, f: 0 })
  })

  it('is none of a frame of another camera or size', () => {
    expect(findMapPlace(map(60, 40), exposure, { raw })).toBeNull()
    expect(
      findMapPlace(
        { ...map(60, 40), group: { ...group, width: 60, height: 40, instrument: 'D' } },
        exposure,
        {},
      ),
    ).toBeNull()
  })
})

describe('colours of the kinds', () => {
  it('are there for every sum of kinds and can be hidden one by one; a pixel that is taken for good has its own', () => {
    const table = makeBadPixelTable([], CLEARED_PIXEL, false)
    for (let value = 1; value < 32; value++) expect(table[value]).not.toBe(0)
    expect(table[0]).toBe(0)
    expect(new Set(KINDS_SHOWN.map((kind) => table[BAD_PIXEL_KINDS[kind]])).size).toBe(5)
    const without = makeBadPixelTable(['hot'], CLEARED_PIXEL, false)
    expect(without[BAD_PIXEL_KINDS.hot]).toBe(0)
    expect(without[BAD_PIXEL_KINDS.hot + BAD_PIXEL_KINDS.column]).toBe(table[BAD_PIXEL_KINDS.column])
    expect(table[CLEARED_PIXEL]).not.toBe(table[BAD_PIXEL_KINDS.person])
    // By night nothing but red and what is dim.
    for (const word of makeBadPixelTable([], CLEARED_PIXEL, true))
      expect((word >>> 8) & 255).toBeLessThanOrEqual(word & 255 || 1)
  })
})
