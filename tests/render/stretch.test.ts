import { describe, expect, it } from 'vitest'
import { colourPixels } from '../../web/render/colour-table'
import { COLORMAPS, COLORMAP_STEPS, colormapTable } from '../../web/render/colormaps'
import { applyStretch, invertStretch, placeBetweenCuts, STRETCHES } from '../../web/render/stretch'
import golden from '../golden/render/cuts.json'

describe('stretches', () => {
  it.each(STRETCHES)(
    '%s maps 0 to 0 and 1 to 1, rises everywhere and is undone by its inverse',
    (stretch) => {
      expect(applyStretch(stretch, 0)).toBe(0)
      expect(applyStretch(stretch, 1)).toBeCloseTo(1, 12)
      for (let i = 0; i < 200; i++) {
        expect(applyStretch(stretch, (i + 1) / 200)).toBeGreaterThan(applyStretch(stretch, i / 200))
        expect(invertStretch(stretch, applyStretch(stretch, i / 200))).toBeCloseTo(i / 200, 12)
      }
      expect(applyStretch(stretch, -5)).toBe(0)
      expect(applyStretch(stretch, 5)).toBeCloseTo(1, 12)
      expect(applyStretch(stretch, Number.NaN)).toBeNaN()
    },
  )

  it.each(['log', 'sqrt', 'asinh'] as const)('%s is astropy’s', (stretch) => {
    for (const [i, wanted] of golden.stretches[stretch].entries()) {
      expect(applyStretch(stretch, i / 20)).toBeCloseTo(wanted, 6)
    }
  })

  it('makes a step of cuts that coincide', () => {
    expect([4, 5, 6].map((value) => placeBetweenCuts(value, 5, 5))).toEqual([0, 0, 1])
    expect(placeBetweenCuts(Number.NaN, 5, 5)).toBeNaN()
  })
})

describe('colours', () => {
  it.each(COLORMAPS)('%s runs backwards when inverted', (colormap) => {
    const forwards = colormapTable(colormap, false)
    const backwards = colormapTable(colormap, true)
    for (const i of [0, 1, 300, COLORMAP_STEPS - 1]) {
      const j = COLORMAP_STEPS - 1 - i
      for (let c = 0; c < 4; c++) {
        // The two places are the same but for the last digit of the division.
        expect(Math.abs((forwards[4 * i + c] ?? 0) - (backwards[4 * j + c] ?? 0))).toBeLessThanOrEqual(1)
      }
    }
  })

  it('gives no green and no blue by night', () => {
    const table = colormapTable('night', false)
    for (let i = 0; i < COLORMAP_STEPS; i++) expect([table[4 * i + 1], table[4 * i + 2]]).toEqual([0, 0])
    expect(table[4 * (COLORMAP_STEPS - 1)]).toBe(255)
  })

  it.each(STRETCHES)('colours pixels in %s as the definition says, within a level', (stretch) => {
    const [low, high] = [-20, 3000]
    const values = Float32Array.from({ length: 5000 }, (_, i) => low - 10 + i * 0.62)
    const words = new Uint32Array(values.length)
    colourPixels(values, { stretch, low, high, colormap: 'grey', invert: false }, words)
    const bytes = new Uint8Array(words.buffer)
    for (const [i, value] of values.entries()) {
      const exact = 255 * applyStretch(stretch, placeBetweenCuts(value, low, high))
      expect(Math.abs((bytes[4 * i] ?? 0) - exact)).toBeLessThanOrEqual(1)
    }
  })

  it('shows a pixel without a value in a colour that no map holds, and infinities at the ends', () => {
    const words = new Uint32Array(3)
    const settings = { stretch: 'linear', low: 0, high: 1, colormap: 'grey', invert: false } as const
    colourPixels(Float32Array.of(Number.NaN, Infinity, -Infinity), settings, words)
    const bytes = [...new Uint8Array(words.buffer)]
    expect(bytes.slice(4)).toEqual([255, 255, 255, 255, 0, 0, 0, 255])
    expect(new Set(bytes.slice(0, 3)).size).toBe(3)
  })
})
