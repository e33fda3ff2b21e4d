import { affineMap, EMPTY_CELL, SMOOTH_CELL, type GridPixelMap, type PixelMap } from '../../core/pixel-map'
import { applyTransform, type Transform } from '../../core/transform'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'

/** Writes a position into `out` (of 6 places, the others for its own use), or returns false where there is none. */
export type LocatePixel = (x: number, y: number, out: Float64Array) => boolean

export interface PixelMapRequest {
  /** The pixels to be mapped. */
  readonly window: PixelWindow
  /** The exact map: from one grid to the sky and on to the other grid, say. */
  readonly locate: LocatePixel
  /** How far from the exact map a position may be, pixels of the other grid; default 0.0005. */
  readonly tolerance?: number
}

const TOLERANCE = 5e-4
const WIDEST = 64
const NARROWEST = 8
/** An affine map in place of the grid must be so many times better. */
const AFFINE_SHARE = 0.2
/**
 * Where a cell is compared with the exact map, in parts of it: its middle and that of its sides, where the cubic is worst, and places that
 * no finer grid has as nodes.
 */
const PROBES = [
  [0.5, 0.5],
  [0.5, 0],
  [0, 0.5],
  [0.25, 0.75],
  [0.8125, 0.1875],
  [0.6875, 0.8125],
] as const

/** The exact map at a place; NaN where it has none. */
const locateInto = (locate: LocatePixel, out: Float64Array, x: number, y: number): void => {
  if (!locate(x, y, out) || !Number.isFinite(out[0]! + out[1]!)) out.fill(Number.NaN, 0, 2)
}

/** A map of whole cells, all of them taken for smooth. */
const layNodes = ({ window, locate }: PixelMapRequest, spacing: number): GridPixelMap => {
  const columns = Math.max(1, Math.ceil(window.width / spacing))
  const rows = Math.max(1, Math.ceil(window.height / spacing))
  const nodes = new Float64Array(2 * (columns + 3) * (rows + 3))
  const out = new Float64Array(6)
  for (let j = 0, at = 0; j < rows + 3; j++) {
    for (let i = 0; i < columns + 3; i++, at += 2) {
      locateInto(locate, out, window.left + (i - 1) * spacing, window.top + (j - 1) * spacing)
      nodes[at] = out[0]!
      nodes[at + 1] = out[1]!
    }
  }
  return {
    kind: 'grid',
    left: window.left,
    top: window.top,
    width: columns * spacing,
    height: rows * spacing,
    spacing,
    columns,
    rows,
    nodes,
    cells: new Int32Array(columns * rows).fill(SMOOTH_CELL),
    blocks: new Float64Array(0),
  }
}

/** Cells that need a block are given the number -3 until they have one. */
const ROUGH_CELL = -3

/** A cell shows nothing only if none of its 16 nodes does: an edge may cut off a corner. */
const hasNoNode = ({ nodes, columns }: GridPixelMap, column: number, row: number): boolean => {
  for (let j = row; j < row + 4; j++) {
    for (let i = column; i < column + 4; i++)
      if (!Number.isNaN(nodes[2 * (j * (columns + 3) + i)]!)) return false
  }
  return true
}

/** Compares every cell with the exact map and notes of what kind it is; returns how many are rough. */
const judgeCells = (map: GridPixelMap, locate: LocatePixel, tolerance: number): number => {
  const exact = new Float64Array(6)
  const found = new Float64Array(2)
  const judge = (column: number, row: number): number => {
    let without = 0
    for (const [u, v] of PROBES) {
      const x = map.left + (column + u) * map.spacing
      const y = map.top + (row + v) * map.spacing
      locateInto(locate, exact, x, y)
      if (Number.isNaN(exact[0]!)) {
        without++
        continue
      }
      mapRow(map, { x, y, count: 1 }, found)
      if (!(Math.hypot(found[0]! - exact[0]!, found[1]! - exact[1]!) <= tolerance)) return ROUGH_CELL
    }
    if (without === 0) return SMOOTH_CELL
    return without === PROBES.length && hasNoNode(map, column, row) ? EMPTY_CELL : ROUGH_CELL
  }
  const kinds = new Int32Array(map.cells.length)
  for (let row = 0, at = 0; row < map.rows; row++)
    for (let column = 0; column < map.columns; column++, at++) kinds[at] = judge(column, row)
  map.cells.set(kinds)
  return kinds.reduce((count, kind) => count + (kind === ROUGH_CELL ? 1 : 0), 0)
}

