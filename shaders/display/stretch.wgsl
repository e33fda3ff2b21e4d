// Colours one image on the screen: value -> place between the cuts -> stretch -> colour map.
// The same definitions as web/render/stretch.ts; the canvas renderer is the reference, and a test holds the two together.

struct Display {
  // Screen (device pixels, centre of pixel at .5) to pixels of the level (its first pixel covers 0..1):
  // x = toLevel.x * sx + toLevel.y * sy + toLevel.z, y likewise.
  toLevelX: vec4f,
  toLevelY: vec4f,
  backdrop: vec4f,
  blank: vec4f,
  low: f32,
  high: f32,
  // 0 linear, 1 log, 2 sqrt, 3 asinh.
  stretch: u32,
  // 1: neighbours are blended, 0: sharp squares.
  smooth_: u32,
}

@group(0) @binding(0) var<uniform> display: Display;
// The bits of 32-bit floats: a driver may assume that floats are never NaN, but bits stay what they are.
@group(0) @binding(1) var level: texture_2d<u32>;
@group(0) @binding(2) var colours: texture_2d<f32>;

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

fn placeBetweenCuts(bits: u32) -> f32 {
  // Infinities by their sign: arithmetic with them is not promised.
  if ((bits & 0x7fffffffu) == 0x7f800000u) { return select(1.0, 0.0, (bits >> 31u) == 1u); }
  let value = bitcast<f32>(bits);
  if (display.high > display.low) { return clamp((value - display.low) / (display.high - display.low), 0, 1); }
  return select(0.0, 1.0, value > display.low);
}

fn colourAt(x: i32, y: i32) -> vec4f {
  let size = vec2i(textureDimensions(level));
  let bits = textureLoad(level, clamp(vec2i(x, y), vec2i(0), size - 1), 0).r;
  if (isNan(bits)) { return display.blank; }
  let brightness = clamp(stretchPlace(placeBetweenCuts(bits)), 0, 1);
  let last = f32(textureDimensions(colours).x - 1u);
  return textureLoad(colours, vec2i(i32(floor(brightness * last + 0.5)), 0), 0);
}

@fragment
fn colourScreen(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let size = vec2f(textureDimensions(level));
  let x = dot(display.toLevelX.xyz, vec3f(at.xy, 1));
  let y = dot(display.toLevelY.xyz, vec3f(at.xy, 1));
  if (x < 0 || y < 0 || x >= size.x || y >= size.y) { return display.backdrop; }
  if (display.smooth_ == 0u) { return colourAt(i32(floor(x)), i32(floor(y))); }
  // Colours are blended, not values, as a canvas does it.
  let left = floor(x - 0.5);
  let top = floor(y - 0.5);
  let part = vec2f(x - 0.5 - left, y - 0.5 - top);
  let i = i32(left);
  let j = i32(top);
  return mix(
    mix(colourAt(i, j), colourAt(i + 1, j), part.x),
    mix(colourAt(i, j + 1), colourAt(i + 1, j + 1), part.x),
    part.y,
  );
}
