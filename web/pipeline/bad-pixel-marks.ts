import { BAD_PIXEL_KINDS } from '../core/master'
import type { BadPixelEdits } from './edit-bad-pixels'

/** Pixels of a map that a person marks in one go: a box (a single pixel, a row or a column as well), or a line from one corner to the other. */
export interface BadPixelMark {
  readonly as: 'bad' | 'good'
  readonly shape: 'box' | 'line'
  /** First and last, both in; for a line in the order in which it was drawn. */
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

interface MapSize {
  readonly width: number
  readonly height: number
}

/** Stands in a picture of marks for a pixel that the map has and a person takes for good. */
export const CLEARED_PIXEL = 64

/** So many pixels can be changed in one go: more is no map any more, and their list would fill the memory. */
export const MOST_MARKED_PIXELS = 1_000_000

const rangeWithin = ([a, b]: readonly [number, number], length: number): [number, number] => [
  Math.max(0, Math.min(a, b)),
  Math.min(length - 1, Math.max(a, b)),
]

/** How many pixels of a map a mark has; a line as many as the longer of its sides. */
export const countMarked = (mark: BadPixelMark, { width, height }: MapSize): number => {
  const [left, right] = rangeWithin(mark.x, width)
  const [top, bottom] = rangeWithin(mark.y, height)
  const [columns, rows] = [Math.max(0, right - left + 1), Math.max(0, bottom - top + 1)]
  return mark.shape === 'line' ? Math.max(columns, rows) : columns * rows
}

/** Pixels of a mark by index y * width + x; what lies beyond the map is left out. A line has one pixel for each step along its longer side. */
export const listMarked = (mark: BadPixelMark, { width, height }: MapSize): number[] => {
  const pixels: number[] = []
  if (mark.shape === 'line') {
    const [dx, dy] = [mark.x[1] - mark.x[0], mark.y[1] - mark.y[0]]
    const steps = Math.max(Math.abs(dx), Math.abs(dy))
    for (let step = 0; step <= steps; step++) {
      const part = steps === 0 ? 0 : step / steps
      const [x, y] = [Math.round(mark.x[0] + part * dx), Math.round(mark.y[0] + part * dy)]
      if (x >= 0 && y >= 0 && x < width && y < height) pixels.push(y * width + x)
    }
    return pixels
  }
  const [left, right] = rangeWithin(mark.x, width)
  const [top, bottom] = rangeWithin(mark.y, height)
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) pixels.push(y * width + x)
  return pixels
}

/** What becomes of the marked pixels of a map, the later mark winning. A pixel that the map has already keeps its kinds when it is marked as bad. */
const settleMarks = (
  map: Uint8Array,
  size: MapSize,
  marks: readonly BadPixelMark[],
): Map<number, 'bad' | 'good'> => {
  const settled = new Map<number, 'bad' | 'good'>()
  for (const mark of marks) for (const pixel of listMarked(mark, size)) settled.set(pixel, mark.as)
  for (const [pixel, as] of settled) if ((map[pixel] !== 0) === (as === 'bad')) settled.delete(pixel)
  return settled
}

/** A map with marks on it as it is shown: new bad pixels as a person's, those that are taken for good as CLEARED_PIXEL. */
export const drawMarks = (
  map: Uint8Array,
  size: MapSize,
  marks: readonly BadPixelMark[],
): Uint8Array<ArrayBuffer> => {
  const drawn = new Uint8Array(map)
  for (const [pixel, as] of settleMarks(map, size, marks))
    drawn[pixel] = as === 'bad' ? BAD_PIXEL_KINDS.person : CLEARED_PIXEL
  return drawn
}

/** What the marks change of a map. */
export const editsOf = (map: Uint8Array, size: MapSize, marks: readonly BadPixelMark[]): BadPixelEdits => {
  const settled = [...settleMarks(map, size, marks)]
  const take = (wanted: 'bad' | 'good') => settled.flatMap(([pixel, as]) => (as === wanted ? [pixel] : []))
  return { bad: take('bad'), good: take('good') }
}
