/** The forward H-transform of a rectangle (White, Postman and Lattanzi 1992), slow and after the text, in whole numbers of any size. */
const transform = (values: readonly number[], rows: number, columns: number): bigint[] => {
  const data = values.map(BigInt)
  const levels = Math.ceil(Math.log2(Math.max(rows, columns)))
  // Bottom bits are dropped away from zero: they are known again from those of the differences.
  const drop = (value: bigint, bit: bigint): bigint => {
    const half = bit / 2n
    const moved = value + (value >= 0n ? half : half - 1n)
    return moved - (((moved % bit) + bit) % bit)
  }
  let [height, width] = [rows, columns]
  for (let level = 0; level < levels; level++) {
    const unit = 2n ** BigInt(level)
    const shift = level === 0 ? 0n : 1n
    const [down, across] = [(height + 1) >> 1, (width + 1) >> 1]
    const output = new Map<number, bigint>()
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        const at = (dy: number, dx: number): bigint => data[(y + dy) * columns + x + dx]!
        const [below, right] = [y + 1 < height, x + 1 < width]
        const place = (y >> 1) * columns + (x >> 1)
        // A sum without a partner counts twice, so that all sums of a level have one unit.
        const [a, b] = [at(0, 0), right ? at(0, 1) : 0n]
        const [c, d] = [below ? at(1, 0) : 0n, below && right ? at(1, 1) : 0n]
        const twice = below && right ? 0n : below || right ? 1n : 2n
        const scale = (value: bigint): bigint => (value << twice) >> shift
        output.set(place, drop(scale(a + b + c + d), 4n * unit))
        if (below) output.set(place + down * columns, drop(scale(c + d - a - b), 2n * unit))
        if (right) output.set(place + across, drop(scale(b + d - a - c), 2n * unit))
        if (below && right) output.set(place + down * columns + across, scale(d + a - b - c))
      }
    }
    for (const [place, value] of output) data[place] = value
    ;[height, width] = [down, across]
  }
  return data
}

/** One tile with every bit plane written out plainly, which decoders have to know besides the coded ones. */
export const encodePlainly = (values: readonly number[], rows: number, columns: number): Uint8Array => {
  const [first, ...rest] = transform(values, rows, columns)
  const data = [0n, ...rest]
  const [down, across] = [(rows + 1) >> 1, (columns + 1) >> 1]
  const magnitude = (y: number, x: number): bigint => {
    const value = data[y * columns + x]!
    return value < 0n ? -value : value
  }
  const quadrants = [
    [0, 0, down, across],
    [0, across, down, columns],
    [down, 0, rows, across],
    [down, across, rows, columns],
  ] as const
  const planesOf = quadrants.map(([top, left, bottom, right]) => {
    let most = 0
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const value = magnitude(y, x)
        most = Math.max(most, value === 0n ? 0 : value.toString(2).length)
      }
    return most
  })
  const planes = [planesOf[0]!, Math.max(planesOf[1]!, planesOf[2]!), planesOf[3]!]
  const bits: string[] = []
  quadrants.forEach(([top, left, bottom, right], index) => {
    for (let plane = planes[[0, 1, 1, 2][index]!]! - 1; plane >= 0; plane--) {
      bits.push('0000')
      for (let y = top; y < bottom; y += 2)
        for (let x = left; x < right; x += 2)
          for (const [dy, dx] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const) {
            const inside = y + dy < bottom && x + dx < right
            bits.push(inside && ((magnitude(y + dy, x + dx) >> BigInt(plane)) & 1n) === 1n ? '1' : '0')
          }
    }
  })
  bits.push('0000')
  const pack = (text: string): number[] =>
    (text.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2))
  const signs = data.filter((value) => value !== 0n).map((value) => (value < 0n ? '1' : '0'))
  const header = new DataView(new ArrayBuffer(25))
  header.setUint16(0, 0xdd99)
  header.setInt32(2, rows)
  header.setInt32(6, columns)
  header.setBigInt64(14, first!)
  planes.forEach((count, index) => header.setUint8(22 + index, count))
  return Uint8Array.from([...new Uint8Array(header.buffer), ...pack(bits.join('')), ...pack(signs.join(''))])
}
