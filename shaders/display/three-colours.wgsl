// Three planes as red, green and blue, each with cuts of its own and one stretch. The same as colourChannels in web/render/colour-table.ts.

@group(0) @binding(1) var red: texture_2d<u32>;
@group(0) @binding(2) var green: texture_2d<u32>;
@group(0) @binding(3) var blue: texture_2d<u32>;

fn levelSize() -> vec2u { return textureDimensions(red); }

fn colourAt(x: i32, y: i32) -> vec4f {
  let at = clamp(vec2i(x, y), vec2i(0), vec2i(levelSize()) - 1);
  let bits = vec3u(textureLoad(red, at, 0).r, textureLoad(green, at, 0).r, textureLoad(blue, at, 0).r);
  if (isNan(bits.x) || isNan(bits.y) || isNan(bits.z)) { return display.blank; }
  let bright = vec3f(
    brightnessOf(bits.x, display.low.x, display.high.x),
    brightnessOf(bits.y, display.low.y, display.high.y),
    brightnessOf(bits.z, display.low.z, display.high.z),
  );
  let colour = select(bright, 1 - bright, display.invert == 1u);
  if (display.night == 1u) { return vec4f((colour.r + colour.g + colour.b) / 3, 0, 0, 1); }
  return vec4f(colour, 1);
}
