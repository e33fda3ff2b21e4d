import { EMPTY_CELL, SMOOTH_CELL, type GridPixelMap, type PixelMap } from '../../core/pixel-map'

/** Neighbouring places of a row, one pixel apart; they may begin between pixels, as corners do. */
export interface PlaceRow {
  readonly x: number
  readonly y: number
  readonly count: number
}

/** Weights of the cubic through the values at -1, 0, 1 and 2, at t (Lagrange). */
const weightsOf = (t: number): readonly [number, number, number, number] => [
  (-t * (t - 1) * (t - 2)) / 6,
  ((t + 1) * (t - 1) * (t - 2)) / 2,
  (-(t + 1) * t * (t - 2)) / 2,
  ((t + 1) * t * (t - 1)) / 6,
]

/** Coefficients of that cubic, x and y in turn, for the nodes from `first` on. */
const fillCubic = (
  nodes: Float64Array,
  first: number,
  step: number,
  weights: readonly [number, number, number, number],
  into: Float64Array,
): void => {
  const [w0, w1, w2, w3] = weights
  for (let axis = 0; axis < 2; axis++) {
    let at = first + axis
    const before =
      w0 * nodes[at]! + w1 * nodes[at + step]! + w2 * nodes[at + 2 * step]! + w3 * nodes[at + 3 * step]!
    at += 2
    const start =
      w0 * nodes[at]! + w1 * nodes[at + step]! + w2 * nodes[at + 2 * step]! + w3 * nodes[at + 3 * step]!
    at += 2
    const end =
      w0 * nodes[at]! + w1 * nodes[at + step]! + w2 * nodes[at + 2 * step]! + w3 * nodes[at + 3 * step]!
    at += 2
    const after =
      w0 * nodes[at]! + w1 * nodes[at + step]! + w2 * nodes[at + 2 * step]! + w3 * nodes[at + 3 * step]!
    into[axis] = start
    into[2 + axis] = end - start / 2 - before / 3 - after / 6
    into[4 + axis] = (before + end) / 2 - start
    into[6 + axis] = (after - before) / 6 + (start - end) / 2
  }
}

/** Between the pixels of a block straight lines lead from one to the next. */
const writeBlockPlaces = (
  map: GridPixelMap,
  block: number,
  place: { readonly x: number; readonly y: number; readonly count: number },
  out: Float64Array,
  at: number,
): void => {
  const { spacing, blocks } = map
  const side = spacing + 1
  const down = Math.min(Math.max(Math.floor(place.y), 0), spacing - 1)
  const v = place.y - down
  for (let i = 0; i < place.count; i++) {
    const x = place.x + i
    const across = Math.min(Math.max(Math.floor(x), 0), spacing - 1)
    const u = x - across
    for (let axis = 0; axis < 2; axis++) {
      const corner = 2 * (block * side * side + down * side + across) + axis
      // On a pixel its neighbours must not count, which may have no position.
      const upper = u === 0 ? blocks[corner]! : (1 - u) * blocks[corner]! + u * blocks[corner + 2]!
      const below = corner + 2 * side
      const lower = v === 0 ? 0 : u === 0 ? blocks[below]! : (1 - u) * blocks[below]! + u * blocks[below + 2]!
      out[at + 2 * i + axis] = v === 0 ? upper : (1 - v) * upper + v * lower
    }
  }
}

const mapGridRow = (map: GridPixelMap, { x, y, count }: PlaceRow, out: Float64Array): void => {
  const { left, top, width, height, spacing, columns, rows, cells, nodes } = map
  const down = y - top
  const start = x - left
  // Half a pixel beyond the window lie the outer corners of its pixels.
  const from = Math.min(Math.max(Math.ceil(-0.5 - start), 0), count)
  const until = Math.min(Math.max(Math.floor(width - 0.5 - start) + 1, from), count)
  if (!(down >= -0.5 && down <= height - 0.5) || from >= until) {
    out.fill(Number.NaN, 0, 2 * count)
    return
  }
  out.fill(Number.NaN, 0, 2 * from)
  out.fill(Number.NaN, 2 * until, 2 * count)
  const row = Math.min(Math.max(Math.floor(down / spacing), 0), rows - 1)
  const v = down - row * spacing
  const weights = weightsOf(v / spacing)
  const step = 2 * (columns + 3)
  const cubic = new Float64Array(8)
  for (let i = from; i < until;) {
    const column = Math.min(Math.max(Math.floor((start + i) / spacing), 0), columns - 1)
    const u = start + i - column * spacing
    const room = column === columns - 1 ? until - i : Math.ceil(spacing - u)
    const end = Math.min(until, i + room)
    const cell = cells[row * columns + column]!
    if (cell === EMPTY_CELL) out.fill(Number.NaN, 2 * i, 2 * end)
    else if (cell === SMOOTH_CELL) {
      fillCubic(nodes, row * step + 2 * column, step, weights, cubic)
      for (let k = i; k < end; k++) {
        const t = (u + (k - i)) / spacing
        out[2 * k] = cubic[0]! + t * (cubic[2]! + t * (cubic[4]! + t * cubic[6]!))
        out[2 * k + 1] = cubic[1]! + t * (cubic[3]! + t * (cubic[5]! + t * cubic[7]!))
      }
    } else writeBlockPlaces(map, cell, { x: u, y: v, count: end - i }, out, 2 * i)
    i = end
  }
}

/**
 * Positions on the other grid of `count` places of a row, x and y in turn, into `out`. Each is worked out from its own place in f64 and is the same
 * whatever part of the row is asked for. NaN where there is none.
 */
export const mapRow = (map: PixelMap, row: PlaceRow, out: Float64Array): void => {
  if (map.kind === 'grid') {
    mapGridRow(map, row, out)
    return
  }
  const { a, b, c, d, e, f } = map.transform
  const { x, y, count } = row
  const startX = b * y + c
  const startY = e * y + f
  for (let i = 0; i < count; i++) {
    out[2 * i] = a * (x + i) + startX
    out[2 * i + 1] = d * (x + i) + startY
  }
}
