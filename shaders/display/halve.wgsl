// One level of an image from the finer one: the mean of the finite pixels of each 2 by 2 block, NaN where there is none.
// An odd last column or row stands for itself. The same as halveInto in web/render/mip-pyramid.ts.

@group(0) @binding(0) var fine: texture_2d<u32>;

const NAN_BITS = 0x7fc00000u;

@vertex
fn coverLevel(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  let x = f32(i32(index & 1u) * 4 - 1);
  let y = f32(i32(index >> 1u) * 4 - 1);
  return vec4f(x, y, 0, 1);
}

@fragment
fn halve(@builtin(position) at: vec4f) -> @location(0) u32 {
  let size = vec2i(textureDimensions(fine));
  let first = 2 * vec2i(at.xy);
  var sum = 0.0;
  var count = 0.0;
  for (var y = 0; y < 2; y++) {
    for (var x = 0; x < 2; x++) {
      let bits = textureLoad(fine, min(first + vec2i(x, y), size - 1), 0).r;
      if ((bits & 0x7f800000u) == 0x7f800000u) { continue; }
      sum += bitcast<f32>(bits);
      count += 1;
    }
  }
  if (count == 0) { return NAN_BITS; }
  return bitcast<u32>(sum / count);
}
