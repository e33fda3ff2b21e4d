/** A pixel that reaches over more pixels than that in a direction of the other grid is not followed: the map is torn there, or far too coarse. */
export const LARGEST_SIDE = 128

/** Which pixels a quadrilateral covers, and how much of each. */
export interface QuadOverlap {
  /** Of the first pixel. */
  left: number
  top: number
  columns: number
  rows: number
  /** Of the whole quadrilateral, in pixels. */
  area: number
  /** Of each pixel, row by row, `columns` + 1 apart. */
  readonly areas: Float64Array
}

export const createOverlap = (): QuadOverlap => ({
  left: 0,
  top: 0,
  columns: 0,
  rows: 0,
  area: 0,
  areas: new Float64Array((LARGEST_SIDE + 1) * LARGEST_SIDE),
})

/**
 * A piece of an edge within a row of pixels, of `height` with its sign: to its right that much is covered. Kept is by how much a pixel is
 * covered more than the one on its left, so that few places are touched.
 */
const addPiece = (areas: Float64Array, first: number, from: number, to: number, height: number): void => {
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  const column = Math.floor(low)
  if (high <= column + 1) {
    const right = column + 1 - (low + high) / 2
    areas[first + column]! += height * right
    areas[first + column + 1]! += height * (1 - right)
    return
  }
  const perColumn = height / (high - low)
  for (let k = column; k < high; k++) {
    const a = Math.max(low, k)
    const b = Math.min(high, k + 1)
    const part = (b - a) * perColumn
    const right = k + 1 - (a + b) / 2
    areas[first + k]! += part * right
    areas[first + k + 1]! += part * (1 - right)
  }
}

const addEdge = (overlap: QuadOverlap, startX: number, startY: number, endX: number, endY: number): void => {
  if (startY === endY) return
  const falls = startY < endY
  const [x0, y0, x1, y1] = falls ? [startX, startY, endX, endY] : [endX, endY, startX, startY]
  const slope = (x1 - x0) / (y1 - y0)
  const step = overlap.columns + 1
  for (let row = Math.floor(y0); row < y1; row++) {
    const a = Math.max(y0, row)
    const b = Math.min(y1, row + 1)
    // The ends themselves, so that an edge never leaves the box of the corners.
    const from = a === y0 ? x0 : x0 + (a - y0) * slope
    const to = b === y1 ? x1 : x0 + (b - y0) * slope
    addPiece(overlap.areas, row * step, from, to, falls ? b - a : a - b)
  }
}

/**
 * Overlap of a quadrilateral with every pixel that it touches, straight edges and flat pixels: exact for that, to some 1e-14 of a pixel. `corners`: x and
 * y of the four corners in turn, either way round, pixel (0, 0) reaching from -0.5 to 0.5. Each edge is walked along and what it cuts off is
 * summed up from left to right (Green's theorem; the way in which glyphs are drawn), instead of clipping against pixel by pixel.
 * False where a corner has no place or the box is wider than LARGEST_SIDE.
 */
export const overlapQuad = (corners: Float64Array, overlap: QuadOverlap): boolean => {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = corners as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const left = Math.floor(Math.min(x0, x1, x2, x3) + 0.5)
  const top = Math.floor(Math.min(y0, y1, y2, y3) + 0.5)
  const columns = Math.floor(Math.max(x0, x1, x2, x3) + 0.5) - left + 1
  const rows = Math.floor(Math.max(y0, y1, y2, y3) + 0.5) - top + 1
  // Also true where a corner is not a number.
  if (!(columns <= LARGEST_SIDE && rows <= LARGEST_SIDE)) return false
  overlap.left = left
  overlap.top = top
  overlap.columns = columns
  overlap.rows = rows
  const turn = (x2 - x0) * (y3 - y1) - (x3 - x1) * (y2 - y0)
  overlap.area = Math.abs(turn) / 2
  const { areas } = overlap
  areas.fill(0, 0, (columns + 1) * rows)
  const [shiftX, shiftY] = [0.5 - left, 0.5 - top]
  addEdge(overlap, x0 + shiftX, y0 + shiftY, x1 + shiftX, y1 + shiftY)
  addEdge(overlap, x1 + shiftX, y1 + shiftY, x2 + shiftX, y2 + shiftY)
  addEdge(overlap, x2 + shiftX, y2 + shiftY, x3 + shiftX, y3 + shiftY)
  addEdge(overlap, x3 + shiftX, y3 + shiftY, x0 + shiftX, y0 + shiftY)
  const sign = turn > 0 ? -1 : 1
  for (let row = 0, at = 0; row < rows; row++, at++) {
    let sum = 0
    for (let column = 0; column < columns; column++, at++) {
      sum += areas[at]!
      areas[at] = sign * sum
    }
  }
  return true
}

/** Less of a pixel than that is rounding. */
export const LEAST_AREA = 1e-10
