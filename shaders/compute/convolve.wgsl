// Convolution with a symmetric kernel along rows and then along columns, by the rules of science/detection/matched-filter:
// zeros beyond the edge of the frame, and a pixel without a value takes its neighbours along. After pixel.wgsl.

struct Params {
  width: i32,
  // Rows that are here: those that are made, and around them those that they need and the frame has.
  rows: i32,
  firstMade: i32,
  rowsMade: i32,
  reach: i32,
  // Half of the kernel, centre first.
  weights: array<vec4f, 16>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;

fn weightOf(tap: i32) -> f32 {
  return params.weights[tap / 4][tap % 4];
}

// Zero where the place lies outside.
fn pixelAt(column: i32, row: i32) -> u32 {
  if (column < 0 || row < 0 || column >= params.width || row >= params.rows) { return 0u; }
  return source[row * params.width + column];
}

fn weigh(column: i32, row: i32, step: vec2i) -> u32 {
  let centre = pixelAt(column, row);
  if (isNan(centre)) { return NAN_BITS; }
  var sum = weightOf(0) * bitcast<f32>(centre);
  for (var tap = 1; tap <= params.reach; tap++) {
    let before = pixelAt(column - tap * step.x, row - tap * step.y);
    let after = pixelAt(column + tap * step.x, row + tap * step.y);
    if (isNan(before) || isNan(after)) { return NAN_BITS; }
    sum += weightOf(tap) * (bitcast<f32>(before) + bitcast<f32>(after));
  }
  return bitcast<u32>(sum);
}

@compute @workgroup_size(GROUP_SIZE)
fn convolveRows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = i32(elementOf(group, groups, local));
  if (i >= params.width * params.rows) { return; }
  result[i] = weigh(i % params.width, i / params.width, vec2i(1, 0));
}

@compute @workgroup_size(GROUP_SIZE)
fn convolveColumns(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = i32(elementOf(group, groups, local));
  if (i >= params.width * params.rowsMade) { return; }
  result[i] = weigh(i % params.width, params.firstMade + i / params.width, vec2i(0, 1));
}
