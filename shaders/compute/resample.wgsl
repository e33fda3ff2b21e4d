// Part of a picture on another grid, by the rules of science/image/resample-image. After pixel.wgsl and fixed-point.wgsl: with
// single floats a position would be off by a thousandth of a pixel at the far end of a large frame.

struct Params {
  // Of the source window on its frame.
  sourceLeft: i32,
  sourceTop: i32,
  sourceWidth: i32,
  sourceHeight: i32,
  // Row of the source window that `source` begins with.
  firstRow: i32,
  // Pixels of a row and in all.
  width: u32,
  length: u32,
  method: u32,
  hasMap: u32,
}

const NEAREST = 0u;
const BILINEAR = 1u;
const TAPS = 6u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
// Doubles, lower word first: with a map x and y on the source frame of each pixel, else what its column adds to x and y; and
// then what its row adds.
@group(0) @binding(2) var<storage, read> positions: array<vec4u>;
// Six weights for each phase.
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

struct Position {
  x: vec3u,
  y: vec3u,
}

// On the source window.
fn sourcePosition(i: u32) -> Position {
  var x: vec3u;
  var y: vec3u;
  if (params.hasMap != 0u) {
    let given = positions[i];
    x = fixedFromDouble(given.x, given.y);
    y = fixedFromDouble(given.z, given.w);
  } else {
    let ofColumn = positions[i % params.width];
    let ofRow = positions[params.width + i / params.width];
    x = addDoubles(ofColumn.xy, ofRow.xy);
    y = addDoubles(ofColumn.zw, ofRow.zw);
  }
  let toWindow = bitcast<vec2u>(-vec2i(params.sourceLeft, params.sourceTop));
  return Position(add(x, vec3u(0u, 0u, toWindow.x)), add(y, vec3u(0u, 0u, toWindow.y)));
}

fn pixelAt(column: i32, row: i32) -> u32 {
  return source[(row - params.firstRow) * params.sourceWidth + column];
}

// Halves go up.
fn nearestPixel(at: vec3u) -> i32 {
  return wholePart(at) + i32(at.y >> 31u);
}

fn sampleNearest(at: Position) -> u32 {
  let column = nearestPixel(at.x);
  let row = nearestPixel(at.y);
  if (column < 0 || row < 0 || column >= params.sourceWidth || row >= params.sourceHeight) { return NAN_BITS; }
  return pixelAt(column, row);
}

// True for positions from the first to the last pixel, both included.
fn isWithin(at: vec3u, size: i32) -> bool {
  let whole = wholePart(at);
  return whole >= 0 && (whole < size - 1 || (whole == size - 1 && at.x == 0u && at.y == 0u));
}

fn sampleBilinear(at: Position) -> u32 {
  let column = min(wholePart(at.x), params.sourceWidth - 2);
  let row = min(wholePart(at.y), params.sourceHeight - 2);
  if (column < 0 || row < 0 || !isWithin(at.x, params.sourceWidth) || !isWithin(at.y, params.sourceHeight)) {
    return NAN_BITS;
  }
  let right = fraction(at.x) + f32(wholePart(at.x) - column);
  let down = fraction(at.y) + f32(wholePart(at.y) - row);
  let bits = vec4u(
    pixelAt(column, row), pixelAt(column + 1, row), pixelAt(column, row + 1), pixelAt(column + 1, row + 1),
  );
  if (isNan(bits.x) || isNan(bits.y) || isNan(bits.z) || isNan(bits.w)) { return NAN_BITS; }
  let values = bitcast<vec4f>(bits);
  let upper = (1 - right) * values.x + right * values.y;
  let lower = (1 - right) * values.z + right * values.w;
  return bitcast<u32>((1 - down) * upper + down * lower);
}

// First weight of the phase next to the position: its first twelve bits behind the point, halves up.
fn phaseOf(at: vec3u) -> u32 {
  return TAPS * ((at.y >> 20u) + ((at.y >> 19u) & 1u));
}

fn sampleLanczos(at: Position) -> u32 {
  let column = wholePart(at.x) - 2;
  let row = wholePart(at.y) - 2;
  let taps = i32(TAPS);
  if (column < 0 || row < 0 || column + taps > params.sourceWidth || row + taps > params.sourceHeight) {
    return NAN_BITS;
  }
  let across = phaseOf(at.x);
  let along = phaseOf(at.y);
  var total = 0.0;
  for (var v = 0u; v < TAPS; v++) {
    var line = 0.0;
    for (var u = 0u; u < TAPS; u++) {
      let bits = pixelAt(column + i32(u), row + i32(v));
      if (isNan(bits)) { return NAN_BITS; }
      line += weights[across + u] * bitcast<f32>(bits);
    }
    total += weights[along + v] * line;
  }
  return bitcast<u32>(total);
}

@compute @workgroup_size(GROUP_SIZE)
fn resample(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = elementOf(group, groups, local);
  if (i >= params.length) { return; }
  let at = sourcePosition(i);
  switch params.method {
    case NEAREST: { result[i] = sampleNearest(at); }
    case BILINEAR: { result[i] = sampleBilinear(at); }
    default: { result[i] = sampleLanczos(at); }
  }
}
