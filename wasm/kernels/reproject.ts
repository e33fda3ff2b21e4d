import { addLanes, limitSum } from './limit-sum'
import { mapRow, PixelMap } from './map-positions'
import { ReprojectJob, storePixel, weighPixels } from './weigh-pixels'
import { weighRun } from './weigh-run'

const TAPS: i32 = 6
const PHASES: f64 = 4096

/** Weighed squares of the deviations of 6 x 6 pixels: the variance of the sum. */
function varianceOf(corner: usize, step: usize, across: usize, along: usize): f32 {
  let first = f32x4.splat(0)
  let last = f32x4.splat(0)
  for (let row = 0; row < TAPS; row++) {
    const weight = v128.load32_splat(along)
    const left = f32x4.mul(v128.load(corner), weight)
    const right = f32x4.mul(v128.load64_zero(corner, 16), weight)
    first = f32x4.add(first, f32x4.mul(left, left))
    last = f32x4.add(last, f32x4.mul(right, right))
    corner += step
    along += 4
  }
  const one = v128.load(across)
  const other = v128.load(across, 16)
  return addLanes(f32x4.add(f32x4.mul(first, f32x4.mul(one, one)), f32x4.mul(last, f32x4.mul(other, other))))
}

function weighPhases(
  job: ReprojectJob,
  column: i32,
  row: i32,
  across: usize,
  along: usize,
  index: i32,
): void {
  for (let tap = 0; tap < TAPS; tap++) {
    const at = (<usize>tap) << 2
    store<f64>(job.weights + 2 * at, <f64>load<f32>(across + at))
    store<f64>(job.weights + 2 * at, <f64>load<f32>(along + at), 48)
  }
  weighPixels(job, TAPS, column, row, index)
}

function isNear(job: ReprojectJob, x: f64, y: f64): bool {
  return x > -4 && y > -4 && x < <f64>(job.width + 4) && y < <f64>(job.height + 4)
}

/** Whole pixels of a position (lanes 0 and 1), and the places of its two phases in the table, in bytes (lanes 0 and 1 of the other). */
function wholeOf(floor: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(floor)
}

function phasesOf(position: v128, floor: v128): v128 {
  const phase = f64x2.add(f64x2.mul(f64x2.sub(position, floor), f64x2.splat(PHASES)), f64x2.splat(0.5))
  return i32x4.shl(i32x4.trunc_sat_f64x2_s_zero(phase), 5)
}

/** Deviations of the pixels of a row whose 6 x 6 neighbours all lie within the source; the others are done with their values. */
function makeDeviationRow(job: ReprojectJob, count: i32, index: i32): void {
  const offset = f64x2.replace_lane(f64x2.splat(job.left), 1, job.top)
  const step = (<usize>job.width) << 2
  let to = job.deviations + ((<usize>index) << 2)
  for (let i = 0, at = job.places; i < count; i++, at += 16, to += 4) {
    const position = f64x2.sub(v128.load(at), offset)
    const floor = f64x2.floor(position)
    const whole = wholeOf(floor)
    const column = i32x4.extract_lane(whole, 0) - 2
    const row = i32x4.extract_lane(whole, 1) - 2
    if (<u32>column >= <u32>(job.width - 5) || <u32>row >= <u32>(job.height - 5)) continue
    const phases = phasesOf(position, floor)
    const across = job.table + <usize>i32x4.extract_lane(phases, 0)
    const along = job.table + <usize>i32x4.extract_lane(phases, 1)
    const corner = job.uncertainty + ((<usize>(row * job.width + column)) << 2)
    store<f32>(to, Mathf.sqrt(varianceOf(corner, step, across, along)))
  }
}

