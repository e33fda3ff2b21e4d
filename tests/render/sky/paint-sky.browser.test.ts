import { describe, expect, it } from 'vitest'
import { createFrameSky } from '../../../web/render/sky/create-frame-sky'
import { paintOnCanvas } from '../../../web/render/sky/paint-on-canvas'
import type { SkyMark, SkyScene } from '../../../web/render/sky/sky-scene'
import { createView, fitView, panBy, toScreen } from '../../../web/render/view'
import { tanSipToWcs } from '../../../web/science/astrometry/tan-sip-to-wcs'

const SIZE = { width: 1000, height: 800 }
const SCREEN = { width: 1000, height: 800 }

const sky = (() => {
  const made = createFrameSky(
    tanSipToWcs({
      crpix: [500, 400],
      crval: [31.2, 46.7],
      cd: [-5 / 3600, 0.0001, 0.0001, 5 / 3600],
      order: 3,
      a: [{ p: 2, q: 1, coefficient: 1e-9 }],
      b: [{ p: 0, q: 3, coefficient: -1e-9 }],
    }),
    SIZE,
  )
  if (made === null) throw new Error('no sky')
  return made
})()

const makeMark = (kind: SkyMark['kind'], x: number, y: number): SkyMark => ({
  kind,
  x,
  y,
  rightAscension: 0,
  declination: 0,
  magnitude: null,
  name: null,
  extent: null,
})

const scene = (change: Partial<SkyScene>): SkyScene => ({
  sky,
  grid: null,
  compass: null,
  scaleBar: false,
  marks: [],
  residuals: [],
  rmsArcseconds: 0.5,
  magnitudes: { faintest: 12, brightest: 6 },
  ...change,
})

const paint = (what: SkyScene, night = false) => {
  const canvas = document.createElement('canvas')
  canvas.width = SCREEN.width
  canvas.height = SCREEN.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no canvas')
  const view = fitView(createView(SCREEN), SIZE)
  paintOnCanvas(context, what, view, night)
  return { context, view, pixels: context.getImageData(0, 0, SCREEN.width, SCREEN.height).data }
}

const isInked = (pixels: Uint8ClampedArray, x: number, y: number): boolean => {
  for (let row = Math.round(y) - 1; row <= Math.round(y) + 1; row++)
    for (let column = Math.round(x) - 1; column <= Math.round(x) + 1; column++)
      if ((pixels[4 * (row * SCREEN.width + column) + 3] ?? 0) > 0) return true
  return false
}

describe('the sky over a picture', () => {
  it('has a ring about a matched star and a square about one without, each at its place', () => {
    const { pixels, view } = paint(
      scene({ marks: [makeMark('matched', 300, 200), makeMark('unmatched', 700, 600)] }),
    )
    const ring = toScreen(view, { x: 300, y: 200 })
    const square = toScreen(view, { x: 700, y: 600 })
    for (const angle of [0.3, 1.8, 3.6, 5.2])
      expect(isInked(pixels, ring.x + 9 * Math.cos(angle), ring.y + 9 * Math.sin(angle))).toBe(true)
    expect(isInked(pixels, ring.x, ring.y)).toBe(false)
    // The corner of a square lies where a ring of its width has nothing.
    expect(isInked(pixels, square.x + 6, square.y + 6)).toBe(true)
    expect(isInked(pixels, ring.x + 10, ring.y + 10)).toBe(false)
  })

  it('has grid lines where the coordinates are round', () => {
    const { pixels, view } = paint(scene({ grid: 'degrees' }))
    const out = new Float64Array(6)
    for (const declination of [46.4, 46.6, 46.8, 47]) {
      expect(sky.toPixel(31.23, declination, out)).toBe(true)
      const at = toScreen(view, { x: out[0] ?? 0, y: out[1] ?? 0 })
      expect(isInked(pixels, at.x, at.y)).toBe(true)
    }
    expect(sky.toPixel(31.23, 46.7, out)).toBe(true)
    const between = toScreen(view, { x: out[0] ?? 0, y: out[1] ?? 0 })
    expect(isInked(pixels, between.x, between.y)).toBe(false)
  })

  it('is red alone by night', () => {
    const { pixels } = paint(
      scene({
        grid: 'sexagesimal',
        compass: { north: 'N', east: 'E' },
        scaleBar: true,
        marks: [makeMark('matched', 300, 200), makeMark('missing', 500, 500), makeMark('target', 200, 500)],
      }),
      true,
    )
    let worst = 0
    for (let at = 0; at < pixels.length; at += 4)
      if ((pixels[at + 3] ?? 0) > 128) worst = Math.max(worst, (pixels[at + 2] ?? 0) - (pixels[at] ?? 0))
    expect(worst).toBeLessThanOrEqual(0)
  })

  it('costs a small part of a frame of the screen as the picture is dragged', () => {
    const marks = Array.from({ length: 400 }, (_, k) =>
      makeMark(k % 2 === 0 ? 'matched' : 'unmatched', (k * 37) % 1000, (k * 53) % 800),
    )
    const what = scene({ grid: 'sexagesimal', compass: { north: 'N', east: 'E' }, scaleBar: true, marks })
    const { context } = paint(what)
    let view = fitView(createView(SCREEN), SIZE)
    const times: Record<'all' | 'grid', number[]> = { all: [], grid: [] }
    for (let k = 0; k < 60; k++) {
      view = panBy(view, SIZE, { x: k % 7, y: -(k % 5) })
      for (const [name, drawn] of [
        ['all', what],
        ['grid', scene({ grid: 'sexagesimal' })],
      ] as const) {
        context.clearRect(0, 0, SCREEN.width, SCREEN.height)
        const start = performance.now()
        paintOnCanvas(context, drawn, view, false)
        times[name].push(performance.now() - start)
      }
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0
    console.log(
      `a view: grid ${median(times.grid).toFixed(2)} ms, with 400 marks ${median(times.all).toFixed(2)} ms`,
    )
    expect(median(times.grid)).toBeLessThan(8)
    expect(median(times.all)).toBeLessThan(16)
  })
})
