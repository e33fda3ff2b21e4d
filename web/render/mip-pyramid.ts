import type { Image } from '../core/image'

/** Side of a tile in pixels of its level. */
export const TILE = 512

/** Level 0 is the image; a pixel of level n is the mean of 2^n by 2^n pixels. */
export const levelSize = (length: number, level: number): number => Math.ceil(length / 2 ** level)

/** A tile's pixels, row-major; tiles on the right and last edges may be narrower. Row 0 first, as in the image. */
export interface Tile {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/**
 * Means the finite ones of each 2 by 2 block; NaN where there is none. An odd last column or row stands for itself.
 * Writes into `to` at (left, top), whose rows are `toWidth` long.
 */
const halveInto = (
  from: Tile,
  to: Float32Array,
  toWidth: number,
  corner: { left: number; top: number },
): void => {
  const width = Math.ceil(from.width / 2)
  const height = Math.ceil(from.height / 2)
  const { data } = from
  for (let y = 0; y < height; y++) {
    const first = 2 * y * from.width
    const second = 2 * y + 1 < from.height ? first + from.width : first
    let out = (corner.top + y) * toWidth + corner.left
    for (let x = 0; x < width; x++, out++) {
      const left = 2 * x
      const right = left + 1 < from.width ? left + 1 : left
      const a = data[first + left]!
      const b = data[first + right]!
      const c = data[second + left]!
      const d = data[second + right]!
      const mean = (a + b + c + d) * 0.25
      to[out] = mean - mean === 0 ? mean : meanOfFinite(a, b, c, d)
    }
  }
}

const meanOfFinite = (...values: readonly number[]): number => {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value - value !== 0) continue
    sum += value
    count++
  }
  return count === 0 ? Number.NaN : sum / count
}

/**
 * The levels of an image in tiles, each computed when first asked for and kept. All levels together are a third of the
 * image; only what has been looked at exists.
 */
export class MipPyramid {
  readonly image: Image
  private readonly tiles = new Map<string, Tile>()

  constructor(image: Image) {
    this.image = image
  }

  columns(level: number): number {
    return Math.ceil(levelSize(this.image.width, level) / TILE)
  }

  rows(level: number): number {
    return Math.ceil(levelSize(this.image.height, level) / TILE)
  }

  /** The coarsest useful level: one tile holds all. */
  get lastLevel(): number {
    const longest = Math.max(this.image.width, this.image.height)
    return Math.max(0, Math.ceil(Math.log2(longest / TILE)))
  }

  has(level: number, column: number, row: number): boolean {
    return level === 0 || this.tiles.has(`${level}/${column}/${row}`)
  }

  tile(level: number, column: number, row: number): Tile {
    if (level === 0) return this.cut(column, row)
    const key = `${level}/${column}/${row}`
    const known = this.tiles.get(key)
    if (known !== undefined) return known
    const width = Math.min(TILE, levelSize(this.image.width, level) - column * TILE)
    const height = Math.min(TILE, levelSize(this.image.height, level) - row * TILE)
    const data = new Float32Array(width * height)
    const [columns, rows] = [this.columns(level - 1), this.rows(level - 1)]
    for (const down of [0, 1]) {
      for (const across of [0, 1]) {
        const [fineColumn, fineRow] = [2 * column + across, 2 * row + down]
        if (fineColumn >= columns || fineRow >= rows) continue
        const corner = { left: (across * TILE) / 2, top: (down * TILE) / 2 }
        halveInto(this.tile(level - 1, fineColumn, fineRow), data, width, corner)
      }
    }
    const made = { width, height, data }
    this.tiles.set(key, made)
    return made
  }

  /**
   * A finer tile that is still missing below this one, deepest first, or null when one call of `tile` is cheap: work for
   * one slice of time.
   */
  nextMissing(level: number, column: number, row: number): readonly [number, number, number] | null {
    if (level <= 1 || this.has(level, column, row)) return null
    const [columns, rows] = [this.columns(level - 1), this.rows(level - 1)]
    for (const down of [0, 1]) {
      for (const across of [0, 1]) {
        const [fineColumn, fineRow] = [2 * column + across, 2 * row + down]
        if (fineColumn >= columns || fineRow >= rows || this.has(level - 1, fineColumn, fineRow)) continue
        return this.nextMissing(level - 1, fineColumn, fineRow) ?? [level - 1, fineColumn, fineRow]
      }
    }
    return null
  }

  private cut(column: number, row: number): Tile {
    const { image } = this
    const width = Math.min(TILE, image.width - column * TILE)
    const height = Math.min(TILE, image.height - row * TILE)
    const data = new Float32Array(width * height)
    for (let y = 0; y < height; y++) {
      const start = (row * TILE + y) * image.width + column * TILE
      data.set(image.data.subarray(start, start + width), y * width)
    }
    return { width, height, data }
  }
}

const pyramids = new WeakMap<Float32Array, MipPyramid>()

/** The pyramid of an image; a frame that comes back while blinking finds its own again as long as its pixels live. */
export const pyramidOf = (image: Image): MipPyramid => {
  const known = pyramids.get(image.data)
  if (known !== undefined && known.image.width === image.width) return known
  const made = new MipPyramid(image)
  pyramids.set(image.data, made)
  return made
}
