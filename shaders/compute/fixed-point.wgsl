// Positions in pixels as whole pixels and 64 bits of fraction: three words, the lowest first, as one number of 96 bits in two's
// complement. A sum of two doubles is rounded as a processor rounds it, so that on which side of a pixel's edge a position
// falls is decided as in the reference, to the last bit.

// Farther than any frame; also for what is no number.
const NOWHERE = vec3u(0u, 0u, 0xc0000000u);
// Bits of a double's significand but the first.
const PRECISION = 52u;

fn negate(a: vec3u) -> vec3u {
  return add(~a, vec3u(1u, 0u, 0u));
}

fn add(a: vec3u, b: vec3u) -> vec3u {
  let low = a.x + b.x;
  let carry = select(0u, 1u, low < a.x);
  let middle = a.y + b.y;
  let more = select(0u, 1u, middle < a.y);
  let sum = middle + carry;
  return vec3u(low, sum, a.z + b.z + more + select(0u, 1u, sum < middle));
}

fn isNegative(a: vec3u) -> bool {
  return (a.z >> 31u) == 1u;
}

fn shiftLeft(a: vec3u, by: u32) -> vec3u {
  var shifted = a;
  if (by >= 32u) { shifted = vec3u(0u, a.x, a.y); }
  let bits = by % 32u;
  if (bits == 0u) { return shifted; }
  return vec3u(
    shifted.x << bits,
    (shifted.y << bits) | (shifted.x >> (32u - bits)),
    (shifted.z << bits) | (shifted.y >> (32u - bits)),
  );
}

// By less than 64.
fn shiftRight(a: vec3u, by: u32) -> vec3u {
  var shifted = a;
  if (by >= 32u) { shifted = vec3u(a.y, a.z, 0u); }
  let bits = by % 32u;
  if (bits == 0u) { return shifted; }
  return vec3u(
    (shifted.x >> bits) | (shifted.y << (32u - bits)),
    (shifted.y >> bits) | (shifted.z << (32u - bits)),
    shifted.z >> bits,
  );
}

// The lowest `count` bits set.
fn lowBits(count: u32) -> vec3u {
  let within = min(vec3u(31u), vec3u(count, max(count, 32u) - 32u, max(count, 64u) - 64u));
  let some = (vec3u(1u) << within) - 1u;
  return select(some, vec3u(0xffffffffu), vec3u(count) >= vec3u(32u, 64u, 96u));
}

// A double from its two words. What lies below 2^-64 only says on which side of a step the number is.
fn fixedFromDouble(lower: u32, upper: u32) -> vec3u {
  let biased = (upper >> 20u) & 0x7ffu;
  if (biased == 0u) { return vec3u(0u); }
  let exponent = i32(biased) - 1023;
  if (exponent > 28) { return NOWHERE; }
  let significand = vec3u(lower, (upper & 0xfffffu) | 0x100000u, 0u);
  let shift = exponent + 12;
  let negative = (upper >> 31u) == 1u;
  if (shift >= 0) {
    let magnitude = shiftLeft(significand, u32(shift));
    return select(magnitude, negate(magnitude), vec3<bool>(negative));
  }
  let lost = u32(-shift);
  if (lost > 52u) { return select(vec3u(0u), vec3u(0xffffffffu), vec3<bool>(negative)); }
  let magnitude = shiftRight(significand, lost);
  let isExact = all((significand & lowBits(lost)) == vec3u(0u));
  // Downwards, also below zero.
  let below = select(~magnitude, negate(magnitude), vec3<bool>(isExact));
  return select(magnitude, below, vec3<bool>(negative));
}

fn leadingBit(a: vec3u) -> u32 {
  if (a.z != 0u) { return 64u + firstLeadingBit(a.z); }
  if (a.y != 0u) { return 32u + firstLeadingBit(a.y); }
  return select(0u, firstLeadingBit(a.x), a.x != 0u);
}

// To 53 significant bits, halves to even.
fn roundToDouble(a: vec3u) -> vec3u {
  let negative = isNegative(a);
  let magnitude = select(a, negate(a), vec3<bool>(negative));
  let leading = leadingBit(magnitude);
  if (leading <= PRECISION) { return a; }
  let dropped = leading - PRECISION;
  let last = shiftRight(magnitude, dropped).x & 1u;
  let up = add(magnitude, add(lowBits(dropped - 1u), vec3u(last, 0u, 0u)));
  let result = up & ~lowBits(dropped);
  return select(result, negate(result), vec3<bool>(negative));
}

fn addDoubles(a: vec2u, b: vec2u) -> vec3u {
  let x = fixedFromDouble(a.x, a.y);
  let y = fixedFromDouble(b.x, b.y);
  if (all(x == NOWHERE) || all(y == NOWHERE)) { return NOWHERE; }
  return roundToDouble(add(x, y));
}

fn wholePart(a: vec3u) -> i32 {
  return bitcast<i32>(a.z);
}

// From 0 to 1; 1 where the fraction is next to it.
fn fraction(a: vec3u) -> f32 {
  return (f32(a.y) + f32(a.x) / 4294967296.0) / 4294967296.0;
}
