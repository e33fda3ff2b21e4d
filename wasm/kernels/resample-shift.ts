/** Six pixels from `at` on, four times side by side, weighed: one value of four neighbouring columns. */
function weighAcross(at: usize, weights: usize): v128 {
  let sum = f32x4.mul(v128.load(at), v128.load32_splat(weights))
  sum = f32x4.add(sum, f32x4.mul(v128.load(at, 4), v128.load32_splat(weights, 4)))
  sum = f32x4.add(sum, f32x4.mul(v128.load(at, 8), v128.load32_splat(weights, 8)))
  sum = f32x4.add(sum, f32x4.mul(v128.load(at, 12), v128.load32_splat(weights, 12)))
  sum = f32x4.add(sum, f32x4.mul(v128.load(at, 16), v128.load32_splat(weights, 16)))
  return f32x4.add(sum, f32x4.mul(v128.load(at, 20), v128.load32_splat(weights, 20)))
}

function weighAcrossOne(at: usize, weights: usize): f32 {
  let sum: f32 = 0
  for (let tap: usize = 0; tap < 24; tap += 4) sum += load<f32>(at + tap) * load<f32>(weights + tap)
  return sum
}

/** One row weighed along x into the ring. */
function fillRow(from: usize, to: usize, count: i32, weights: usize): void {
  const bytes = (<usize>count) << 2
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, weighAcross(from + at, weights))
  for (; at < bytes; at += 4) store<f32>(to + at, weighAcrossOne(from + at, weights))
}

/**
 * A pure shift by Lanczos-3: the weights are the same everywhere, so rows are weighed along x once each and kept, six of them, in a ring
 * (`ring`, 6 x `count` f32), from which the result is weighed along y. `from`: the first pixel of the first of height + 5 rows of
 * count + 5 pixels, `step` bytes apart.
 */
export function resampleShift(
  from: usize,
  step: usize,
  across: usize,
  along: usize,
  count: i32,
  height: i32,
  ring: usize,
  output: usize,
  outputStep: usize,
): void {
  const bytes = (<usize>count) << 2
  for (let row = 0; row < 5; row++)
    fillRow(from + <usize>row * step, ring + <usize>row * bytes, count, across)
  for (let row = 0; row < height; row++) {
    const r0 = ring + <usize>(row % 6) * bytes
    const r1 = ring + <usize>((row + 1) % 6) * bytes
    const r2 = ring + <usize>((row + 2) % 6) * bytes
    const r3 = ring + <usize>((row + 3) % 6) * bytes
    const r4 = ring + <usize>((row + 4) % 6) * bytes
    const r5 = ring + <usize>((row + 5) % 6) * bytes
    fillRow(from + <usize>(row + 5) * step, r5, count, across)
    const to = output + <usize>row * outputStep
    let at: usize = 0
    for (; at + 16 <= bytes; at += 16) {
      let sum = f32x4.mul(v128.load(r0 + at), v128.load32_splat(along))
      sum = f32x4.add(sum, f32x4.mul(v128.load(r1 + at), v128.load32_splat(along, 4)))
      sum = f32x4.add(sum, f32x4.mul(v128.load(r2 + at), v128.load32_splat(along, 8)))
      sum = f32x4.add(sum, f32x4.mul(v128.load(r3 + at), v128.load32_splat(along, 12)))
      sum = f32x4.add(sum, f32x4.mul(v128.load(r4 + at), v128.load32_splat(along, 16)))
      sum = f32x4.add(sum, f32x4.mul(v128.load(r5 + at), v128.load32_splat(along, 20)))
      v128.store(to + at, sum)
    }
    for (; at < bytes; at += 4) {
      let sum = load<f32>(r0 + at) * load<f32>(along)
      sum += load<f32>(r1 + at) * load<f32>(along, 4)
      sum += load<f32>(r2 + at) * load<f32>(along, 8)
      sum += load<f32>(r3 + at) * load<f32>(along, 12)
      sum += load<f32>(r4 + at) * load<f32>(along, 16)
      sum += load<f32>(r5 + at) * load<f32>(along, 20)
      store<f32>(to + at, sum)
    }
  }
}
