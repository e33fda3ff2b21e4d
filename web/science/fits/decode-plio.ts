import { AsterismError } from '../../core/errors'

/** What the upper four bits of an instruction word say; the lower twelve are its number N (FITS standard 4.0, table 38). */
const ZEROS = 0
const SET_LEVEL = 1
const RAISE_LEVEL = 2
const LOWER_LEVEL = 3
const LEVELS = 4
const ZEROS_THEN_LEVEL = 5
const RAISE_AND_WRITE = 6
const LOWER_AND_WRITE = 7

/** Words of the shorter, older header, whose third word is the length of the list. */
const OLD_HEADER = 3
/** Words of the newer header that are looked at: the second is its length, the fourth and fifth the length of the list, 15 bits each. */
const NEW_HEADER = 5

const refuse = (): never => {
  throw new AsterismError(
    'truncated',
    'A PLIO-compressed tile ends too early or is not what an encoder writes. The file is damaged: fetch or copy it again.',
  )
}

/** First and last-plus-one instruction word of the list, from either header. */
const findList = (words: DataView, count: number): readonly [number, number] => {
  if (count < OLD_HEADER) return refuse()
  const short = words.getInt16(4)
  if (short > 0) return [OLD_HEADER, short]
  if (count < NEW_HEADER) return refuse()
  return [words.getInt16(2), words.getInt16(6) + words.getInt16(8) * 32_768]
}

/**
 * PLIO_1, IRAF's list of pixels, made for masks (D. Tody; FITS standard 10.4.3): big-endian 16-bit words, each an instruction on a
 * level that is 1 to begin with and on the pixels from the first one on. Pixels that the list does not reach are 0, and what it says
 * beyond the last pixel is left alone. Throws 'truncated' when the list is longer than `source`; never reads past it.
 */
export const decodePlio = (source: Uint8Array, count: number): Int32Array => {
  const output = new Int32Array(count)
  const words = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const available = source.length >> 1
  const [first, end] = findList(words, available)
  if (first < OLD_HEADER || end > available) refuse()
  let level = 1
  let pixel = 0
  for (let at = first; at < end; at++) {
    const word = words.getUint16(2 * at)
    const number = word & 0xfff
    switch (word >> 12) {
      case ZEROS:
        pixel += number
        break
      case SET_LEVEL:
        at++
        if (at >= end) refuse()
        level = (words.getInt16(2 * at) << 12) | number
        break
      case RAISE_LEVEL:
        level += number
        break
      case LOWER_LEVEL:
        level -= number
        break
      case LEVELS:
        output.fill(level, pixel, pixel + number)
        pixel += number
        break
      case ZEROS_THEN_LEVEL:
        pixel += number
        if (number > 0 && pixel <= count) output[pixel - 1] = level
        break
      case RAISE_AND_WRITE:
        level += number
        if (pixel < count) output[pixel] = level
        pixel++
        break
      case LOWER_AND_WRITE:
        level -= number
        if (pixel < count) output[pixel] = level
        pixel++
        break
      default:
        refuse()
    }
  }
  return output
}
