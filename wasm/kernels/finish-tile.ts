import { Lanes } from './decode-lanes'

/** Length of the sequence of random numbers of the FITS standard, appendix I. */
const RANDOM_COUNT: i32 = 10000
/** With the second method of dithering this integer stands for a pixel that was exactly zero. */
const EXACT_ZERO: i32 = -2147483646

function fillWithNothing(at: usize, count: i32): void {
  for (let index = 0; index < count; index++) store<f32>(at + ((<usize>index) << 2), NaN)
}

/** zero + scale stored. Of `short` values, 16 bits at most, and a whole offset the sum is an exact integer. */
function scaleInPlace(
  at: usize,
  count: i32,
  short: bool,
  zero: f64,
  scale: f64,
  hasBlank: bool,
  blank: i32,
): void {
  const whole = short && Lanes.isWholeOffset(zero, scale)
  const offsets = i32x4.splat(whole ? <i32>zero : 0)
  const blanks = i32x4.splat(blank)
  const inFours = count & ~3
  let index = 0
  for (; index < inFours; index += 4) {
    const place = at + ((<usize>index) << 2)
    const stored = v128.load(place)
    let value = whole
      ? f32x4.convert_i32x4_s(i32x4.add(stored, offsets))
      : Lanes.scaleIntegers(stored, zero, scale)
    if (hasBlank) value = v128.or(value, i32x4.eq(stored, blanks))
    v128.store(place, value)
  }
  for (; index < count; index++) {
    const place = at + ((<usize>index) << 2)
    const stored = load<i32>(place)
    store<f32>(place, hasBlank && stored == blank ? <f32>NaN : <f32>(zero + scale * <f64>stored))
  }
}

/** (stored - random + 0.5) scale + zero, with the numbers that the tile's seed picks (FITS standard 10.2). */
function undither(
  at: usize,
  count: i32,
  zero: f64,
  scale: f64,
  hasBlank: bool,
  blank: i32,
  keepsZero: bool,
  firstSeed: i32,
  randoms: usize,
): void {
  let seed = firstSeed % RANDOM_COUNT
  if (seed < 0) seed += RANDOM_COUNT
  let next = <i32>(load<f32>(randoms + ((<usize>seed) << 2)) * <f64>500)
  const half = f64x2.splat(0.5)
  const blanks = i32x4.splat(blank)
  const exact = i32x4.splat(EXACT_ZERO)
  let index = 0
  while (index < count) {
    // As far as the sequence goes before it begins anew elsewhere.
    const run = min(count - index, RANDOM_COUNT - next)
    const inFours = run & ~3
    const place = at + ((<usize>index) << 2)
    const random = randoms + ((<usize>next) << 2)
    let step = 0
    for (; step < inFours; step += 4) {
      const byte = (<usize>step) << 2
      const stored = v128.load(place + byte)
      const four = v128.load(random + byte)
      const low = f64x2.sub(f64x2.convert_low_i32x4_s(stored), f64x2.promote_low_f32x4(four))
      const high = f64x2.sub(
        f64x2.convert_low_i32x4_s(i32x4.shuffle(stored, stored, 2, 3, 2, 3)),
        f64x2.promote_low_f32x4(i32x4.shuffle(four, four, 2, 3, 2, 3)),
      )
      let value = Lanes.scaleDoubles(f64x2.add(low, half), f64x2.add(high, half), zero, scale)
      if (keepsZero) value = v128.andnot(value, i32x4.eq(stored, exact))
      if (hasBlank) value = v128.or(value, i32x4.eq(stored, blanks))
      v128.store(place + byte, value)
    }
    for (; step < run; step++) {
      const byte = (<usize>step) << 2
      const stored = load<i32>(place + byte)
      let value = <f32>(zero + scale * (<f64>stored - <f64>load<f32>(random + byte) + 0.5))
      if (keepsZero && stored == EXACT_ZERO) value = 0
      if (hasBlank && stored == blank) value = NaN
      store<f32>(place + byte, value)
    }
    index += run
    next += run
    if (next == RANDOM_COUNT) {
      seed = (seed + 1) % RANDOM_COUNT
      next = <i32>(load<f32>(randoms + ((<usize>seed) << 2)) * <f64>500)
    }
  }
}

/** `count` stored integers at `at` become pixels where they lie: scaled, without dither or with it (1, 2), or NaN if not `good`. */
export function finishTile(
  at: usize,
  count: i32,
  good: bool,
  short: bool,
  zero: f64,
  scale: f64,
  hasBlank: bool,
  blank: i32,
  dither: i32,
  seed: i32,
  randoms: usize,
): void {
  if (!good) fillWithNothing(at, count)
  else if (dither == 0) scaleInPlace(at, count, short, zero, scale, hasBlank, blank)
  else undither(at, count, zero, scale, hasBlank, blank, dither == 2, seed, randoms)
}
