// Medians and rejection: up to 64 values of a pixel are sorted and kept, as science/calibration/reject-values does it, whose
// rules are followed step by step. After combine-average.wgsl; `FRAMES` and `sortValues`, which fills `values` through a
// sorting network of that many, are written by the host.

const SIGMA_CLIP = 1u;
const WINSORIZED = 2u;
const MIN_MAX = 3u;
const PERCENTILE = 4u;

const MAD_TO_SIGMA = 1.4826022386550903;
const MEDIAN_ERROR = vec2f(1.2533141374588013, -1.4330114872507238e-10);
const CLAMP = 1.5;
const CLAMP_TO_SIGMA = vec2f(1.1339999437332153, 5.6266784564940053e-8);
const CLAMP_CHANGE = vec2f(0.0005000000237487257, -2.374872564228636e-11);
const CLAMP_ROUNDS = 50;
const LEAST_TO_WINSORISE = 4;

// The finite values of a pixel, ascending; those that are left are values[low..high], both included.
var<private> values: array<f32, FRAMES>;
var<private> low: i32;
var<private> high: i32;

// Unsigned integers in the order of the floats; what is not finite comes last.
fn sortKey(bits: u32) -> u32 {
  if (!isFinite(bits)) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

fn valueOfKey(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, (key >> 31u) == 1u));
}

fn isLess(a: vec2f, b: vec2f) -> bool {
  return a.x < b.x || (a.x == b.x && a.y < b.y);
}

fn middleValue() -> f32 {
  let middle = (low + high) / 2;
  if ((high - low) % 2 == 0) { return values[middle]; }
  return rounded(0.5 * values[middle] + 0.5 * values[middle + 1]);
}

fn meanValue() -> vec2f {
  var total = vec2f(0);
  for (var i = low; i <= high; i++) { total = addFloat(total, values[i]); }
  return divideDouble(total, f32(high - low + 1));
}

fn squaresAbout(center: vec2f) -> vec2f {
  var squares = vec2f(0);
  for (var i = low; i <= high; i++) {
    let difference = addFloat(-center, values[i]);
    squares = addDouble(squares, multiplyDouble(difference, difference));
  }
  return squares;
}

// 1.4826 times the median absolute deviation, by walking outwards from the middle.
fn scaledDeviation(middle: f32) -> f32 {
  let count = high - low + 1;
  var left = (low + high) / 2;
  var right = left + 1;
  var previous = 0.0;
  var distance = 0.0;
  for (var taken = 0; taken <= count / 2; taken++) {
    previous = distance;
    let below = select(LARGEST, rounded(middle - values[max(left, 0)]), left >= low);
    let above = select(LARGEST, rounded(values[min(right, high)] - middle), right <= high);
    if (below <= above) {
      distance = below;
      left--;
    } else {
      distance = above;
      right++;
    }
  }
  if (count % 2 == 0) { distance = rounded(0.5 * previous + 0.5 * distance); }
  return rounded(MAD_TO_SIGMA * distance);
}

// True when something went.
fn keepBetween(lower: vec2f, upper: vec2f) -> bool {
  let before = high - low;
  while (low <= high && isLess(vec2f(values[low], 0), lower)) { low++; }
  while (high >= low && isLess(upper, vec2f(values[high], 0))) { high--; }
  return high - low != before;
}

fn clipSigma() {
  for (var round = 0u; round < params.iterations; round++) {
    let count = high - low + 1;
    if (count < 2) { return; }
    let middle = middleValue();
    var deviation = 0.0;
    if (params.byMad != 0u) { deviation = scaledDeviation(middle); }
    // In single precision, as everywhere: every backend must come to the same verdict.
    var lower = vec2f(rounded(middle - rounded(params.low.x * deviation)), 0);
    var upper = vec2f(rounded(middle + rounded(params.high.x * deviation)), 0);
    if (deviation == 0 || params.aboutMean != 0u) {
      let average = meanValue();
      let center = select(vec2f(middle, 0), average, params.aboutMean != 0u);
      var spread = vec2f(deviation, 0);
      if (deviation == 0) { spread = rootDouble(divideDouble(squaresAbout(average), f32(count))); }
      lower = addDouble(center, -multiplyDouble(params.low, spread));
      upper = addDouble(center, multiplyDouble(params.high, spread));
    }
    if (!keepBetween(lower, upper)) { return; }
  }
}

fn clamped(value: f32, lower: vec2f, upper: vec2f) -> vec2f {
  let above = select(vec2f(value, 0), lower, isLess(vec2f(value, 0), lower));
  return select(above, upper, isLess(upper, above));
}

