import { AsterismError } from '../../core/errors'

export interface RiceCoding {
  /** Bytes of a pixel before compression: ZVALn of BYTEPIX. */
  readonly bytesPerPixel: 1 | 2 | 4
  /** Pixels that share one split of their differences: ZVALn of BLOCKSIZE, usually 32. */
  readonly blockSize: number
}

interface RiceShape extends RiceCoding {
  /** Pixels of the tile. */
  readonly count: number
}

// Bits that hold the split, and the split that stands for "differences stored whole" (White & Greenfield, FITS standard 10.4.1).
const SPLIT_BITS = { 1: 3, 2: 4, 4: 5 } as const
const SPLIT_WHOLE = { 1: 6, 2: 14, 4: 25 } as const

const refuseEnd = (): never => {
  throw new AsterismError(
    'truncated',
    'A Rice-compressed tile ends too early or is not what an encoder writes. The file is damaged: fetch or copy it again.',
  )
}

/**
 * RICE_1: differences to the pixel before, folded to be non-negative, split into a unary and a binary part, block by block.
 * Gives signed integers of 16 or 32 bits, or unsigned ones of 8 bits, as the tile held them. Throws 'truncated' when
 * it ends before the pixels do, or names a split that there is not; never reads past `source`.
 */
export const decodeRice = (source: Uint8Array, shape: RiceShape): Int32Array => {
  const { count, bytesPerPixel, blockSize } = shape
  const splitBits = SPLIT_BITS[bytesPerPixel]
  const wholeBits = 8 * bytesPerPixel
  const shift = 32 - wholeBits
  const output = new Int32Array(count)
  if (source.length < bytesPerPixel) return count === 0 ? output : refuseEnd()

  let position = 0
  let last = 0
  while (position < bytesPerPixel) last = (last << 8) | source[position++]!
  // `bits` holds `held` bits that were read and not used yet.
  let bits = 0
  let held = 0

  for (let start = 0; start < count; start += blockSize) {
    const end = Math.min(start + blockSize, count)
    held -= splitBits
    while (held < 0) {
      if (position >= source.length) refuseEnd()
      bits = (bits << 8) | source[position++]!
      held += 8
    }
    const split = (bits >>> held) - 1
    bits &= (1 << held) - 1
    if (split > SPLIT_WHOLE[bytesPerPixel]) refuseEnd()

    for (let index = start; index < end; index++) {
      let folded = 0
      if (split === SPLIT_WHOLE[bytesPerPixel]) {
        let missing = wholeBits - held
        folded = missing === 32 ? 0 : bits << missing
        for (missing -= 8; missing >= 0; missing -= 8) {
          if (position >= source.length) refuseEnd()
          folded |= source[position++]! << missing
        }
        if (held > 0) {
          if (position >= source.length) refuseEnd()
          bits = source[position++]!
          folded |= bits >>> -missing
          bits &= (1 << held) - 1
        } else {
          bits = 0
        }
      } else if (split >= 0) {
        while (bits === 0) {
          if (position >= source.length) refuseEnd()
          bits = source[position++]!
          held += 8
        }
        const zeros = held - (32 - Math.clz32(bits))
        held -= zeros + 1
        bits ^= 1 << held
        held -= split
        while (held < 0) {
          if (position >= source.length) refuseEnd()
          bits = (bits << 8) | source[position++]!
          held += 8
        }
        folded = (zeros << split) | (bits >>> held)
        bits &= (1 << held) - 1
      }
      const difference = (folded & 1) === 0 ? folded >>> 1 : ~(folded >>> 1)
      last = bytesPerPixel === 1 ? (last + difference) & 0xff : ((last + difference) << shift) >> shift
      output[index] = last
    }
  }
  return output
}