/** Positions of every pixel of the rough cells. */
const fillBlocks = (map: GridPixelMap, locate: LocatePixel, rough: number): GridPixelMap => {
  const { spacing, columns } = map
  const blocks = new Float64Array(2 * rough * (spacing + 1) ** 2)
  const cells = map.cells.slice()
  const out = new Float64Array(6)
  let [block, at] = [0, 0]
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] !== ROUGH_CELL) continue
    cells[cell] = block++
    const left = map.left + (cell % columns) * spacing
    const top = map.top + Math.floor(cell / columns) * spacing
    for (let y = top; y <= top + spacing; y++) {
      for (let x = left; x <= left + spacing; x++, at += 2) {
        locateInto(locate, out, x, y)
        blocks[at] = out[0]!
        blocks[at + 1] = out[1]!
      }
    }
  }
  return { ...map, cells, blocks }
}

/** The affine map through three nodes, if all others lie on it. */
const findAffine = (
  { left, top, columns, rows, spacing, nodes }: GridPixelMap,
  tolerance: number,
): Transform | null => {
  const at = (i: number, j: number): readonly [number, number] => {
    const node = 2 * (j * (columns + 3) + i)
    return [nodes[node]!, nodes[node + 1]!]
  }
  const [x0, y0] = at(0, 0)
  const [x1, y1] = at(columns + 2, 0)
  const [x2, y2] = at(0, rows + 2)
  const [across, down] = [(columns + 2) * spacing, (rows + 2) * spacing]
  const [a, b, d, e] = [(x1 - x0) / across, (x2 - x0) / down, (y1 - y0) / across, (y2 - y0) / down]
  const [startX, startY] = [left - spacing, top - spacing]
  const transform = { a, b, c: x0 - a * startX - b * startY, d, e, f: y0 - d * startX - e * startY }
  for (let j = 0; j < rows + 3; j++) {
    for (let i = 0; i < columns + 3; i++) {
      const [x, y] = at(i, j)
      const expected = applyTransform(transform, { x: startX + i * spacing, y: startY + j * spacing })
      if (!(Math.hypot(expected.x - x, expected.y - y) <= tolerance)) return null
    }
  }
  return transform
}

/**
 * A pixel map that is as good as the exact one to `tolerance`, at a small part of its cost: nodes 64 pixels apart, and half of that again
 * and again as long as it pays, down to 8; cells in which the cubic does not follow are then done pixel by pixel. An affine map
 * where one is good enough. What is paid for is calls of the exact map: rough cells along a line (an edge of the projection) are twice as many
 * and a quarter as large after halving, so that halving saves rough * spacing^2 / 2 calls and costs 28 for every cell.
 */
export const buildPixelMap = (request: PixelMapRequest): PixelMap => {
  const { window, locate, tolerance = TOLERANCE } = request
  for (let spacing = WIDEST; ; spacing /= 2) {
    const map = layNodes(request, spacing)
    const rough = judgeCells(map, locate, tolerance)
    if (rough === 0 && spacing === WIDEST) {
      const transform = findAffine(map, AFFINE_SHARE * tolerance)
      if (transform !== null) return affineMap(transform)
    }
    const pays = rough * spacing * spacing > 56 * map.cells.length
    if (pays && spacing > NARROWEST) continue
    const { width, height } = window
    return { ...fillBlocks(map, locate, rough), width, height }
  }
}
