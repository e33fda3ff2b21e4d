// N planes into one, pixel by pixel, by the rules of science/calibration/combine-frames. Here is what needs no sorting: means
// and sums of all values, or of those between two bounds, with or without weights. Sums are of two floats each, so that they
// are as good as the reference's doubles. After pixel.wgsl and double-float.wgsl, and with combine-floats.wgsl or
// combine-integers.wgsl, which hold bindings 1 and 2 and `valueAt`.

struct Params {
  // Pixels of a plane, planes.
  length: u32,
  frames: u32,
  method: u32,
  rejection: u32,
  // Sigmas below and above, each as two floats.
  low: vec2f,
  high: vec2f,
  iterations: u32,
  aboutMean: u32,
  byMad: u32,
  weighted: u32,
  wantsError: u32,
  wantsCount: u32,
  hasMasks: u32,
  // See double-float.wgsl.
  zero: u32,
}

const MEAN = 0u;
const MEDIAN = 1u;
const SUM = 2u;

@group(0) @binding(0) var<uniform> params: Params;
// Of each plane: scale, offset, weight (two floats).
@group(0) @binding(3) var<storage, read> factors: array<vec4f>;
// For each number of values, two: see combine-sorted.wgsl.
@group(0) @binding(4) var<storage, read> cuts: array<vec4f>;
// Data, then uncertainties, then counts.
@group(0) @binding(5) var<storage, read_write> result: array<u32>;

struct Combined {
  data: u32,
  error: u32,
  count: u32,
}

const NOTHING = Combined(NAN_BITS, NAN_BITS, 0u);

fn joined(value: vec2f) -> u32 {
  return bitcast<u32>(value.x);
}

// Mean and standard error of the finite values from `lower` to `upper`, weighted by `factors` (1 without weights).
fn averageBetween(i: u32, lower: f32, upper: f32, scale: f32) -> Combined {
  var weights = vec2f(0);
  var total = vec2f(0);
  var count = 0u;
  for (var frame = 0u; frame < params.frames; frame++) {
    let bits = valueAt(frame, i);
    if (!isFinite(bits)) { continue; }
    let value = bitcast<f32>(bits);
    if (value < lower || value > upper) { continue; }
    let weight = factors[frame].zw;
    weights = addDouble(weights, weight);
    total = addDouble(total, multiplyDouble(weight, vec2f(value, 0)));
    count++;
  }
  if (count == 0u) { return NOTHING; }
  let average = divideDoubles(total, weights);
  let data = joined(multiplyDouble(average, vec2f(scale, 0)));
  if (params.wantsError == 0u || count == 1u) { return Combined(data, NAN_BITS, count); }
  var squares = vec2f(0);
  for (var frame = 0u; frame < params.frames; frame++) {
    let bits = valueAt(frame, i);
    if (!isFinite(bits)) { continue; }
    let value = bitcast<f32>(bits);
    if (value < lower || value > upper) { continue; }
    let difference = addFloat(-average, value);
    squares = addDouble(squares, multiplyDouble(factors[frame].zw, multiplyDouble(difference, difference)));
  }
  let variance = divideDoubles(divideDouble(squares, f32(count - 1u)), weights);
  return Combined(data, joined(multiplyDouble(rootDouble(variance), vec2f(scale, 0))), count);
}

fn writeResult(i: u32, combined: Combined) {
  result[i] = combined.data;
  if (params.wantsError != 0u) { result[params.length + i] = combined.error; }
  if (params.wantsCount != 0u) { result[(1u + params.wantsError) * params.length + i] = combined.count; }
}

const LARGEST = 3.4028234e38;

fn sumScale() -> f32 {
  return select(1.0, f32(params.frames), params.method == SUM);
}

@compute @workgroup_size(GROUP_SIZE)
fn combineAverage(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  unknownZero = params.zero;
  let i = elementOf(group, groups, local);
  if (i < params.length) { writeResult(i, averageBetween(i, -LARGEST, LARGEST, sumScale())); }
}
