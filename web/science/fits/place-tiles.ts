import type { TileTable } from './tile-table'

/** Lines along NAXIS1 that are wanted, counted through all higher axes: the first one and the one after the last. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Where a tile lies in the image. */
export interface TilePlace {
  /** 0-based row of the binary table. */
  readonly tile: number
  /** First pixel along NAXIS1, and pixels of a line of the tile. */
  readonly left: number
  readonly width: number
  /** Number in the whole image of each line that the tile holds, in the tile's own order. */
  readonly lines: Int32Array
}

/** Numbers of the lines from `origin` on, `size` of them along each axis from the second. A tile of a forged header has millions. */
const listLines = (
  axes: readonly number[],
  origin: readonly number[],
  size: readonly number[],
): Int32Array => {
  const lines = new Int32Array(size.slice(1).reduce((product, side) => product * side, 1))
  let known = 1
  let stride = 1
  for (let axis = 1; axis < axes.length; axis++) {
    for (let step = (size[axis] ?? 1) - 1; step >= 0; step--) {
      const offset = ((origin[axis] ?? 0) + step) * stride
      for (let line = 0; line < known; line++) lines[step * known + line] = lines[line]! + offset
    }
    known *= size[axis] ?? 1
    stride *= axes[axis] ?? 1
  }
  return lines
}

const placeTile = (axes: readonly number[], table: TileTable, tile: number): TilePlace => {
  let rest = tile
  const origin = axes.map((_, axis) => {
    const count = table.tiles[axis] ?? 1
    const position = rest % count
    rest = Math.floor(rest / count)
    return position * (table.tile[axis] ?? 1)
  })
  const size = axes.map((axis, index) => Math.min(table.tile[index] ?? 1, axis - (origin[index] ?? 0)))
  return { tile, left: origin[0] ?? 0, width: size[0] ?? 0, lines: listLines(axes, origin, size) }
}

/** The tiles that reach into a range of lines. */
export const placeTiles = (axes: readonly number[], table: TileTable, range: LineRange): TilePlace[] => {
  const count = table.tiles.reduce((product, tiles) => product * tiles, 1)
  const places: TilePlace[] = []
  for (let tile = 0; tile < count; tile++) {
    const place = placeTile(axes, table, tile)
    if ((place.lines.at(-1) ?? 0) >= range.start && (place.lines[0] ?? 0) < range.end) places.push(place)
  }
  return places
}
