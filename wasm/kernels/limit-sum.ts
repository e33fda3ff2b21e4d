import { limitRinging } from './weigh-pixels'

const TAPS: i32 = 6

export function addLanes(sum: v128): f32 {
  const halves = f32x4.add(sum, i64x2.shuffle(sum, sum, 1, 0))
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1)
}

function leastLane(values: v128): f32 {
  const halves = f32x4.pmin(values, i64x2.shuffle(values, values, 1, 0))
  return min(f32x4.extract_lane(halves, 0), f32x4.extract_lane(halves, 1))
}

/** A value that lies below its four nearest pixels (`nearest` is the faintest of them), less what is ringing; see the reference. */
export function limitSum(
  corner: usize,
  step: usize,
  across: usize,
  along: usize,
  value: f32,
  nearest: f32,
  clamp: f64,
): f32 {
  let least = f32x4.splat(Infinity)
  for (let row = 0, at = corner; row < TAPS; row++, at += step)
    least = f32x4.pmin(least, f32x4.pmin(v128.load(at), v128.load(at, 8)))
  const faintest = leastLane(least)
  const level = f32x4.splat(faintest)
  const ends = v128.and(level, i32x4(-1, -1, 0, 0))
  let first = f32x4.splat(0)
  let last = first
  let firstSize = first
  let lastSize = first
  const down = v128.load(along)
  const downEnd = v128.load(along, 16)
  for (let row = 0, at = corner; row < TAPS; row++, at += step, along += 4) {
    const weight = v128.load32_splat(along)
    const left = f32x4.sub(v128.load(at), level)
    const right = f32x4.sub(v128.load64_zero(at, 16), ends)
    first = f32x4.add(first, f32x4.mul(left, weight))
    last = f32x4.add(last, f32x4.mul(right, weight))
    firstSize = f32x4.add(firstSize, f32x4.mul(left, f32x4.abs(weight)))
    lastSize = f32x4.add(lastSize, f32x4.mul(right, f32x4.abs(weight)))
  }
  const one = v128.load(across)
  const other = v128.load(across, 16)
  const oneSize = f32x4.abs(one)
  const otherSize = f32x4.abs(other)
  const whole = <f64>addLanes(f32x4.add(f32x4.mul(first, one), f32x4.mul(last, other)))
  const wholeSize = <f64>addLanes(f32x4.add(f32x4.mul(firstSize, oneSize), f32x4.mul(lastSize, otherSize)))
  const weights = <f64>(addLanes(f32x4.add(down, downEnd)) * addLanes(f32x4.add(one, other)))
  const downSize = addLanes(f32x4.add(f32x4.abs(down), f32x4.abs(downEnd)))
  const weightSize = <f64>(downSize * addLanes(f32x4.add(oneSize, otherSize)))
  const limited = limitRinging(
    (wholeSize + whole) / 2,
    (wholeSize - whole) / 2,
    (weightSize + weights) / 2,
    (weightSize - weights) / 2,
    clamp,
  )
  return min(nearest, max(value, <f32>(<f64>faintest + limited)))
}
