/**
 * Ones' complement sum of 32-bit big-endian words (FITS standard, appendix J), going on from `start`.
 * The length has to be a multiple of four; whole FITS blocks are.
 */
export const sumWords = (bytes: Uint8Array, start = 0): number => {
  // Two halves of 16 bits in doubles: exact for more bytes than any file has.
  let high = start >>> 16
  let low = start & 0xffff
  for (let index = 0; index + 3 < bytes.length; index += 4) {
    high += (bytes[index]! << 8) | bytes[index + 1]!
    low += (bytes[index + 2]! << 8) | bytes[index + 3]!
  }
  while (high > 0xffff || low > 0xffff) {
    const carryHigh = Math.floor(high / 65_536)
    const carryLow = Math.floor(low / 65_536)
    high = (high % 65_536) + carryLow
    low = (low % 65_536) + carryHigh
  }
  return high * 65_536 + low
}

// Characters between the digits and the letters, which the encoding has to avoid.
const EXCLUDED = new Set([0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60])

/** The complement of a sum as 16 letters and digits, so that the HDU with it sums to -0 (appendix J.2). */
export const encodeChecksum = (sum: number): string => {
  const complement = ~sum >>> 0
  const ascii = new Array<number>(16)
  for (let byte = 0; byte < 4; byte++) {
    const value = (complement >>> (24 - 8 * byte)) & 0xff
    const parts = [0, 0, 0, 0].map((_, index) => Math.floor(value / 4) + 0x30 + (index === 0 ? value % 4 : 0))
    for (let changed = true; changed;) {
      changed = false
      for (let pair = 0; pair < 4; pair += 2) {
        if (!EXCLUDED.has(parts[pair]!) && !EXCLUDED.has(parts[pair + 1]!)) continue
        parts[pair] = parts[pair]! + 1
        parts[pair + 1] = parts[pair + 1]! - 1
        changed = true
      }
    }
    parts.forEach((part, index) => (ascii[4 * index + byte] = part))
  }
  // The value begins in column 12 of its card, one byte off the words: the text is turned by one to the right.
  const turned = [ascii[15]!, ...ascii.slice(0, 15)]
  return String.fromCharCode(...turned)
}
