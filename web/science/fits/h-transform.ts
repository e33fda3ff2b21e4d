import { refuseHcompress } from './hcompress-bits'
import { smoothCoefficients } from './smooth-h-transform'

/** Plane of coefficients: the sums of a level in its first quarter, differences down, across and of both in the others. */
export interface Coefficients {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
}

/** To a multiple of a power of two, halves away from zero; a multiple of 1 is there already. */
const roundTo = (value: number, bit: number): number => {
  if (bit === 1) return value
  const half = bit / 2
  return Math.floor((value + (value >= 0 ? half : half - 1)) / bit) * bit
}

/** The bit of this weight in two's complement, as 0 or the weight. */
const bitOf = (value: number, bit: number): number => (Math.floor(value / bit) % 2 === 0 ? 0 : bit)

/** Rounding when packing went away from zero. */
const towardsZero = (value: number, by: number): number => (value >= 0 ? value - by : value + by)

interface Level {
  /** Rows and columns that the level gives. */
  readonly rows: number
  readonly columns: number
  /** Weight of the lowest bit of a difference of both directions; one in one direction has twice, a sum four times that. */
  readonly bit: number
  /** What sums are divided by: 2, and 4 in the last level. */
  readonly divisor: number
}

/** Sums of four numbers below this are exact in a double. */
export const LARGEST_COEFFICIENT = 2 ** 51
/** Smoothing takes up to 160 times a number. */
const LARGEST_TO_SMOOTH = 2 ** 45

/** Refuses a level with numbers that the arithmetic on it would not hold exactly: no pixels of 32 bits give them. */
const refuseLarge = (data: Float64Array, stride: number, { rows, columns }: Level, limit: number): void => {
  for (let y = 0; y < rows; y++) {
    for (let place = y * stride; place < y * stride + columns; place++)
      if (Math.abs(data[place]!) >= limit) refuseHcompress()
  }
}

/** Four sums from one sum and its three differences. The bits that rounding took come back from the differences. */
const invertLevel = (source: Float64Array, stride: number, target: Float64Array, level: Level): void => {
  const { rows, columns, bit, divisor } = level
  const [down, across] = [(rows + 1) >> 1, (columns + 1) >> 1]
  const twice = 2 * bit
  for (let y = 0; y < down; y++) {
    const hasBelow = 2 * y + 1 < rows
    for (let x = 0; x < across; x++) {
      const hasRight = 2 * x + 1 < columns
      const place = y * stride + x
      let sum = source[place]!
      let dy = hasBelow ? roundTo(source[place + down * stride]!, twice) : 0
      let dx = hasRight ? roundTo(source[place + across]!, twice) : 0
      let both = 0
      if (hasBelow && hasRight) {
        both = roundTo(source[place + down * stride + across]!, bit)
        const low = bitOf(both, bit)
        dy = towardsZero(dy, low)
        dx = towardsZero(dx, low)
        const high = (bitOf(both, twice) + bitOf(dy, twice) + bitOf(dx, twice)) % (2 * twice)
        if (sum >= 0) sum += low - high
        else sum += low === 0 ? high : low - high
      } else {
        sum = towardsZero(sum, bitOf(hasBelow ? dy : dx, twice))
      }
      const first = 2 * y * columns + 2 * x
      target[first] = Math.floor((sum - dy - dx + both) / divisor)
      if (hasRight) target[first + 1] = Math.floor((sum - dy + dx - both) / divisor)
      if (hasBelow) target[first + columns] = Math.floor((sum + dy - dx - both) / divisor)
      if (hasBelow && hasRight) target[first + columns + 1] = Math.floor((sum + dy + dx + both) / divisor)
    }
  }
}

/**
 * Undoes the H-transform (Fritze et al. 1977; White, Postman and Lattanzi 1992) in place, level by level from the whole plane as
 * one sum to single pixels. Whole numbers below 2^53 throughout, so that it is exact; throws 'truncated' where they would not be. `smoothing` is the scale that the coefficients
 * were divided by where the person who packed the image asked for smoothing, else 0.
 */
export const invertHTransform = ({ data, rows, columns }: Coefficients, smoothing: number): void => {
  const levels = Math.ceil(Math.log2(Math.max(rows, columns)))
  const scratch = new Float64Array(data.length)
  data[0] = roundTo(data[0]!, 2 ** (levels + 1))
  for (let step = levels - 1; step >= 0; step--) {
    const size = 2 ** step
    const level = {
      rows: Math.ceil(rows / size),
      columns: Math.ceil(columns / size),
      bit: size,
      divisor: step === 0 ? 4 : 2,
    }
    refuseLarge(data, columns, level, smoothing > 1 ? LARGEST_TO_SMOOTH : LARGEST_COEFFICIENT)
    if (smoothing > 0) smoothCoefficients(data, columns, level, smoothing)
    invertLevel(data, columns, scratch, level)
    for (let y = 0; y < level.rows; y++)
      data.set(scratch.subarray(y * level.columns, (y + 1) * level.columns), y * columns)
  }
}