/** Pixels of a row from `from` up to `until` (excluded), each by itself. `index`: of the first pixel of the row. */
function makeTaps(job: ReprojectJob, from: i32, until: i32, index: i32): void {
  const offset = f64x2.replace_lane(f64x2.splat(job.left), 1, job.top)
  const width = job.width
  const step = (<usize>width) << 2
  // Too small a source has no pixel with all of its neighbours.
  const columns = <u32>max(width - 5, 0)
  const rows = <u32>max(job.height - 5, 0)
  const data = job.data
  const table = job.table
  const clamp = job.clamp
  const clamps = clamp == clamp
  let to = job.output + ((<usize>(index + from)) << 2)
  let place = job.places + ((<usize>from) << 4)
  for (let i = from; i < until; i++, place += 16, to += 4) {
    const position = f64x2.sub(v128.load(place), offset)
    const floor = f64x2.floor(position)
    const whole = wholeOf(floor)
    const column = i32x4.extract_lane(whole, 0) - 2
    const row = i32x4.extract_lane(whole, 1) - 2
    const phases = phasesOf(position, floor)
    const across = table + <usize>i32x4.extract_lane(phases, 0)
    const along = table + <usize>i32x4.extract_lane(phases, 1)
    if (<u32>column < columns && <u32>row < rows) {
      const corner = data + ((<usize>(row * width + column)) << 2)
      let at = corner
      let weight = v128.load32_splat(along)
      let first = f32x4.mul(v128.load(at), weight)
      let last = f32x4.mul(v128.load64_zero(at, 16), weight)
      at += step
      weight = v128.load32_splat(along, 4)
      first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
      last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
      at += step
      weight = v128.load32_splat(along, 8)
      const upper = v128.load(at)
      first = f32x4.add(first, f32x4.mul(upper, weight))
      last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
      at += step
      weight = v128.load32_splat(along, 12)
      const lower = v128.load(at)
      first = f32x4.add(first, f32x4.mul(lower, weight))
      last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
      at += step
      weight = v128.load32_splat(along, 16)
      first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
      last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
      at += step
      weight = v128.load32_splat(along, 20)
      first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
      last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
      first = f32x4.add(f32x4.mul(first, v128.load(across)), f32x4.mul(last, v128.load(across, 16)))
      first = f32x4.add(first, i64x2.shuffle(first, first, 1, 0))
      let value = f32x4.extract_lane(first, 0) + f32x4.extract_lane(first, 1)
      if (value == value) {
        if (clamps) {
          const near = f32x4.pmin(upper, lower)
          const nearest = min(f32x4.extract_lane(near, 2), f32x4.extract_lane(near, 3))
          if (value < nearest) value = limitSum(corner, step, across, along, value, nearest, clamp)
        }
        store<f32>(to, value)
        continue
      }
    }
    const x = f64x2.extract_lane(position, 0)
    const y = f64x2.extract_lane(position, 1)
    if (isNear(job, x, y)) weighPhases(job, column, row, across, along, index + i)
    else storePixel(job, index + i, <f32>NaN, <f32>NaN, 0)
  }
}

/** Whole pixel and phase of a position: what its weights and its neighbours depend on. */
function placeOf(position: f64): i32 {
  const whole = Math.floor(position)
  return ((<i32>whole) << 13) + <i32>((position - whole) * PHASES + 0.5)
}

/** So many neighbouring pixels must share their weights for it to pay to weigh them side by side. */
const LEAST_RUN: i32 = 8

/** How many pixels have the phase of the first at most, roughly: `drift` is what a pixel adds to the position, less one for x itself. */
function guessRun(position: f64, drift: f64, most: i32): i32 {
  const phase = (position - Math.floor(position)) * PHASES + 0.5
  const part = phase - Math.floor(phase)
  const pixels = (drift > 0 ? 1 - part : part) / (Math.abs(drift) * PHASES)
  return pixels < <f64>most ? <i32>pixels + 1 : most
}

/** Pixels from `i` on that lie one whole pixel apart at one phase: their number, 0 where too few do for it to matter. */
function findRun(job: ReprojectJob, i: i32, count: i32, driftX: f64, driftY: f64): i32 {
  const at = job.places + ((<usize>i) << 4)
  const x = load<f64>(at) - job.left
  const y = load<f64>(at, 8) - job.top
  if (!isNear(job, x, y)) return 0
  let run = min(guessRun(x, driftX, count - i), guessRun(y, driftY, count - i))
  for (; run >= LEAST_RUN; run--) {
    const end = at + ((<usize>(run - 1)) << 4)
    const sameX = placeOf(load<f64>(end) - job.left) == placeOf(x) + ((run - 1) << 13)
    if (sameX && placeOf(load<f64>(end, 8) - job.top) == placeOf(y)) return run
  }
  return 0
}

/** As many pixels of a run from `i` on as have all of their neighbours within the source, in fours: their number. */
function makeRun(job: ReprojectJob, i: i32, run: i32, index: i32): i32 {
  const at = job.places + ((<usize>i) << 4)
  const placeX = placeOf(load<f64>(at) - job.left)
  const placeY = placeOf(load<f64>(at, 8) - job.top)
  const column = (placeX >> 13) - 2
  const row = (placeY >> 13) - 2
  if (column < 0 || row < 0 || row + TAPS > job.height) return 0
  const fours = min(run, job.width - 8 - column) >> 2
  if (fours <= 0) return 0
  const across = job.table + ((<usize>(placeX & 8191)) << 5)
  const along = job.table + ((<usize>(placeY & 8191)) << 5)
  const corner = job.data + ((<usize>(row * job.width + column)) << 2)
  const until = i + (fours << 2)
  const to = job.output + ((<usize>(index + i)) << 2)
  if (weighRun(corner, (<usize>job.width) << 2, across, along, job.clamp, fours, to)) {
    for (let each = i, value = to; each < until; each++, value += 4)
      if (isNaN(load<f32>(value))) makeTaps(job, each, each + 1, index)
  }
  return until - i
}

