import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clampView,
  createView,
  fitView,
  isFitted,
  LARGEST_SCALE,
  oneToOne,
  panBy,
  pixelsOnScreen,
  resizeView,
  toImage,
  toScreen,
  zoomAt,
} from '../../web/render/view'

const IMAGE = { width: 650, height: 500 }
const SCREEN = { width: 800, height: 700 }
const fitted = (rowZeroAt: 'bottom' | 'top' = 'bottom') => fitView(createView(SCREEN, rowZeroAt), IMAGE)
const anywhere = {
  x: fc.double({ min: 0, max: 800, noNaN: true }),
  y: fc.double({ min: 0, max: 700, noNaN: true }),
}
const seeded = { seed: 32, numRuns: 200 }

describe('view (seed 32)', () => {
  it('shows the whole image, first row at the bottom as DS9 does, or at the top', () => {
    const scale = 800 / 650
    // The corner of the first pixel is at (-0.5, -0.5).
    expect(toScreen(fitted(), { x: -0.5, y: -0.5 })).toEqual({
      x: expect.closeTo(0, 9),
      y: expect.closeTo(350 + 250 * scale, 9),
    })
    expect(toScreen(fitted('top'), { x: -0.5, y: -0.5 })).toEqual({
      x: expect.closeTo(0, 9),
      y: expect.closeTo(350 - 250 * scale, 9),
    })
    expect(isFitted(fitted(), IMAGE)).toBe(true)
  })

  it('goes to the screen and back, through a frame’s own turn as well', () => {
    const frameTransform = { a: 0.99, b: -0.1, c: 14, d: 0.1, e: 0.99, f: -60 }
    fc.assert(
      fc.property(anywhere.x, anywhere.y, fc.double({ min: 0.3, max: 40, noNaN: true }), (x, y, factor) => {
        const view = { ...zoomAt(fitted(), IMAGE, factor, { x, y }), frameTransform }
        const back = toScreen(view, toImage(view, { x, y }))
        expect(back.x).toBeCloseTo(x, 6)
        expect(back.y).toBeCloseTo(y, 6)
      }),
      seeded,
    )
  })

  it('holds what is under the cursor while it zooms in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.01, max: 20, noNaN: true }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        (factor, part) => {
          const at = { x: 800 * part, y: 350 }
          const before = toImage(fitted(), at)
          const after = toImage(zoomAt(fitted(), IMAGE, factor, at), at)
          expect(after.x).toBeCloseTo(before.x, 6)
          expect(after.y).toBeCloseTo(before.y, 6)
        },
      ),
      seeded,
    )
  })

  it('keeps scale and centre within bounds whatever a hand does', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: -5000, max: 5000, noNaN: true }),
            fc.double({ min: 0.01, max: 90, noNaN: true }),
          ),
        ),
        (moves) => {
          let view = fitted()
          for (const [by, factor] of moves) {
            view = zoomAt(panBy(view, IMAGE, { x: by, y: -by / 2 }), IMAGE, factor, { x: 10, y: 650 })
          }
          expect(view.scale).toBeLessThanOrEqual(LARGEST_SCALE)
          expect(view.scale).toBeGreaterThanOrEqual(0.5)
          const middle = toImage(view, { x: 400, y: 350 })
          expect(middle.x).toBeGreaterThanOrEqual(-250)
          expect(middle.x).toBeLessThanOrEqual(900)
          expect(clampView(view, IMAGE)).toEqual(view)
        },
      ),
      seeded,
    )
  })

  it('moves the picture with the hand', () => {
    const near = zoomAt(fitted(), IMAGE, 4)
    const star = { x: 300, y: 200 }
    const before = toScreen(near, star)
    const after = toScreen(panBy(near, IMAGE, { x: 13, y: -7 }), star)
    expect(after.x - before.x).toBeCloseTo(13, 9)
    expect(after.y - before.y).toBeCloseTo(-7, 9)
  })

  it('goes to one image pixel a CSS pixel, and keeps it when the screen changes', () => {
    const one = oneToOne(zoomAt(fitted(), IMAGE, 3), IMAGE)
    expect(pixelsOnScreen(one)).toBeCloseTo(1, 12)
    expect(pixelsOnScreen(resizeView(one, IMAGE, { width: 390, height: 400 }))).toBeCloseTo(1, 12)
  })

  it('lays a frame under the reference: a star stays where it is while its pixel differs', () => {
    const view = zoomAt(fitted(), IMAGE, 2)
    const frameTransform = { a: 1, b: 0, c: -37.5, d: 0, e: 1, f: 11 }
    const at = toScreen(view, { x: 424, y: 286 })
    expect(toImage({ ...view, frameTransform }, at)).toEqual({
      x: expect.closeTo(386.5, 9),
      y: expect.closeTo(297, 9),
    })
  })
})
