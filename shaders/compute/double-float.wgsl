// Numbers as unevaluated sums of two floats, high + low: about 48 bits. Sums after Knuth (TAOCP 4.2.2, theorem B), products
// after Dekker (1971). Shaders may be compiled as if floats were real numbers, which would undo all of this, so every rounded
// result passes through `rounded`: an exclusive-or with a zero that only the host knows to be one.

var<private> unknownZero: u32;

fn rounded(value: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(value) ^ unknownZero);
}

// a + b and what rounding took from it.
fn addExactly(a: f32, b: f32) -> vec2f {
  let sum = rounded(a + b);
  let ofB = rounded(sum - a);
  let ofA = rounded(sum - ofB);
  return vec2f(sum, rounded(rounded(a - ofA) + rounded(b - ofB)));
}

// The same for |a| >= |b|.
fn addOrdered(a: f32, b: f32) -> vec2f {
  let sum = rounded(a + b);
  return vec2f(sum, rounded(b - rounded(sum - a)));
}

// The upper 12 bits and the rest. |a| below 1e34.
fn splitFloat(a: f32) -> vec2f {
  let scaled = rounded(4097.0 * a);
  let high = rounded(scaled - rounded(scaled - a));
  return vec2f(high, rounded(a - high));
}

fn multiplyExactly(a: f32, b: f32) -> vec2f {
  let product = rounded(a * b);
  let x = splitFloat(a);
  let y = splitFloat(b);
  var rest = rounded(rounded(x.x * y.x) - product);
  rest = rounded(rest + rounded(x.x * y.y));
  rest = rounded(rest + rounded(x.y * y.x));
  return vec2f(product, rounded(rest + rounded(x.y * y.y)));
}

fn addDouble(a: vec2f, b: vec2f) -> vec2f {
  let high = addExactly(a.x, b.x);
  return addOrdered(high.x, rounded(high.y + rounded(a.y + b.y)));
}

fn addFloat(a: vec2f, b: f32) -> vec2f {
  let high = addExactly(a.x, b);
  return addOrdered(high.x, rounded(high.y + a.y));
}

fn multiplyDouble(a: vec2f, b: vec2f) -> vec2f {
  let high = multiplyExactly(a.x, b.x);
  return addOrdered(high.x, rounded(high.y + rounded(rounded(a.x * b.y) + rounded(a.y * b.x))));
}

// Division and square root are not rounded correctly by every card: one step of Newton's makes them so.
fn divideDouble(a: vec2f, b: f32) -> vec2f {
  let first = rounded(a.x / b);
  let product = multiplyExactly(first, b);
  let rest = addDouble(a, -product);
  return addOrdered(first, rounded(rest.x / b));
}

fn divideDoubles(a: vec2f, b: vec2f) -> vec2f {
  let first = rounded(a.x / b.x);
  let rest = addDouble(a, -multiplyDouble(vec2f(first, 0), b));
  return addOrdered(first, rounded(rest.x / b.x));
}

fn rootDouble(a: vec2f) -> vec2f {
  if (a.x <= 0) { return vec2f(0, 0); }
  let first = rounded(sqrt(a.x));
  let rest = addDouble(a, -multiplyExactly(first, first));
  return addOrdered(first, rounded(rest.x / (2 * first)));
}
