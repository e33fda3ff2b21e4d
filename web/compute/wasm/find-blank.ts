import type { PixelScaling } from '../../science/fits/decode-pixels'

const LEAST = { 8: 0, 16: -(2 ** 15), 32: -(2 ** 31) } as const
const MOST = { 8: 2 ** 8, 16: 2 ** 15, 32: 2 ** 31 } as const

/** BLANK as a stored integer; null where it can match no stored value: floats, fractions, more than the width holds. */
export const findBlank = ({ bitpix, blank }: PixelScaling): bigint | null => {
  if (blank === null || bitpix < 0 || !Number.isInteger(blank)) return null
  if (bitpix === 8 || bitpix === 16 || bitpix === 32)
    return blank >= LEAST[bitpix] && blank < MOST[bitpix] ? BigInt(blank) : null
  return BigInt(blank)
}
