// gain (raw - biasFactor bias - darkFactor dark) / flat and its uncertainty, as science/calibration/calibrate-pixels. NaN in
// any of them, a flat at or below leastFlat, or a mask gives NaN.

const ABSENT = 0xffffffffu;

struct Params {
  biasFactor: f32,
  darkFactor: f32,
  gain: f32,
  leastFlat: f32,
  // Electrons per ADU, electrons^2 and ADU, for the uncertainty.
  noiseGain: f32,
  readVariance: f32,
  pedestal: f32,
  length: u32,
  // First elements of the planes in `masters`, or ABSENT.
  bias: u32,
  dark: u32,
  flat_: u32,
  biasError: u32,
  darkError: u32,
  flatError: u32,
  hasMask: u32,
  wantsError: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> raw: array<u32>;
@group(0) @binding(2) var<storage, read> masters: array<u32>;
// Four pixels to a word.
@group(0) @binding(3) var<storage, read> mask: array<u32>;
// The data, and after them the uncertainty where it is wanted.
@group(0) @binding(4) var<storage, read_write> result: array<u32>;

struct Calibrated {
  data: u32,
  error: u32,
}

const WITHOUT_VALUE = Calibrated(NAN_BITS, NAN_BITS);

fn isMasked(i: u32) -> bool {
  return params.hasMask != 0u && ((mask[i / 4u] >> (8u * (i % 4u))) & 0xffu) != 0u;
}

// 0 where there is none.
fn errorOf(plane: u32, i: u32) -> u32 {
  if (plane == ABSENT) { return 0u; }
  return masters[plane + i];
}

fn calibratePixel(i: u32) -> Calibrated {
  if (isMasked(i) || isNan(raw[i])) { return WITHOUT_VALUE; }
  let adu = bitcast<f32>(raw[i]);
  var value = adu;
  if (params.bias != ABSENT) {
    let bias = masters[params.bias + i];
    if (isNan(bias)) { return WITHOUT_VALUE; }
    value -= params.biasFactor * bitcast<f32>(bias);
  }
  if (params.dark != ABSENT) {
    let dark = masters[params.dark + i];
    if (isNan(dark)) { return WITHOUT_VALUE; }
    value -= params.darkFactor * bitcast<f32>(dark);
  }
  var response = 1.0;
  if (params.flat_ != ABSENT) {
    let bits = masters[params.flat_ + i];
    if (isNan(bits)) { return WITHOUT_VALUE; }
    response = bitcast<f32>(bits);
    if (response <= params.leastFlat) { return WITHOUT_VALUE; }
    value /= response;
  }
  let data = bitcast<u32>(params.gain * value);
  if (params.wantsError == 0u) { return Calibrated(data, 0u); }

  let errors = vec3u(errorOf(params.biasError, i), errorOf(params.darkError, i), errorOf(params.flatError, i));
  if (isNan(errors.x) || isNan(errors.y) || isNan(errors.z)) { return Calibrated(data, NAN_BITS); }
  let electrons = max(0.0, params.noiseGain * (adu - params.pedestal));
  let ofBias = params.biasFactor * bitcast<f32>(errors.x);
  let ofDark = params.darkFactor * bitcast<f32>(errors.y);
  let ofFlat = value * bitcast<f32>(errors.z);
  let variance = (electrons + params.readVariance) / (params.noiseGain * params.noiseGain);
  let total = variance + ofBias * ofBias + ofDark * ofDark + ofFlat * ofFlat;
  return Calibrated(data, bitcast<u32>(params.gain * (sqrt(total) / response)));
}

@compute @workgroup_size(GROUP_SIZE)
fn calibrate(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = elementOf(group, groups, local);
  if (i >= params.length) { return; }
  let pixel = calibratePixel(i);
  result[i] = pixel.data;
  if (params.wantsError != 0u) { result[params.length + i] = pixel.error; }
}
