/** A row of pixels weighed along x: `padded` holds it with `reach` zeros on both sides. Half of the kernel, centre first, as f32. */
function weighRow(padded: usize, width: i32, weights: usize, reach: i32, to: usize): void {
  const bytes = (<usize>width) << 2
  const middle = padded + ((<usize>reach) << 2)
  const centre = v128.load32_splat(weights)
  // Whole vectors: the last may write beyond the row, where the ring has room.
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.mul(centre, v128.load(middle + at))
    for (let tap: usize = 1; tap <= <usize>reach; tap++) {
      const off = tap << 2
      const pair = f32x4.add(v128.load(middle + at - off), v128.load(middle + at + off))
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + off), pair))
    }
    v128.store(to + at, sum)
  }
}

/** Bytes of a row in the ring: whole vectors. */
function rowStep(width: i32): usize {
  return (((<usize>width) << 2) + 15) & ~15
}

/** Bytes of scratch: a row with zeros on both sides, and a ring of the rows that one row of the result is made of, and one of zeros. */
export function convolveScratch(width: i32, reach: i32): usize {
  return rowStep(width) + ((<usize>reach) << 3) + 64 + rowStep(width) * <usize>(2 * reach + 2)
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
  const paddedBytes = step + ((<usize>reach) << 3) + 64
  memory.fill(padded, 0, paddedBytes)
  const ring = padded + paddedBytes
  const size = 2 * reach + 1
  const zeros = ring + step * <usize>size
  memory.fill(zeros, 0, step)
  for (let y = -reach; y < height; y++) {
    const next = y + reach
    if (next < height) {
      memory.copy(padded + ((<usize>reach) << 2), data + <usize>next * bytes, bytes)
      weighRow(padded, width, weights, reach, ring + step * <usize>(next % size))
    }
    if (y < 0) continue
    const middle = ring + step * <usize>(y % size)
    const to = output + <usize>y * bytes
    const centre = v128.load32_splat(weights)
    let at: usize = 0
    for (; at + 16 <= bytes; at += 16) {
      let sum = f32x4.mul(centre, v128.load(middle + at))
      for (let tap = 1; tap <= reach; tap++) {
        const above = y - tap < 0 ? zeros : ring + step * <usize>((y - tap) % size)
        const below = y + tap >= height ? zeros : ring + step * <usize>((y + tap) % size)
        const pair = f32x4.add(v128.load(above + at), v128.load(below + at))
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + ((<usize>tap) << 2)), pair))
      }
      v128.store(to + at, sum)
    }
    for (; at < bytes; at += 4) {
      let sum = load<f32>(weights) * load<f32>(middle + at)
      for (let tap = 1; tap <= reach; tap++) {
        const above = y - tap < 0 ? zeros : ring + step * <usize>((y - tap) % size)
        const below = y + tap >= height ? zeros : ring + step * <usize>((y + tap) % size)
        sum += load<f32>(weights + ((<usize>tap) << 2)) * (load<f32>(above + at) + load<f32>(below + at))
      }
      store<f32>(to + at, sum)
    }
  }
}
