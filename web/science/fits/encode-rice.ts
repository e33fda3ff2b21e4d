/** Bytes of a value as the coder sees it. */
export type RiceWidth = 1 | 2 | 4

const SPLIT_BITS = { 1: 3, 2: 4, 4: 5 } as const
/** From this split on the values of a block are written plainly. */
const SPLIT_WHOLE = { 1: 6, 2: 14, 4: 25 } as const

interface BitWriter {
  readonly bytes: Uint8Array
  /** Whole bytes written. */
  length: number
  /** Bits that fill no byte yet, and how many. */
  pending: number
  count: number
}

/** At most 24 bits at a time, so that nothing is lost in 32. */
const pushBits = (writer: BitWriter, value: number, count: number): void => {
  writer.pending = (writer.pending << count) | (value & ((1 << count) - 1))
  writer.count += count
  while (writer.count >= 8) {
    writer.count -= 8
    writer.bytes[writer.length++] = (writer.pending >>> writer.count) & 0xff
    writer.pending &= (1 << writer.count) - 1
  }
}

const pushWide = (writer: BitWriter, value: number, count: number): void => {
  if (count > 16) pushBits(writer, value >>> 16, count - 16)
  pushBits(writer, value & 0xffff, Math.min(16, count))
}

const pushZeros = (writer: BitWriter, count: number): void => {
  for (let left = count; left > 0; left -= 16) pushBits(writer, 0, Math.min(16, left))
}

/** Difference modulo the width, folded so that small ones of either sign are small: 0, -1, 1, -2 become 0, 1, 2, 3. */
const fold = (difference: number, bits: number): number => {
  const signed = (difference << (32 - bits)) >> (32 - bits)
  return (signed < 0 ? ~(signed << 1) : signed << 1) >>> 0
}

/** How many low bits of each value are written plainly: about the logarithm of their mean (Rice, Yeh and Miller 1993). */
const chooseSplit = (sum: number, count: number): number => {
  let rest = Math.floor(Math.max(0, (sum - Math.floor(count / 2) - 1) / count) / 2)
  let split = 0
  while (rest > 0) {
    split++
    rest = Math.floor(rest / 2)
  }
  return split
}

/**
 * RICE_1 (FITS standard 10.4.1): whole numbers of one width, signed or not, as differences in blocks. The first value stands plainly;
 * each block says its split, then its values: as many zeros as the upper bits count, a one, and the lower bits.
 */
export const encodeRice = (values: Int32Array, width: RiceWidth, blockSize = 32): Uint8Array => {
  const bits = 8 * width
  // A block of average entropy takes at most five bits beyond the split; where that is too much it is written plainly.
  const writer: BitWriter = {
    bytes: new Uint8Array(Math.ceil((values.length * (bits + 8)) / 8) + values.length + 16),
    length: 0,
    pending: 0,
    count: 0,
  }
  const folded = new Uint32Array(blockSize)
  let last = values[0] ?? 0
  pushWide(writer, last, bits)
  for (let start = 0; start < values.length; start += blockSize) {
    const count = Math.min(blockSize, values.length - start)
    let sum = 0
    for (let index = 0; index < count; index++) {
      const value = values[start + index]!
      folded[index] = fold(value - last, bits)
      sum += folded[index]!
      last = value
    }
    const split = chooseSplit(sum, count)
    if (sum === 0) pushBits(writer, 0, SPLIT_BITS[width])
    else if (split >= SPLIT_WHOLE[width]) {
      pushBits(writer, SPLIT_WHOLE[width] + 1, SPLIT_BITS[width])
      for (let index = 0; index < count; index++) pushWide(writer, folded[index]!, bits)
    } else {
      pushBits(writer, split + 1, SPLIT_BITS[width])
      for (let index = 0; index < count; index++) {
        const value = folded[index]!
        pushZeros(writer, value >>> split)
        pushBits(writer, 1, 1)
        if (split > 0) pushWide(writer, value & ((1 << split) - 1), split)
      }
    }
  }
  if (writer.count > 0) pushBits(writer, 0, 8 - writer.count)
  return writer.bytes.slice(0, writer.length)
}
