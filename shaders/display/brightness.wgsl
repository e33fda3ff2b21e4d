// How a value becomes brightness: value -> place between the cuts -> stretch. Stands before colour-map.wgsl or three-colours.wgsl.
// The same definitions as web/render/stretch.ts; the canvas renderer is the reference, and a test holds the two together.

struct Display {
  // Screen (device pixels, centre of pixel at .5) to pixels of the level (its first pixel covers 0..1):
  // x = toLevel.x * sx + toLevel.y * sy + toLevel.z, y likewise.
  toLevelX: vec4f,
  toLevelY: vec4f,
  backdrop: vec4f,
  blank: vec4f,
  // Cuts of red, green and blue; of an image of one plane, the first.
  low: vec4f,
  high: vec4f,
  // 0 linear, 1 log, 2 sqrt, 3 asinh.
  stretch: u32,
  // 1: neighbours are blended, 0: sharp squares.
  smooth_: u32,
  // 1: bright is dark.
  invert: u32,
  // 1: red only.
  night: u32,
}

@group(0) @binding(0) var<uniform> display: Display;

@vertex
fn coverScreen(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  // One triangle that holds the whole screen.
  let x = f32(i32(index & 1u) * 4 - 1);
  let y = f32(i32(index >> 1u) * 4 - 1);
  return vec4f(x, y, 0, 1);
}

fn stretchPlace(t: f32) -> f32 {
  switch display.stretch {
    case 1u: { return log(1 + 1000 * t) / log(1001.0); }
    case 2u: { return sqrt(t); }
    // asinh written out: the built-in one is only as precise as its driver.
    case 3u: { return log(10 * t + sqrt(100 * t * t + 1)) / log(10.0 + sqrt(101.0)); }
    default: { return t; }
  }
}

fn isNan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

fn placeBetweenCuts(bits: u32, low: f32, high: f32) -> f32 {
  // Infinities by their sign: arithmetic with them is not promised.
  if ((bits & 0x7fffffffu) == 0x7f800000u) { return select(1.0, 0.0, (bits >> 31u) == 1u); }
  let value = bitcast<f32>(bits);
  if (high > low) { return clamp((value - low) / (high - low), 0, 1); }
  return select(0.0, 1.0, value > low);
}

fn brightnessOf(bits: u32, low: f32, high: f32) -> f32 {
  return clamp(stretchPlace(placeBetweenCuts(bits, low, high)), 0, 1);
}
