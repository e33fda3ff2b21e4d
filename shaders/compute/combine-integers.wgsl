// What combine-average.wgsl combines: big-endian 16-bit integers as FITS stores them, two to a word, each plane from a whole
// word on.

@group(0) @binding(1) var<storage, read> planes: array<u32>;
// The bits of the value that each of the 65536 integers stands for; NaN for BLANK.
@group(0) @binding(2) var<storage, read> meanings: array<u32>;

fn valueAt(frame: u32, i: u32) -> u32 {
  let bytes = planes[frame * ((params.length + 1u) / 2u) + i / 2u] >> (16u * (i % 2u));
  return meanings[((bytes & 0xffu) << 8u) | ((bytes >> 8u) & 0xffu)];
}
