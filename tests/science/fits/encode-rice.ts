export type Width = 1 | 2 | 4
const SPLIT_BITS = { 1: 3, 2: 4, 4: 5 } as const
const SPLIT_WHOLE = { 1: 6, 2: 14, 4: 25 } as const

const bitsOf = (value: bigint, count: number): string =>
  BigInt.asUintN(count, value).toString(2).padStart(count, '0').slice(-count)

/** The slow twin: a string of zeros and ones, after the text of the standard. `wish` picks the split of a block where it fits. */
export const encodeRice = (
  values: readonly number[],
  width: Width,
  blockSize: number,
  wish: number,
): Uint8Array => {
  const bits = 8 * width
  const text = [bitsOf(BigInt(values[0] ?? 0), bits)]
  let last = BigInt(values[0] ?? 0)
  for (let start = 0; start < values.length; start += blockSize) {
    const folded = values.slice(start, start + blockSize).map((value) => {
      const difference = BigInt.asIntN(bits, BigInt(value) - last)
      last = BigInt(value)
      return difference < 0n ? -2n * difference - 1n : 2n * difference
    })
    const split = BigInt(wish % SPLIT_WHOLE[width])
    if (folded.every((value) => value === 0n)) text.push('0'.repeat(SPLIT_BITS[width]))
    else if (folded.some((value) => value >> split > 60n)) {
      text.push(
        bitsOf(BigInt(SPLIT_WHOLE[width] + 1), SPLIT_BITS[width]),
        ...folded.map((value) => bitsOf(value, bits)),
      )
    } else {
      text.push(bitsOf(split + 1n, SPLIT_BITS[width]))
      for (const value of folded)
        text.push('0'.repeat(Number(value >> split)), '1', split === 0n ? '' : bitsOf(value, Number(split)))
    }
  }
  const joined = text.join('')
  return Uint8Array.from(joined.match(/.{1,8}/g) ?? [], (byte) => parseInt(byte.padEnd(8, '0'), 2))
}
