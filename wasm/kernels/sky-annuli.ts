import { CLIPPED_DEVIATION, CLIPPED_MEAN, CLIPPED_MEDIAN, clipSamples } from './clip-samples'

/** Values of the pixels whose centres lie at inner <= distance < outer of a position and that have one. */
function collectAnnulus(
  data: usize,
  width: i32,
  height: i32,
  x: f64,
  y: f64,
  inner: f64,
  outer: f64,
  samples: usize,
): i32 {
  if (x - x != 0 || y - y != 0) return 0
  const left = max(0, <i32>Math.ceil(x - outer))
  const right = min(width - 1, <i32>Math.floor(x + outer))
  const top = max(0, <i32>Math.ceil(y - outer))
  const bottom = min(height - 1, <i32>Math.floor(y + outer))
  const innerSquared = inner * inner
  const outerSquared = outer * outer
  let count = 0
  for (let j = top; j <= bottom; j++) {
    const dy = <f64>j - y
    const row = data + ((<usize>(j * width)) << 2)
    for (let i = left; i <= right; i++) {
      const dx = <f64>i - x
      const squared = dx * dx + dy * dy
      const value = load<f32>(row + ((<usize>i) << 2))
      store<f32>(samples + ((<usize>count) << 2), value)
      count += <i32>(squared >= innerSquared && squared < outerSquared && value - value == 0)
    }
  }
  return count
}

/** Level, mean, deviation, number kept and number rejected of the sky around each of `stars` positions: five f64 planes of `output`, one after the other. */
export function measureSkies(
  data: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  stars: i32,
  inner: f64,
  outer: f64,
  sigmas: f64,
  rounds: i32,
  samples: usize,
  room: usize,
  result: usize,
  output: usize,
): void {
  const plane = (<usize>stars) << 3
  for (let star = 0; star < stars; star++) {
    const place = (<usize>star) << 3
    const x = load<f64>(xs + place)
    const y = load<f64>(ys + place)
    const count = collectAnnulus(data, width, height, x, y, inner, outer, samples)
    const left = clipSamples(samples, count, sigmas, rounds, room, result)
    const to = output + place
    store<f64>(to, load<f64>(result, CLIPPED_MEDIAN))
    store<f64>(to + plane, load<f64>(result, CLIPPED_MEAN))
    store<f64>(to + 2 * plane, load<f64>(result, CLIPPED_DEVIATION))
    store<f64>(to + 3 * plane, <f64>left)
    store<f64>(to + 4 * plane, <f64>(count - left))
  }
}
