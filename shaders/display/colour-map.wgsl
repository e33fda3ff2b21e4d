// One plane through a colour map.

// The bits of 32-bit floats: a driver may assume that floats are never NaN, but bits stay what they are.
@group(0) @binding(1) var level: texture_2d<u32>;
@group(0) @binding(2) var colours: texture_2d<f32>;

fn levelSize() -> vec2u { return textureDimensions(level); }

fn colourAt(x: i32, y: i32) -> vec4f {
  let size = vec2i(levelSize());
  let bits = textureLoad(level, clamp(vec2i(x, y), vec2i(0), size - 1), 0).r;
  if (isNan(bits)) { return display.blank; }
  let brightness = brightnessOf(bits, display.low.x, display.high.x);
  let last = f32(textureDimensions(colours).x - 1u);
  return textureLoad(colours, vec2i(i32(floor(brightness * last + 0.5)), 0), 0);
}
