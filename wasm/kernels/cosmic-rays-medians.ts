// Medians of four windows at once. No lane may be NaN. pmin and pmax are one instruction each; min and max are not.

export function middleOf3(a: v128, b: v128, c: v128): v128 {
  return f32x4.pmax(f32x4.pmin(a, b), f32x4.pmin(f32x4.pmax(a, b), c))
}

/** Neither the least nor the greatest of four can be the middle of five. */
export function middleOf5(a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
  return middleOf3(
    f32x4.pmax(f32x4.pmin(a, b), f32x4.pmin(c, d)),
    f32x4.pmin(f32x4.pmax(a, b), f32x4.pmax(c, d)),
    e,
  )
}

/** The least and the greatest of five go, then of what is left and the sixth, then of what is left and the seventh. */
export function middleOf7(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128): v128 {
  const lowA = f32x4.pmin(a, b)
  const highA = f32x4.pmax(a, b)
  const lowC = f32x4.pmin(c, d)
  const highC = f32x4.pmax(c, d)
  const least = f32x4.pmin(lowA, lowC)
  const greatest = f32x4.pmax(highA, highC)
  const p = f32x4.pmax(lowA, lowC)
  const q = f32x4.pmin(highA, highC)
  const r = f32x4.pmax(least, f32x4.pmin(greatest, e))
  const low = f32x4.pmax(f32x4.pmin(p, q), f32x4.pmin(r, f))
  const high = f32x4.pmin(f32x4.pmax(p, q), f32x4.pmax(r, f))
  return middleOf3(low, high, g)
}

/** Middle of the greatest low, the middle middle and the least high of three sorted threes. */
export function middleOf9(
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
  h: v128,
  i: v128,
): v128 {
  const lowA = f32x4.pmin(a, b)
  const highA = f32x4.pmax(a, b)
  const lowD = f32x4.pmin(d, e)
  const highD = f32x4.pmax(d, e)
  const lowG = f32x4.pmin(g, h)
  const highG = f32x4.pmax(g, h)
  const low = f32x4.pmax(f32x4.pmax(f32x4.pmin(lowA, c), f32x4.pmin(lowD, f)), f32x4.pmin(lowG, i))
  const high = f32x4.pmin(f32x4.pmin(f32x4.pmax(highA, c), f32x4.pmax(highD, f)), f32x4.pmax(highG, i))
  const middle = middleOf3(
    f32x4.pmax(lowA, f32x4.pmin(highA, c)),
    f32x4.pmax(lowD, f32x4.pmin(highD, f)),
    f32x4.pmax(lowG, f32x4.pmin(highG, i)),
  )
  return middleOf3(low, middle, high)
}

/** Middle of five, seven and nine neighbours in a row, for the four windows that start at `at`. */
export function middleInRow5(at: usize): v128 {
  return middleOf5(v128.load(at), v128.load(at, 4), v128.load(at, 8), v128.load(at, 12), v128.load(at, 16))
}

export function middleInRow7(at: usize): v128 {
  return middleOf7(
    v128.load(at),
    v128.load(at, 4),
    v128.load(at, 8),
    v128.load(at, 12),
    v128.load(at, 16),
    v128.load(at, 20),
    v128.load(at, 24),
  )
}

export function middleInRow9(at: usize): v128 {
  return middleOf9(
    v128.load(at),
    v128.load(at, 4),
    v128.load(at, 8),
    v128.load(at, 12),
    v128.load(at, 16),
    v128.load(at, 20),
    v128.load(at, 24),
    v128.load(at, 28),
    v128.load(at, 32),
  )
}

/**
 * Middle of an odd count of vectors from 5 up, which are overwritten: of just so many that their least and greatest cannot
 * be the middle these two go, one more comes in, and so on.
 */
export function middleOfMany(vectors: usize, count: i32): v128 {
  let kept = (count >> 1) + 2
  let next = vectors + ((<usize>kept) << 4)
  for (; kept > 3; kept--) {
    const a = v128.load(vectors)
    const b = v128.load(vectors, 16)
    let least = f32x4.pmin(a, b)
    let greatest = f32x4.pmax(a, b)
    let to = vectors
    const end = vectors + ((<usize>(kept - 2)) << 4)
    for (; to < end; to += 16) {
      const value = v128.load(to, 32)
      const notLeast = f32x4.pmax(least, value)
      least = f32x4.pmin(least, value)
      v128.store(to, f32x4.pmin(greatest, notLeast))
      greatest = f32x4.pmax(greatest, notLeast)
    }
    v128.store(to, v128.load(next))
    next += 16
  }
  return middleOf3(v128.load(vectors), v128.load(vectors, 16), v128.load(vectors, 32))
}
