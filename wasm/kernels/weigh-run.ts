import { limitSum } from './limit-sum'

/** Six rows of four columns from `at` on, weighed: in the order in which a single pixel is summed. */
function weighDown(at: usize, step: usize, along: usize): v128 {
  let sum = f32x4.mul(v128.load(at), v128.load32_splat(along))
  at += step
  sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(along, 4)))
  at += step
  sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(along, 8)))
  at += step
  sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(along, 12)))
  at += step
  sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(along, 16)))
  at += step
  return f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(along, 20)))
}

/** The faintest of the four nearest pixels of each of four neighbours; `corner` is the first of the 6 x 6 of the first. */
function nearestFour(corner: usize, step: usize): v128 {
  const upper = corner + 2 * step
  const lower = upper + step
  return f32x4.pmin(
    f32x4.pmin(v128.load(upper, 8), v128.load(upper, 12)),
    f32x4.pmin(v128.load(lower, 8), v128.load(lower, 12)),
  )
}

/** Of four values those that lie below their four nearest pixels, less what is ringing; `below` has a bit for each of them. */
function limitFour(
  corner: usize,
  step: usize,
  across: usize,
  along: usize,
  clamp: f64,
  below: i32,
  to: usize,
): void {
  for (; below; below >>= 1, corner += 4, to += 4) {
    if (!(below & 1)) continue
    const upper = corner + 2 * step + 8
    const lower = upper + step
    const nearest = min(
      min(load<f32>(upper), load<f32>(upper, 4)),
      min(load<f32>(lower), load<f32>(lower, 4)),
    )
    store<f32>(to, limitSum(corner, step, across, along, load<f32>(to), nearest, clamp))
  }
}

/**
 * Neighbours of a row that share their weights, four at a time: columns are weighed down once each, then along. The sums are those of single
 * pixels, bit for bit, and so is what `clamp` does to them (NaN for none). Gives whether there are some without a value: those are to be made by
 * themselves. Of each of six rows 4 `fours` + 8 pixels are read.
 */
export function weighRun(
  corner: usize,
  step: usize,
  across: usize,
  along: usize,
  clamp: f64,
  fours: i32,
  to: usize,
): bool {
  const w0 = v128.load32_splat(across)
  const w1 = v128.load32_splat(across, 4)
  const w2 = v128.load32_splat(across, 8)
  const w3 = v128.load32_splat(across, 12)
  const w4 = v128.load32_splat(across, 16)
  const w5 = v128.load32_splat(across, 20)
  const clamps = clamp == clamp
  let missing = i32x4.splat(0)
  let here = weighDown(corner, step, along)
  let next = weighDown(corner + 16, step, along)
  for (let four = 0; four < fours; four++, corner += 16, to += 16) {
    const last = weighDown(corner + 32, step, along)
    const even = f32x4.add(
      f32x4.add(f32x4.mul(here, w0), f32x4.mul(next, w4)),
      f32x4.mul(v128.shuffle<f32>(here, next, 2, 3, 4, 5), w2),
    )
    const odd = f32x4.add(
      f32x4.add(
        f32x4.mul(v128.shuffle<f32>(here, next, 1, 2, 3, 4), w1),
        f32x4.mul(v128.shuffle<f32>(next, last, 1, 2, 3, 4), w5),
      ),
      f32x4.mul(v128.shuffle<f32>(here, next, 3, 4, 5, 6), w3),
    )
    const value = f32x4.add(even, odd)
    missing = v128.or(missing, f32x4.ne(value, value))
    v128.store(to, value)
    if (clamps) {
      const below = i32x4.bitmask(f32x4.lt(value, nearestFour(corner, step)))
      if (below) limitFour(corner, step, across, along, clamp, below, to)
    }
    here = next
    next = last
  }
  return v128.any_true(missing)
}
