/** Places of the three numbers after the bins: values below, above, and without a value. */
const BELOW: i32 = 0
const ABOVE: i32 = 1
const MISSING: i32 = 2

function addTo(counts: usize, index: i32): void {
  const place = counts + ((<usize>index) << 2)
  store<u32>(place, load<u32>(place) + 1)
}

function countOne(value: f64, lower: f64, upper: f64, scale: f64, bins: i32, counts: usize): void {
  if (value >= lower && value <= upper) addTo(counts, min(bins - 1, <i32>Math.floor((value - lower) * scale)))
  else addTo(counts, bins + (value < lower ? BELOW : value > upper ? ABOVE : MISSING))
}

/**
 * Counts into `counts`, of four times `bins` + 3 numbers that are 0: four values side by side go to histograms of their own, since the next
 * addition to the same place would have to wait, and these are added to the first in the end.
 */
export function countValues(
  data: usize,
  length: i32,
  lower: f64,
  upper: f64,
  scale: f64,
  bins: i32,
  counts: usize,
): void {
  const step = (<usize>(bins + 3)) << 2
  let at = 0
  for (; at + 4 <= length; at += 4) {
    const from = data + ((<usize>at) << 2)
    countOne(<f64>load<f32>(from), lower, upper, scale, bins, counts)
    countOne(<f64>load<f32>(from, 4), lower, upper, scale, bins, counts + step)
    countOne(<f64>load<f32>(from, 8), lower, upper, scale, bins, counts + 2 * step)
    countOne(<f64>load<f32>(from, 12), lower, upper, scale, bins, counts + 3 * step)
  }
  for (; at < length; at++)
    countOne(<f64>load<f32>(data + ((<usize>at) << 2)), lower, upper, scale, bins, counts)
  for (let part: usize = 1; part < 4; part++) {
    for (let place = counts, end = counts + step; place < end; place += 4)
      store<u32>(place, load<u32>(place) + load<u32>(place + part * step))
  }
}
