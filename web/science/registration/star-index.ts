import type { Point } from '../../core/image'

/** Points in square cells, so that the nearest one is found without looking at all. */
export interface StarIndex {
  readonly points: readonly Point[]
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** Points of cell c are order[starts[c]] to order[starts[c + 1] - 1]. */
  readonly starts: Int32Array
  readonly order: Int32Array
}

export const createStarIndex = (points: readonly Point[], leastCell: number): StarIndex => {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const point of points) {
    minX = Math.min(minX, point.x)
    minY = Math.min(minY, point.y)
    maxX = Math.max(maxX, point.x)
    maxY = Math.max(maxY, point.y)
  }
  const extent = Math.max(maxX - minX, maxY - minY, 1)
  const cell = Math.max(leastCell, extent / Math.max(1, Math.sqrt(points.length)))
  const columns = Math.floor((maxX - minX) / cell) + 1 || 1
  const rows = Math.floor((maxY - minY) / cell) + 1 || 1
  const cellOf = (point: Point): number =>
    Math.floor((point.y - minY) / cell) * columns + Math.floor((point.x - minX) / cell)
  const starts = new Int32Array(columns * rows + 1)
  for (const point of points) starts[cellOf(point) + 1]! += 1
  for (let i = 0; i < columns * rows; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice()
  const order = new Int32Array(points.length)
  points.forEach((point, index) => {
    const home = cellOf(point)
    order[next[home]!] = index
    next[home]! += 1
  })
  return { points, minX, minY, maxX, maxY, cell, columns, rows, starts, order }
}

/** Index of the nearest point within `radius` pixels of (x, y), or -1. The radius must not be larger than the cell. */
export const findNearest = (index: StarIndex, x: number, y: number, radius: number): number => {
  const column = Math.floor((x - index.minX) / index.cell)
  const row = Math.floor((y - index.minY) / index.cell)
  let best = -1
  let least = radius * radius
  for (let j = Math.max(0, row - 1); j <= Math.min(index.rows - 1, row + 1); j++) {
    for (let i = Math.max(0, column - 1); i <= Math.min(index.columns - 1, column + 1); i++) {
      const home = j * index.columns + i
      for (let k = index.starts[home]!; k < index.starts[home + 1]!; k++) {
        const candidate = index.order[k]!
        const point = index.points[candidate]!
        const distance = (point.x - x) ** 2 + (point.y - y) ** 2
        if (distance <= least) {
          least = distance
          best = candidate
        }
      }
    }
  }
  return best
}
