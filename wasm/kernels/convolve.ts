/** A row of pixels weighed along x: `padded` holds it with `reach` zeros on both sides. Half of the kernel, centre first, as f32. */
function weighRow(padded: usize, width: i32, weights: usize, reach: i32, to: usize): void {
  const bytes = (<usize>width) << 2
  const middle = padded + ((<usize>reach) << 2)
  const centre = v128.load32_splat(weights)
  const last = (<usize>reach) << 2
  // Two whole vectors at a time: the last may write beyond the row, where the ring has room.
  for (let at: usize = 0; at < bytes; at += 32) {
    const from = middle + at
    let sum = f32x4.mul(centre, v128.load(from))
    let next = f32x4.mul(centre, v128.load(from, 16))
    for (let off: usize = 4; off <= last; off += 4) {
      const weight = v128.load32_splat(weights + off)
      const before = from - off
      const after = from + off
      sum = f32x4.add(sum, f32x4.mul(weight, f32x4.add(v128.load(before), v128.load(after))))
      next = f32x4.add(next, f32x4.mul(weight, f32x4.add(v128.load(before, 16), v128.load(after, 16))))
    }
    v128.store(to + at, sum)
    v128.store(to + at, next, 16)
  }
}

/** Bytes of a row in the ring: whole pairs of vectors. */
function rowStep(width: i32): usize {
  return (((<usize>width) << 2) + 31) & ~31
}

/** Bytes of scratch: a row with zeros on both sides, a ring of the rows that one row of the result is made of, one of zeros, a table. */
export function convolveScratch(width: i32, reach: i32): usize {
  return rowStep(width) + ((<usize>reach) << 4) + 192 + rowStep(width) * <usize>(2 * reach + 2)
}

/** Rows of the ring weighed along y: `rows` holds addresses, the middle one and then those above and below by turns. */
function weighColumns(rows: usize, width: i32, weights: usize, reach: i32, to: usize): void {
  const bytes = (<usize>width) << 2
  const middle = <usize>load<u32>(rows)
  const centre = v128.load32_splat(weights)
  const lastWeight = weights + ((<usize>reach) << 2)
  let at: usize = 0
  for (; at + 32 <= bytes; at += 32) {
    let sum = f32x4.mul(centre, v128.load(middle + at))
    let next = f32x4.mul(centre, v128.load(middle + at, 16))
    let pairs = rows + 4
    for (let place = weights + 4; place <= lastWeight; place += 4) {
      const weight = v128.load32_splat(place)
      const above = <usize>load<u32>(pairs) + at
      const below = <usize>load<u32>(pairs, 4) + at
      sum = f32x4.add(sum, f32x4.mul(weight, f32x4.add(v128.load(above), v128.load(below))))
      next = f32x4.add(next, f32x4.mul(weight, f32x4.add(v128.load(above, 16), v128.load(below, 16))))
      pairs += 8
    }
    v128.store(to + at, sum)
    v128.store(to + at, next, 16)
  }
  for (; at < bytes; at += 4) {
    let sum = load<f32>(weights) * load<f32>(middle + at)
    let pairs = rows + 4
    for (let weight = weights + 4; weight <= lastWeight; weight += 4) {
      const pair = load<f32>(<usize>load<u32>(pairs) + at) + load<f32>(<usize>load<u32>(pairs, 4) + at)
      sum += load<f32>(weight) * pair
      pairs += 8
    }
    store<f32>(to + at, sum)
  }
}

/** Separable and symmetric; beyond the edge there are zeros. */
export function convolve(
  data: usize,
  width: i32,
  height: i32,
  weights: usize,
  reach: i32,
  scratch: usize,
  output: usize,
): void {
  const step = rowStep(width)
  const padded = scratch
  const bytes = (<usize>width) << 2
  const paddedBytes = step + ((<usize>reach) << 3) + 96
  memory.fill(padded, 0, paddedBytes)
  const ring = padded + paddedBytes
  const size = 2 * reach + 1
  const zeros = ring + step * <usize>size
  memory.fill(zeros, 0, step)
  const rows = zeros + step
  for (let y = -reach; y < height; y++) {
    const next = y + reach
    if (next < height) {
      memory.copy(padded + ((<usize>reach) << 2), data + <usize>next * bytes, bytes)
      weighRow(padded, width, weights, reach, ring + step * <usize>(next % size))
    }
    if (y < 0) continue
    store<u32>(rows, <u32>(ring + step * <usize>(y % size)))
    for (let tap = 1; tap <= reach; tap++) {
      const pair = rows + ((<usize>tap) << 3)
      const above = y - tap < 0 ? zeros : ring + step * <usize>((y - tap) % size)
      const below = y + tap >= height ? zeros : ring + step * <usize>((y + tap) % size)
      store<u32>(pair - 4, <u32>above)
      store<u32>(pair, <u32>below)
    }
    weighColumns(rows, width, weights, reach, output + <usize>y * bytes)
  }
}
