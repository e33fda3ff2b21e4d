/** As in the reference: wider boxes are not followed, and less of a pixel is rounding. */
export const LARGEST_SIDE: i32 = 128
export const LEAST_AREA: f64 = 1e-10

/** Which pixels a quadrilateral covers; `areas` has LARGEST_SIDE rows of LARGEST_SIDE + 1 f64. */
export class QuadOverlap {
  areas: usize
  left: i32
  top: i32
  columns: i32
  rows: i32
  area: f64
  sign: f64
}

/** With its areas behind it. */
export const QUAD_OVERLAP_BYTES: i32 = offsetof<QuadOverlap>() + 8 * (LARGEST_SIDE + 1) * LARGEST_SIDE + 16

function addTo(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value)
}

function addPiece(row: usize, from: f64, to: f64, height: f64): void {
  // Not min and max, which have to think of NaN and take four times as long.
  const rises = from < to
  const low = rises ? from : to
  const high = rises ? to : from
  const column = Math.floor(low)
  if (high <= column + 1) {
    const right = column + 1 - (low + high) / 2
    const at = row + ((<usize>(<i32>column)) << 3)
    addTo(at, height * right)
    addTo(at + 8, height * (1 - right))
    return
  }
  const perColumn = height / (high - low)
  if (high <= column + 2) {
    // Two pixels, as in the loop below.
    const at = row + ((<usize>(<i32>column)) << 3)
    const one = (column + 1 - low) * perColumn
    const oneRight = column + 1 - (low + (column + 1)) / 2
    const other = (high - (column + 1)) * perColumn
    const otherRight = column + 2 - (column + 1 + high) / 2
    addTo(at, one * oneRight)
    store<f64>(at, load<f64>(at, 8) + one * (1 - oneRight) + other * otherRight, 8)
    addTo(at + 16, other * (1 - otherRight))
    return
  }
  for (let k = column; k < high; k++) {
    const a = low > k ? low : k
    const b = high < k + 1 ? high : k + 1
    const part = (b - a) * perColumn
    const right = k + 1 - (a + b) / 2
    const at = row + ((<usize>(<i32>k)) << 3)
    addTo(at, part * right)
    addTo(at + 8, part * (1 - right))
  }
}

function addEdge(areas: usize, step: usize, startX: f64, startY: f64, endX: f64, endY: f64): void {
  if (startY == endY) return
  const falls = startY < endY
  const x0 = falls ? startX : endX
  const y0 = falls ? startY : endY
  const x1 = falls ? endX : startX
  const y1 = falls ? endY : startY
  const first = Math.floor(y0)
  if (y1 <= first + 1) {
    addPiece(areas + <usize>(<i32>first) * step, x0, x1, falls ? y1 - y0 : y0 - y1)
    return
  }
  const slope = (x1 - x0) / (y1 - y0)
  for (let row = first; row < y1; row++) {
    const starts = y0 >= row
    const ends = y1 <= row + 1
    const a = starts ? y0 : row
    const b = ends ? y1 : row + 1
    const from = starts ? x0 : x0 + (a - y0) * slope
    const to = ends ? x1 : x0 + (b - y0) * slope
    addPiece(areas + <usize>(<i32>row) * step, from, to, falls ? b - a : a - b)
  }
}

/**
 * The box of a quadrilateral, without its areas; false where it has none. Its corners are four addresses of pairs of f64, on a grid whose first
 * pixel is (left, top).
 */
export function boxQuad(
  overlap: QuadOverlap,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  offset: v128,
): bool {
  const p0 = f64x2.sub(v128.load(c0), offset)
  const p1 = f64x2.sub(v128.load(c1), offset)
  const p2 = f64x2.sub(v128.load(c2), offset)
  const p3 = f64x2.sub(v128.load(c3), offset)
  const half = f64x2.splat(0.5)
  // A corner that is not a number would be lost in what follows.
  const sum = f64x2.add(f64x2.add(p0, p1), f64x2.add(p2, p3))
  const check = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
  if (check != check) return false
  const low = f64x2.floor(f64x2.add(f64x2.pmin(f64x2.pmin(p0, p1), f64x2.pmin(p2, p3)), half))
  const high = f64x2.floor(f64x2.add(f64x2.pmax(f64x2.pmax(p0, p1), f64x2.pmax(p2, p3)), half))
  const size = f64x2.add(f64x2.sub(high, low), f64x2.splat(1))
  const columns = f64x2.extract_lane(size, 0)
  const rows = f64x2.extract_lane(size, 1)
  if (!(columns <= <f64>LARGEST_SIDE && rows <= <f64>LARGEST_SIDE)) return false
  const corner = i32x4.trunc_sat_f64x2_s_zero(low)
  overlap.left = i32x4.extract_lane(corner, 0)
  overlap.top = i32x4.extract_lane(corner, 1)
  overlap.columns = <i32>columns
  overlap.rows = <i32>rows
  return true
}

/** What the edges do to the pixels of the box that `boxQuad` found, for `sumOverlap` or whoever sums it up in passing; the reference's numbers. */
export function fillOverlap(
  overlap: QuadOverlap,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  offsetX: f64,
  offsetY: f64,
): void {
  const x0 = load<f64>(c0) - offsetX
  const y0 = load<f64>(c0, 8) - offsetY
  const x1 = load<f64>(c1) - offsetX
  const y1 = load<f64>(c1, 8) - offsetY
  const x2 = load<f64>(c2) - offsetX
  const y2 = load<f64>(c2, 8) - offsetY
  const x3 = load<f64>(c3) - offsetX
  const y3 = load<f64>(c3, 8) - offsetY
  const turn = (x2 - x0) * (y3 - y1) - (x3 - x1) * (y2 - y0)
  overlap.area = Math.abs(turn) / 2
  const columns = overlap.columns
  const rows = overlap.rows
  const areas = overlap.areas
  const step = (<usize>(columns + 1)) << 3
  const end = areas + <usize>rows * step
  const zero = f64x2.splat(0)
  // Two at a time, perhaps one too many: there is room behind.
  for (let at = areas; at < end; at += 16) v128.store(at, zero)
  const shiftX = 0.5 - <f64>overlap.left
  const shiftY = 0.5 - <f64>overlap.top
  addEdge(areas, step, x0 + shiftX, y0 + shiftY, x1 + shiftX, y1 + shiftY)
  addEdge(areas, step, x1 + shiftX, y1 + shiftY, x2 + shiftX, y2 + shiftY)
  addEdge(areas, step, x2 + shiftX, y2 + shiftY, x3 + shiftX, y3 + shiftY)
  addEdge(areas, step, x3 + shiftX, y3 + shiftY, x0 + shiftX, y0 + shiftY)
  overlap.sign = turn > 0 ? -1 : 1
}

/** Makes areas of what `fillOverlap` left: by how much each pixel of a row is covered more than the one before, with a sign. */
export function sumOverlap(overlap: QuadOverlap): void {
  const columns = overlap.columns
  const sign = overlap.sign
  let at = overlap.areas
  for (let row = 0; row < overlap.rows; row++, at += 8) {
    let sum: f64 = 0
    for (let column = 0; column < columns; column++, at += 8) {
      sum += load<f64>(at)
      store<f64>(at, sign * sum)
    }
  }
}
