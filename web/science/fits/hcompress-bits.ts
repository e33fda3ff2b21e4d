import { AsterismError } from '../../core/errors'

export const refuseHcompress = (): never => {
  throw new AsterismError(
    'truncated',
    'An HCOMPRESS-compressed tile ends too early or is not what an encoder writes. The file is damaged: fetch or copy it again.',
  )
}

/** The Huffman code of the sixteen patterns of 2 x 2 bits: pattern, code, bits of the code (White, Postman and Lattanzi 1992). */
const CODES: readonly (readonly [number, number, number])[] = [
  [0, 0b111110, 6],
  [1, 0b000, 3],
  [2, 0b001, 3],
  [3, 0b1000, 4],
  [4, 0b010, 3],
  [5, 0b1001, 4],
  [6, 0b11010, 5],
  [7, 0b11011, 5],
  [8, 0b011, 3],
  [9, 0b11100, 5],
  [10, 0b1010, 4],
  [11, 0b11101, 5],
  [12, 0b1011, 4],
  [13, 0b11110, 5],
  [14, 0b111111, 6],
  [15, 0b1100, 4],
]
const LONGEST = 6

/** By the next six bits: pattern, and sixteen times the bits that its code takes. */
const TABLE = new Uint8Array(1 << LONGEST)
for (const [pattern, code, bits] of CODES) {
  const first = code << (LONGEST - bits)
  TABLE.fill(pattern | (bits << 4), first, first + (1 << (LONGEST - bits)))
}

/** Bits from the highest of each byte on. Throws 'truncated' at the end of the bytes. */
export class HcompressBits {
  readonly #source: Uint8Array
  /** In bits. */
  #at: number

  constructor(source: Uint8Array, firstByte: number) {
    this.#source = source
    this.#at = firstByte * 8
  }

  /** The next `count` bits, at most 8; zeros where there are none, without taking them. */
  #look(count: number): number {
    const byte = this.#at >>> 3
    const pair = ((this.#source[byte] ?? 0) << 8) | (this.#source[byte + 1] ?? 0)
    return (pair >> (16 - (this.#at & 7) - count)) & ((1 << count) - 1)
  }

  #take(count: number): void {
    this.#at += count
    if (this.#at > this.#source.length * 8) refuseHcompress()
  }

  read(count: number): number {
    const value = this.#look(count)
    this.#take(count)
    return value
  }

  /** A pattern of 2 x 2 bits: 8 is that of the first row and column, 4 the one after it in the row, 2 and 1 those below. */
  readPattern(): number {
    const entry = TABLE[this.#look(LONGEST)]!
    this.#take(entry >> 4)
    return entry & 15
  }

  /** On to the next whole byte. */
  align(): void {
    this.#at = ((this.#at + 7) & ~7) >>> 0
  }
}