fn clipWinsorised() {
  for (var round = 0u; round < params.iterations; round++) {
    let count = high - low + 1;
    if (count < LEAST_TO_WINSORISE) { return; }
    let middle = vec2f(middleValue(), 0);
    var average = meanValue();
    var sigma = rootDouble(divideDouble(squaresAbout(average), f32(count - 1)));
    for (var settle = 0; settle < CLAMP_ROUNDS; settle++) {
      let reach = multiplyDouble(vec2f(CLAMP, 0), sigma);
      let lower = addDouble(middle, -reach);
      let upper = addDouble(middle, reach);
      var total = vec2f(0);
      for (var i = low; i <= high; i++) { total = addDouble(total, clamped(values[i], lower, upper)); }
      average = divideDouble(total, f32(count));
      var squares = vec2f(0);
      for (var i = low; i <= high; i++) {
        let difference = addDouble(clamped(values[i], lower, upper), -average);
        squares = addDouble(squares, multiplyDouble(difference, difference));
      }
      let before = sigma;
      sigma = multiplyDouble(CLAMP_TO_SIGMA, rootDouble(divideDouble(squares, f32(count - 1))));
      var change = addDouble(sigma, -before);
      if (change.x < 0) { change = -change; }
      if (!isLess(multiplyDouble(CLAMP_CHANGE, before), change)) { break; }
    }
    let center = select(middle, average, params.aboutMean != 0u);
    let below = addDouble(center, -multiplyDouble(params.low, sigma));
    if (!keepBetween(below, addDouble(center, multiplyDouble(params.high, sigma)))) { return; }
  }
}

// How many are dropped below and above, for each count of values.
fn dropExtremes(below: f32, above: f32) {
  low += i32(below);
  high -= i32(above);
}

// `cut`: index of the value below a percentile, and the fraction (two floats) of the way to the next.
fn percentile(cut: vec4f) -> vec2f {
  let below = values[low + i32(cut.x)];
  if (cut.y == 0) { return vec2f(below, 0); }
  let step = addExactly(values[low + i32(cut.x) + 1], -below);
  return addFloat(multiplyDouble(step, cut.yz), below);
}

fn rejectValues() {
  let first = cuts[2 * (high - low + 1)];
  let second = cuts[2 * (high - low + 1) + 1];
  switch params.rejection {
    case SIGMA_CLIP: { clipSigma(); }
    case WINSORIZED: { clipWinsorised(); }
    case MIN_MAX: { dropExtremes(first.x, first.y); }
    case PERCENTILE: {
      let lower = percentile(first);
      let upper = percentile(second);
      // Percentiles that cross leave the middle.
      if (isLess(upper, lower)) { dropExtremes(first.w, second.w); }
      else { _ = keepBetween(lower, upper); }
    }
    default: {}
  }
}

// Standard error of a trimmed mean: the values at the ends stand for those that were cut off (Tukey & McLaughlin 1963).
fn trimmedError(total: i32) -> vec2f {
  let left = high - low + 1;
  let below = vec2f(f32(low), 0);
  let above = vec2f(f32(total - 1 - high), 0);
  let lowest = vec2f(values[low], 0);
  let highest = vec2f(values[high], 0);
  var sum = multiplyDouble(meanValue(), vec2f(f32(left), 0));
  sum = addDouble(sum, addDouble(multiplyDouble(below, lowest), multiplyDouble(above, highest)));
  let center = divideDouble(sum, f32(total));
  let toLowest = addDouble(lowest, -center);
  let toHighest = addDouble(highest, -center);
  var squares = squaresAbout(center);
  squares = addDouble(squares, multiplyDouble(below, multiplyDouble(toLowest, toLowest)));
  squares = addDouble(squares, multiplyDouble(above, multiplyDouble(toHighest, toHighest)));
  let spread = rootDouble(divideDouble(squares, f32(total - 1)));
  return divideDouble(multiplyDouble(spread, rootDouble(vec2f(f32(total), 0))), f32(left));
}

fn combineSortedAt(i: u32) -> Combined {
  let total = i32(sortValues(i));
  if (total == 0) { return NOTHING; }
  low = 0;
  high = total - 1;
  rejectValues();
  let left = high - low + 1;
  if (left < 1) { return NOTHING; }
  if (params.weighted != 0u) { return averageBetween(i, values[low], values[high], 1); }
  let isMedian = params.method == MEDIAN;
  let scale = vec2f(sumScale(), 0);
  var error = vec2f(0);
  if (params.wantsError != 0u && left > 1) {
    if (params.rejection == MIN_MAX || params.rejection == PERCENTILE) { error = trimmedError(total); }
    else { error = rootDouble(divideDouble(divideDouble(squaresAbout(meanValue()), f32(left - 1)), f32(left))); }
    if (isMedian && left > 2) { error = multiplyDouble(error, MEDIAN_ERROR); }
    error = multiplyDouble(error, scale);
  }
  var data = middleValue();
  if (!isMedian) { data = multiplyDouble(meanValue(), scale).x; }
  return Combined(bitcast<u32>(data), select(NAN_BITS, joined(error), left > 1), u32(left));
}

@compute @workgroup_size(GROUP_SIZE)
fn combineSorted(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  unknownZero = params.zero;
  let i = elementOf(group, groups, local);
  if (i < params.length) { writeResult(i, combineSortedAt(i)); }
}
