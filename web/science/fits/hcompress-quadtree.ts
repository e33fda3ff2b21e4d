import { refuseHcompress, type HcompressBits } from './hcompress-bits'

/** A rectangle of a plane of numbers. */
export interface Quadrant {
  /** Index of its first element, and elements from one row to the next. */
  readonly start: number
  readonly stride: number
  readonly rows: number
  readonly columns: number
}

const PLAIN = 0
const CODED = 15

const halve = (length: number): number => (length + 1) >> 1

/** Spreads patterns of 2 x 2 bits over a grid of twice the size and puts a new pattern, read from the last to the first, at each bit set. */
const expand = (bits: HcompressBits, patterns: Uint8Array, rows: number, columns: number): Uint8Array => {
  const across = halve(columns)
  const output = new Uint8Array(rows * columns)
  for (let index = output.length - 1, y = rows - 1; y >= 0; y--) {
    for (let x = columns - 1; x >= 0; x--, index--) {
      const corner = 3 - 2 * (y & 1) - (x & 1)
      const set = (patterns[(y >> 1) * across + (x >> 1)]! >> corner) & 1
      if (set === 1) output[index] = bits.readPattern()
    }
  }
  return output
}

/** The patterns of one bit plane: as they are, or coded as a tree of which empty branches are left out. */
const readPatterns = (bits: HcompressBits, { rows, columns }: Quadrant): Uint8Array => {
  const kind = bits.read(4)
  const [down, across] = [halve(rows), halve(columns)]
  if (kind === PLAIN) return Uint8Array.from({ length: down * across }, () => bits.read(4))
  if (kind !== CODED) return refuseHcompress()
  const levels = Math.ceil(Math.log2(Math.max(rows, columns, 1)))
  let patterns: Uint8Array = Uint8Array.of(bits.readPattern())
  for (let level = levels - 1; level >= 1; level--) {
    const size = 2 ** level
    patterns = expand(
      bits,
      patterns,
      Math.max(1, Math.ceil(rows / size)),
      Math.max(1, Math.ceil(columns / size)),
    )
  }
  return patterns
}

/** Adds the bit planes of a quadrant to `target`, the highest first; magnitudes without their signs. */
export const decodeQuadtree = (
  bits: HcompressBits,
  quadrant: Quadrant,
  planes: number,
  target: Float64Array,
): void => {
  const { start, stride, rows, columns } = quadrant
  const across = halve(columns)
  for (let plane = planes - 1; plane >= 0; plane--) {
    const patterns = readPatterns(bits, quadrant)
    const weight = 2 ** plane
    for (let place = 0; place < patterns.length; place++) {
      // Most branches are empty, and a forged stream may say so for 48 planes in a few bytes.
      const pattern = patterns[place]!
      if (pattern === 0) continue
      const [y, x] = [2 * Math.floor(place / across), 2 * (place % across)]
      for (let corner = 0; corner < 4; corner++) {
        const [row, column] = [y + (corner >> 1), x + (corner & 1)]
        if (((pattern >> (3 - corner)) & 1) === 0 || row >= rows || column >= columns) continue
        target[start + row * stride + column]! += weight
      }
    }
  }
}