/** A row of a frame that hardly turns and keeps its scale: neighbours share their weights for a while, and are weighed side by side. */
function makeRunRow(job: ReprojectJob, count: i32, index: i32, driftX: f64, driftY: f64): void {
  for (let i = 0; i < count;) {
    const run = findRun(job, i, count, driftX, driftY)
    const until = min(count, i + max(run, LEAST_RUN))
    const made = run > 0 ? makeRun(job, i, run, index) : 0
    makeTaps(job, i + made, until, index)
    i = until
  }
}

function makeTapRow(job: ReprojectJob, count: i32, index: i32): void {
  const transform = changetype<PixelMap>(job.map).transform
  if (transform) {
    const driftX = load<f64>(transform) - 1
    const driftY = load<f64>(transform, 24)
    const slow = 1 / (PHASES * <f64>LEAST_RUN)
    if (Math.abs(driftX) < slow && Math.abs(driftY) < slow) {
      makeRunRow(job, count, index, driftX, driftY)
      return
    }
  }
  makeTaps(job, 0, count, index)
}

/** What most pixels of a row have, before those that are at an edge or miss a neighbour get their own. */
function prefillRow(job: ReprojectJob, count: i32, index: i32): void {
  const at = (<usize>index) << 2
  if (job.coverage) for (let i = 0; i < count; i++) store<f32>(job.coverage + at + ((<usize>i) << 2), 1)
  if (!job.deviations) return
  if (job.uncertainty && job.width > 5 && job.height > 5) makeDeviationRow(job, count, index)
  else for (let i = 0; i < count; i++) store<f32>(job.deviations + at + ((<usize>i) << 2), <f32>NaN)
}

function makeBilinearRow(job: ReprojectJob, count: i32, index: i32): void {
  const plain = !job.deviations
  for (let i = 0, at = job.places; i < count; i++, index++, at += 16) {
    const x = load<f64>(at) - job.left
    const y = load<f64>(at, 8) - job.top
    if (!isNear(job, x, y)) {
      storePixel(job, index, <f32>NaN, <f32>NaN, 0)
      continue
    }
    const column = <i32>Math.floor(x)
    const row = <i32>Math.floor(y)
    const right = x - <f64>column
    const down = y - <f64>row
    if (plain && column >= 0 && row >= 0 && column + 1 < job.width && row + 1 < job.height) {
      const corner = job.data + ((<usize>(row * job.width + column)) << 2)
      const below = corner + ((<usize>job.width) << 2)
      const value =
        (1 - right) * (1 - down) * <f64>load<f32>(corner) +
        right * (1 - down) * <f64>load<f32>(corner, 4) +
        (1 - right) * down * <f64>load<f32>(below) +
        right * down * <f64>load<f32>(below, 4)
      if (value == value) {
        storePixel(job, index, <f32>value, <f32>NaN, 1)
        continue
      }
    }
    store<f64>(job.weights, 1 - right)
    store<f64>(job.weights, right, 8)
    store<f64>(job.weights, 1 - down, 16)
    store<f64>(job.weights, down, 24)
    weighPixels(job, 2, column, row, index)
  }
}

/** Halves go up, as Math.round has it. */
function roundHalfUp(value: f64): f64 {
  const up = Math.ceil(value)
  return up - 0.5 > value ? up - 1 : up
}

function makeNearestRow(job: ReprojectJob, count: i32, index: i32): void {
  for (let i = 0, at = job.places; i < count; i++, index++, at += 16) {
    const x = roundHalfUp(load<f64>(at) - job.left)
    const y = roundHalfUp(load<f64>(at, 8) - job.top)
    if (!(x >= 0 && y >= 0 && x < <f64>job.width && y < <f64>job.height)) {
      storePixel(job, index, <f32>NaN, <f32>NaN, 0)
      continue
    }
    const from = (<usize>(<i32>y * job.width + <i32>x)) << 2
    const value = load<f32>(job.data + from)
    const known = value == value
    const deviation = known && job.uncertainty ? load<f32>(job.uncertainty + from) : <f32>NaN
    storePixel(job, index, value, deviation, known ? 1 : 0)
  }
}

/** Rows of a wanted grid, from column `left` and row `top` on. `method`: 0 nearest, 1 bilinear, 2 by the job's table. */
export function reproject(
  job: ReprojectJob,
  method: i32,
  left: i32,
  top: i32,
  width: i32,
  height: i32,
): void {
  const map = changetype<PixelMap>(job.map)
  for (let row = 0; row < height; row++) {
    mapRow(map, <f64>left, <f64>(top + row), width, job.places)
    const index = row * width
    if (method == 0) makeNearestRow(job, width, index)
    else if (method == 1) makeBilinearRow(job, width, index)
    else {
      prefillRow(job, width, index)
      makeTapRow(job, width, index)
    }
  }
}
