import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { NO_DISTORTION, type Wcs } from '../../../web/science/astrometry/wcs/wcs'
import type { FrameSky } from '../../../web/render/sky/frame-sky'
import { traceGrid, type GridLine } from '../../../web/render/sky/trace-grid'

const SIZE = 1000

/** A plain TAN frame: centre, degrees a pixel, rotation. */
const makeSky = (longitude: number, latitude: number, scale: number, angle = 0): FrameSky => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const wcs: Wcs = {
    projection: 'TAN',
    parameters: [],
    system: { name: 'icrs' },
    names: { longitude: 'RA', latitude: 'DEC' },
    axes: [1, 2],
    swapped: false,
    reference: { x: (SIZE - 1) / 2, y: (SIZE - 1) / 2 },
    center: { longitude, latitude },
    matrix: [-scale * c, scale * s, scale * s, scale * c],
    pole: { longitude: null, latitude: null },
    fiducial: null,
    distortion: NO_DISTORTION,
    missing: [],
  }
  const transform = createTransform(wcs)
  return { width: SIZE, height: SIZE, toSky: transform.pixelToSky, toPixel: transform.skyToPixel }
}
const WHOLE = { left: 0, top: 0, right: SIZE - 1, bottom: SIZE - 1 }
const trace = (sky: FrameSky, style: 'sexagesimal' | 'degrees' = 'sexagesimal') =>
  traceGrid(sky, WHOLE, { style, apart: 150 })
const pick = (lines: readonly GridLine[], axis: GridLine['axis']) =>
  lines.filter((line) => line.axis === axis)

describe('the coordinate grid', () => {
  it('runs along its coordinate, whatever the field', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: -89.9, max: 89.9, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.02, noNaN: true }),
        fc.double({ min: 0, max: 6.3, noNaN: true }),
        (longitude, latitude, scale, angle) => {
          const sky = makeSky(longitude, latitude, scale, angle)
          const out = new Float64Array(6)
          for (const { axis, runs } of trace(sky)) {
            const values: number[] = []
            for (const run of runs)
              for (let k = 0; k < run.length; k += 2) {
                if (!sky.toSky(run[k]!, run[k + 1]!, out)) values.push(Number.NaN)
                // At the pole itself there is no right ascension.
                if (axis === 'declination') values.push(out[1]!)
                else if (Math.abs(out[1]!) < 89.999999) values.push(out[0]!)
              }
            const apart = values.map((value) => Math.abs(value - values[0]!))
            expect(Math.max(...apart.map((away) => Math.min(away, 360 - away)))).toBeLessThan(1e-6)
          }
        },
      ),
      { numRuns: 200, seed: 4 },
    )
  })

  it('has lines in sensible numbers at every scale and place, and each crosses the picture', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.03, noNaN: true }),
        (longitude, latitude, scale) => {
          const lines = trace(makeSky(longitude, latitude, scale))
          const parallels = pick(lines, 'declination').length
          expect(parallels).toBeGreaterThanOrEqual(1)
          expect(parallels).toBeLessThanOrEqual(12)
          expect(pick(lines, 'right-ascension').length).toBeGreaterThanOrEqual(1)
          expect(pick(lines, 'right-ascension').length).toBeLessThanOrEqual(40)
          expect(new Set(lines.map(({ label }) => label)).size).toBe(lines.length)
        },
      ),
      { numRuns: 300, seed: 11 },
    )
  })

  it('goes on over 0h without a gap and without a second line', () => {
    const lines = pick(trace(makeSky(0, 20, 0.001)), 'right-ascension')
    expect(lines.map(({ label }) => label)).toEqual(['23h58m', '23h59m', '0h00m', '0h01m', '0h02m'])
    expect(
      pick(trace(makeSky(0, 20, 0.001), 'degrees'), 'right-ascension').map(({ label }) => label),
    ).toEqual(['359.4°', '359.6°', '359.8°', '0.0°', '0.2°', '0.4°', '0.6°'])
  })

  it('closes its circles round a pole, and only the quarters run into it', () => {
    const sky = makeSky(123, 90, 0.005)
    const lines = trace(sky)
    for (const { runs } of pick(lines, 'declination')) {
      if (runs.length > 1) continue
      const run = runs[0]!
      expect(run[0]).toBeCloseTo(run.at(-2)!, 6)
      expect(run[1]).toBeCloseTo(run.at(-1)!, 6)
    }
    const middle = (SIZE - 1) / 2
    const reaching = pick(lines, 'right-ascension').filter(({ runs }) =>
      runs.some((run) => Math.hypot(run.at(-2)! - middle, run.at(-1)! - middle) < 1e-6),
    )
    expect(reaching.map(({ label }) => label).sort()).toEqual(['0h', '12h', '18h', '6h'])
    expect(pick(lines, 'right-ascension').length).toBeGreaterThan(4)
  })

  it('counts all hours where the pole is just inside the corner, and not where it is just outside', () => {
    const corner = 0.005 * 499 * Math.SQRT2
    expect(pick(trace(makeSky(0, 90 - 0.97 * corner, 0.005, Math.PI / 4)), 'right-ascension')).toHaveLength(
      24,
    )
    const outside = pick(trace(makeSky(0, 90 - 1.03 * corner, 0.005, Math.PI / 4)), 'right-ascension')
    expect(outside.length).toBeLessThan(24)
  })

  it('is traced for one view in less time than a frame of the screen leaves', () => {
    const base = makeSky(31, 46.7, 5.168 / 3600, 0.3)
    const views = Array.from({ length: 200 }, (_, k) => ({ ...WHOLE, left: k, right: SIZE - 1 - k / 2 }))
    for (const view of views) traceGrid(base, view, { style: 'sexagesimal', apart: 120 })
    const start = performance.now()
    for (const view of views) traceGrid(base, view, { style: 'sexagesimal', apart: 120 })
    const each = (performance.now() - start) / views.length
    console.log(`grid of one view: ${each.toFixed(3)} ms`)
    expect(each).toBeLessThan(10)
  })
})
