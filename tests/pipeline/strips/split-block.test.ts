import { describe, expect, it } from 'vitest'
import type { MasterRecord } from '../../../web/core/master'
import { affineMap } from '../../../web/core/pixel-map'
import type { Transform } from '../../../web/core/transform'
import { createRecipe } from '../../../web/pipeline/strips/frame-recipe'
import { findSourceRows, type FrameOnGrid } from '../../../web/pipeline/strips/make-rows'
import { joinRows, splitBlock } from '../../../web/pipeline/strips/split-block'
import { makeExposure } from '../../support/make-exposure'

const WIDTH = 9576
const HEIGHT = 6388
const MEBIBYTE = 1024 * 1024

const turned = (degrees: number): Transform => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [x, y] = [WIDTH / 2, HEIGHT / 2]
  return { a: cos, b: -sin, c: x - cos * x + sin * y, d: sin, e: cos, f: y - sin * x - cos * y }
}

const masterOf = (id: string) =>
  ({ id, width: WIDTH, height: HEIGHT, statistics: { median: 0 } }) as MasterRecord

const framesTurned = (degrees: number | null): FrameOnGrid[] => {
  const exposure = makeExposure({}, { width: WIDTH, height: HEIGHT })
  const frame = createRecipe(exposure, {
    bias: masterOf('bias'),
    dark: masterOf('dark'),
    flat: masterOf('flat'),
    map: degrees === null ? null : affineMap(turned(degrees)),
  })
  return [{ frame, width: WIDTH, interpolation: 'lanczos3' }]
}

const ROWS = { left: 0, right: WIDTH, top: 3000, bottom: 3008 }

describe('rows of a large grid, from frames that lie turned', () => {
  it.each([0, 1, 5, 30, 45, 90, 135, 180, 270])(
    'are cut so that what is read for a block fits: %d degrees',
    (degrees) => {
      const frames = framesTurned(degrees)
      const blocks = splitBlock(frames, ROWS, 64 * MEBIBYTE)
      let last = ROWS.left
      for (const block of blocks) {
        expect([block.left, block.top, block.bottom]).toEqual([last, ROWS.top, ROWS.bottom])
        last = block.right
        const rows = joinRows(frames.map((frame) => findSourceRows(frame, block)))
        // Raw 16-bit rows, calibrated ones, and three masters.
        const bytes = rows === null ? 0 : (rows.bottom - rows.top) * WIDTH * (2 + 4 + 12)
        expect(bytes).toBeLessThanOrEqual(64 * MEBIBYTE)
      }
      expect(last).toBe(ROWS.right)
      expect(blocks.length).toBeLessThanOrEqual(WIDTH / 64)
    },
  )

  it('stay whole where frames do not turn, even when they do not fit', () => {
    expect(splitBlock(framesTurned(null), ROWS, 1)).toEqual([ROWS])
    expect(splitBlock(framesTurned(0), ROWS, MEBIBYTE)).toEqual([ROWS])
  })
})
