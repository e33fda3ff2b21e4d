import { CLIPPED_DEVIATION, CLIPPED_MEDIAN, clipSamples } from './clip-samples'

const SIGMAS: f64 = 3

/**
 * One box: its finite pixels, every `stride`-th of a row, into `samples`; then clipped at three standard deviations about the median until
 * nothing goes, at most `rounds` times. `room` is scratch as `clipScratch` says, `result` three f64. Writes level and noise as f64; NaN for
 * a box with too few pixels at the beginning or at the end.
 */
export function clipBox(
  data: usize,
  width: i32,
  x0: i32,
  x1: i32,
  y0: i32,
  y1: i32,
  stride: i32,
  rounds: i32,
  leastSamples: i32,
  leastShare: f64,
  samples: usize,
  room: usize,
  result: usize,
  level: usize,
  noise: usize,
): void {
  let count = 0
  for (let y = y0; y < y1; y++) {
    for (let x = x0 + (y % stride); x < x1; x += stride) {
      const value = load<f32>(data + ((<usize>(y * width + x)) << 2))
      store<f32>(samples + ((<usize>count) << 2), value)
      count += <i32>(value - value == 0)
    }
  }
  store<f64>(level, NaN)
  store<f64>(noise, NaN)
  if (count < leastSamples) return
  const left = clipSamples(samples, count, SIGMAS, rounds, room, result)
  if (<f64>left < leastShare * <f64>count) return
  store<f64>(level, load<f64>(result, CLIPPED_MEDIAN))
  store<f64>(noise, load<f64>(result, CLIPPED_DEVIATION))
}
