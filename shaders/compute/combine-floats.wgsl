// What combine-average.wgsl combines: planes of floats, scaled and moved, with masks.

// Plane after plane.
@group(0) @binding(1) var<storage, read> planes: array<u32>;
// Four pixels to a word, each plane from a whole word on.
@group(0) @binding(2) var<storage, read> masks: array<u32>;

// The bits of a value as it takes part: scaled and moved, rounded after each; not finite where it takes no part.
fn valueAt(frame: u32, i: u32) -> u32 {
  if (params.hasMasks != 0u) {
    let word = masks[frame * ((params.length + 3u) / 4u) + i / 4u];
    if (((word >> (8u * (i % 4u))) & 0xffu) != 0u) { return NAN_BITS; }
  }
  let bits = planes[frame * params.length + i];
  if (!isFinite(bits)) { return bits; }
  let factor = factors[frame];
  return bitcast<u32>(rounded(rounded(bitcast<f32>(bits) * factor.x) + factor.y));
}
