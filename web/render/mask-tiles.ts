import { levelSize, TILE } from './mip-pyramid'

/** Flags of the pixels of a picture, row-major, a byte each; 0 is good. */
export interface MaskPicture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A tile of a level: each pixel holds every flag of the 2^level by 2^level pixels that it stands for, so that no flag is ever lost. */
export interface MaskTile {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /** No pixel is flagged. */
  readonly isEmpty: boolean
}

/** Whole words of four pixels, where the memory lets them be seen so. */
const seeWords = (data: Uint8Array): Uint32Array =>
  data.byteOffset % 4 === 0
    ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2)
    : new Uint32Array(data.slice().buffer, 0, data.length >> 2)

/** Words by mask, so that they are looked at once where they have to be copied. */
const known = new WeakMap<Uint8Array, Uint32Array>()

const wordsOf = (data: Uint8Array): Uint32Array => {
  const words = known.get(data) ?? seeWords(data)
  known.set(data, words)
  return words
}

/** Most pixels are good, and are passed over four at a time. */
export const makeMaskTile = (mask: MaskPicture, level: number, column: number, row: number): MaskTile => {
  const width = Math.min(TILE, levelSize(mask.width, level) - column * TILE)
  const height = Math.min(TILE, levelSize(mask.height, level) - row * TILE)
  const data = new Uint8Array(width * height)
  const words = wordsOf(mask.data)
  const left = (column * TILE) << level
  const right = Math.min(mask.width, ((column + 1) * TILE) << level)
  const top = (row * TILE) << level
  const bottom = Math.min(mask.height, ((row + 1) * TILE) << level)
  let isEmpty = true
  for (let y = top; y < bottom; y++) {
    const start = y * mask.width
    const end = start + right
    const out = ((y - top) >> level) * width
    for (let i = start + left; i < end;) {
      if ((i & 3) === 0 && i + 4 <= end && words[i >> 2] === 0) {
        i += 4
        continue
      }
      const flags = mask.data[i]!
      if (flags !== 0) {
        data[out + ((i - start - left) >> level)]! |= flags
        isEmpty = false
      }
      i++
    }
  }
  return { width, height, data, isEmpty }
}

/** How many pixels have each of the eight flags. */
export const countFlags = ({ data }: MaskPicture): number[] => {
  const values = new Float64Array(256)
  const words = wordsOf(data)
  for (let i = 0; i < data.length;) {
    if ((i & 3) === 0 && i + 4 <= data.length && words[i >> 2] === 0) {
      i += 4
      continue
    }
    values[data[i]!]!++
    i++
  }
  return Array.from({ length: 8 }, (_, bit) => {
    let count = 0
    for (let value = 1; value < 256; value++) if ((value & (1 << bit)) !== 0) count += values[value]!
    return count
  })
}
