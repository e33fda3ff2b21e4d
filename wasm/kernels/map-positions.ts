/** A map of pixels as the caller of this module writes it, in the order of the fields; an affine one has `transform` and nothing else. */
export class PixelMap {
  /** Six f64, or 0 for a grid. */
  transform: usize
  nodes: usize
  cells: usize
  blocks: usize
  left: f64
  top: f64
  width: f64
  height: f64
  spacing: i32
  columns: i32
  rows: i32
}

export const PIXEL_MAP_BYTES: i32 = offsetof<PixelMap>()

const SMOOTH_CELL: i32 = -1
const EMPTY_CELL: i32 = -2

function fillNaN(from: usize, until: usize): void {
  const nothing = f64x2.splat(NaN)
  for (let at = from; at < until; at += 16) v128.store(at, nothing)
}

function clampCell(place: f64, count: i32): i32 {
  return min(max(<i32>Math.floor(place), 0), count - 1)
}

/** A place of a block: straight lines from pixel to pixel, and on a pixel that one alone. */
function readBlock(corner: usize, step: usize, u: f64, v: f64): v128 {
  const across = f64x2.splat(u)
  const left = f64x2.splat(1 - u)
  let upper = v128.load(corner)
  if (u != 0) upper = f64x2.add(f64x2.mul(left, upper), f64x2.mul(across, v128.load(corner, 16)))
  if (v == 0) return upper
  let lower = v128.load(corner + step)
  if (u != 0) lower = f64x2.add(f64x2.mul(left, lower), f64x2.mul(across, v128.load(corner + step, 16)))
  return f64x2.add(f64x2.mul(f64x2.splat(1 - v), upper), f64x2.mul(f64x2.splat(v), lower))
}

function blockPlaces(map: PixelMap, block: i32, u: f64, v: f64, count: i32, out: usize): void {
  const side = map.spacing + 1
  const down = clampCell(v, map.spacing)
  const step = (<usize>side) << 4
  const first = map.blocks + ((<usize>(block * side * side + down * side)) << 4)
  for (let i = 0; i < count; i++, out += 16) {
    const x = u + <f64>i
    const across = clampCell(x, map.spacing)
    v128.store(out, readBlock(first + ((<usize>across) << 4), step, x - <f64>across, v - <f64>down))
  }
}

function weigh(at: usize, step: usize, w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  let sum = f64x2.add(f64x2.mul(w0, v128.load(at)), f64x2.mul(w1, v128.load(at + step)))
  sum = f64x2.add(sum, f64x2.mul(w2, v128.load(at + 2 * step)))
  return f64x2.add(sum, f64x2.mul(w3, v128.load(at + 3 * step)))
}

/** The cubic through 4 x 4 nodes from `at` on, x and y side by side, for `count` pixels from u on. */
function cubicPlaces(at: usize, step: usize, v: f64, u: f64, perPixel: f64, count: i32, out: usize): void {
  const w0 = f64x2.splat((-v * (v - 1) * (v - 2)) / 6)
  const w1 = f64x2.splat(((v + 1) * (v - 1) * (v - 2)) / 2)
  const w2 = f64x2.splat((-(v + 1) * v * (v - 2)) / 2)
  const w3 = f64x2.splat(((v + 1) * v * (v - 1)) / 6)
  const before = weigh(at, step, w0, w1, w2, w3)
  const start = weigh(at + 16, step, w0, w1, w2, w3)
  const end = weigh(at + 32, step, w0, w1, w2, w3)
  const after = weigh(at + 48, step, w0, w1, w2, w3)
  const two = f64x2.splat(2)
  const six = f64x2.splat(6)
  let c1 = f64x2.sub(end, f64x2.div(start, two))
  c1 = f64x2.sub(c1, f64x2.div(before, f64x2.splat(3)))
  c1 = f64x2.sub(c1, f64x2.div(after, six))
  const c2 = f64x2.sub(f64x2.div(f64x2.add(before, end), two), start)
  const c3 = f64x2.add(f64x2.div(f64x2.sub(after, before), six), f64x2.div(f64x2.sub(start, end), two))
  for (let i = 0; i < count; i++, out += 16) {
    const t = f64x2.splat((u + <f64>i) * perPixel)
    let sum = f64x2.add(c2, f64x2.mul(t, c3))
    sum = f64x2.add(c1, f64x2.mul(t, sum))
    v128.store(out, f64x2.add(start, f64x2.mul(t, sum)))
  }
}

function mapGrid(map: PixelMap, x: f64, y: f64, count: i32, out: usize): void {
  const down = y - map.top
  const start = x - map.left
  const from = <i32>min(max(Math.ceil(-0.5 - start), 0), <f64>count)
  const until = <i32>min(max(Math.floor(map.width - 0.5 - start) + 1, <f64>from), <f64>count)
  const end = out + ((<usize>count) << 4)
  if (!(down >= -0.5 && down <= map.height - 0.5) || from >= until) {
    fillNaN(out, end)
    return
  }
  fillNaN(out, out + ((<usize>from) << 4))
  fillNaN(out + ((<usize>until) << 4), end)
  const spacing = <f64>map.spacing
  const row = clampCell(down / spacing, map.rows)
  const v = down - <f64>row * spacing
  const step = (<usize>(map.columns + 3)) << 4
  for (let i = from; i < until;) {
    const column = clampCell((start + <f64>i) / spacing, map.columns)
    const u = start + <f64>i - <f64>column * spacing
    const room = column == map.columns - 1 ? until - i : <i32>Math.ceil(spacing - u)
    const next = min(until, i + room)
    const cell = load<i32>(map.cells + ((<usize>(row * map.columns + column)) << 2))
    const to = out + ((<usize>i) << 4)
    if (cell == EMPTY_CELL) fillNaN(to, out + ((<usize>next) << 4))
    else if (cell == SMOOTH_CELL) {
      const node = map.nodes + <usize>row * step + ((<usize>column) << 4)
      cubicPlaces(node, step, v / spacing, u, 1 / spacing, next - i, to)
    } else blockPlaces(map, cell, u, v, next - i, to)
    i = next
  }
}

/** Positions of `count` places of a row, one pixel apart, as pairs of f64; the same numbers as the reference's. */
export function mapRow(map: PixelMap, x: f64, y: f64, count: i32, out: usize): void {
  if (!map.transform) {
    mapGrid(map, x, y, count, out)
    return
  }
  const at = map.transform
  const slopes = f64x2.replace_lane(f64x2.splat(load<f64>(at)), 1, load<f64>(at, 24))
  const start = f64x2.replace_lane(
    f64x2.splat(load<f64>(at, 8) * y + load<f64>(at, 16)),
    1,
    load<f64>(at, 32) * y + load<f64>(at, 40),
  )
  for (let i = 0; i < count; i++, out += 16)
    v128.store(out, f64x2.add(f64x2.mul(slopes, f64x2.splat(x + <f64>i)), start))
}
