/** Pixels in each direction of Lanczos-3; positions within a pixel in the table of weights, eight f32 each, of which six count. */
const TAPS: i32 = 6
const PHASES: f64 = 4096

/** A picture to take values from, its first pixel at (left, top) of its frame. */
class Source {
  data: usize
  width: i32
  height: i32
  left: f64
  top: f64
}

/** Sources are written by the caller of this module, in the order of the fields above. */
export const RESAMPLE_SOURCE_BYTES: i32 = offsetof<Source>()

function roundHalfUp(value: f64): f64 {
  const up = Math.ceil(value)
  return up - 0.5 > value ? up - 1 : up
}

function nearest(source: Source, x: f64, y: f64): f32 {
  const column = roundHalfUp(x)
  const row = roundHalfUp(y)
  if (!(column >= 0 && row >= 0 && column < <f64>source.width && row < <f64>source.height)) return NaN
  return load<f32>(source.data + ((<usize>(<i32>row * source.width + <i32>column)) << 2))
}

function bilinear(source: Source, x: f64, y: f64): f32 {
  const column = min(Math.floor(x), <f64>(source.width - 2))
  const row = min(Math.floor(y), <f64>(source.height - 2))
  if (!(column >= 0 && row >= 0 && x <= <f64>(source.width - 1) && y <= <f64>(source.height - 1))) return NaN
  const right = x - column
  const down = y - row
  const at = source.data + ((<usize>(<i32>row * source.width + <i32>column)) << 2)
  const below = at + ((<usize>source.width) << 2)
  const upper = (1 - right) * <f64>load<f32>(at) + right * <f64>load<f32>(at, 4)
  const lower = (1 - right) * <f64>load<f32>(below) + right * <f64>load<f32>(below, 4)
  return <f32>((1 - down) * upper + down * lower)
}

/** Do all 6 x 6 pixels about a position lie within? */
function reaches(source: Source, x: f64, y: f64): bool {
  const column = Math.floor(x) - 2
  const row = Math.floor(y) - 2
  return (
    column >= 0 &&
    row >= 0 &&
    column + <f64>TAPS <= <f64>source.width &&
    row + <f64>TAPS <= <f64>source.height
  )
}

/** Only where `reaches` says so. Columns are weighed first, all six at a time, then the row of sums. */
function lanczos(source: Source, x: f64, y: f64, table: usize): f32 {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const across = table + ((<usize>(<i32>((x - column) * PHASES + 0.5))) << 5)
  const along = table + ((<usize>(<i32>((y - row) * PHASES + 0.5))) << 5)
  const step = (<usize>source.width) << 2
  let at = source.data + ((<usize>((<i32>row - 2) * source.width + <i32>column - 2)) << 2)
  let weight = v128.load32_splat(along)
  let first = f32x4.mul(v128.load(at), weight)
  let last = f32x4.mul(v128.load64_zero(at, 16), weight)
  at += step
  weight = v128.load32_splat(along, 4)
  first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
  last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
  at += step
  weight = v128.load32_splat(along, 8)
  first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
  last = f32x4.add(last, f32x4.mul(v128.load64_zero(at, 16), weight))
  at += step
  weight = v128.load32_splat(along, 12)
  first = f32x4.add(first, f32x4.mul(v128.load(at), weight))
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
  return f32x4.extract_lane(first, 0) + f32x4.extract_lane(first, 1)
}

/** Whole pixel and phase of a position: what its weights and its neighbours depend on. */
function placeOf(position: f64): i32 {
  const whole = Math.floor(position)
  return ((<i32>whole) << 13) + <i32>((position - whole) * PHASES + 0.5)
}

/** So many neighbouring pixels must share their weights for it to pay to weigh them side by side. */
const LEAST_RUN: i32 = 8

/** How many pixels from x on have the phase of x, at least 1: `drift` is what a pixel adds to the position, less one for x itself. */
function guessRun(position: f64, drift: f64): i32 {
  const phase = (position - Math.floor(position)) * PHASES + 0.5
  const part = phase - Math.floor(phase)
  const left = drift > 0 ? 1 - part : part
  const pixels = left / (Math.abs(drift) * PHASES)
  return pixels < 1e6 ? <i32>pixels + 1 : 1000000
}

/** Four neighbouring pixels of one phase: rows are weighed along x, then together. `corner`: the first of the 6 x 6 of the first pixel. */
function lanczosFour(corner: usize, step: usize, across: usize, along: usize): v128 {
  let sum = f32x4.splat(0)
  for (let row = 0; row < TAPS; row++) {
    let line = f32x4.mul(v128.load(corner), v128.load32_splat(across))
    line = f32x4.add(line, f32x4.mul(v128.load(corner, 4), v128.load32_splat(across, 4)))
    line = f32x4.add(line, f32x4.mul(v128.load(corner, 8), v128.load32_splat(across, 8)))
    line = f32x4.add(line, f32x4.mul(v128.load(corner, 12), v128.load32_splat(across, 12)))
    line = f32x4.add(line, f32x4.mul(v128.load(corner, 16), v128.load32_splat(across, 16)))
    line = f32x4.add(line, f32x4.mul(v128.load(corner, 20), v128.load32_splat(across, 20)))
    sum = f32x4.add(sum, f32x4.mul(line, v128.load32_splat(along)))
    corner += step
    along += 4
  }
  return sum
}

/** Positions on the source frame of a row of the wanted grid: (slopeX x + startX, slopeY x + startY). */
function isInside(source: Source, slopeX: f64, startX: f64, slopeY: f64, startY: f64, x: i32): bool {
  return reaches(source, slopeX * <f64>x + startX - source.left, slopeY * <f64>x + startY - source.top)
}

/** The x from which (or, from the right, up to which) a coordinate lies between two ends, roughly; made exact by the caller. */
function roughEnd(slope: f64, start: f64, least: f64, most: f64, fallback: f64, wantsFirst: bool): f64 {
  if (slope == 0) return fallback
  const one = (least - start) / slope
  const other = (most - start) / slope
  return wantsFirst ? min(one, other) : max(one, other)
}

/** Pixels of a row one by one; all of them lie inside. */
function lanczosEach(
  source: Source,
  slopeX: f64,
  startX: f64,
  slopeY: f64,
  startY: f64,
  table: usize,
  from: i32,
  until: i32,
  to: usize,
): void {
  for (let x = from; x < until; x++, to += 4) {
    const sourceX = slopeX * <f64>x + startX - source.left
    const sourceY = slopeY * <f64>x + startY - source.top
    store<f32>(to, lanczos(source, sourceX, sourceY, table))
  }
}

/** The same where runs of neighbours share their weights: a run is weighed four at a time. */
function lanczosRuns(
  source: Source,
  slopeX: f64,
  startX: f64,
  slopeY: f64,
  startY: f64,
  table: usize,
  from: i32,
  until: i32,
  to: usize,
): void {
  const step = (<usize>source.width) << 2
  let x = from
  while (x < until) {
    const sourceX = slopeX * <f64>x + startX - source.left
    const sourceY = slopeY * <f64>x + startY - source.top
    const placeX = placeOf(sourceX)
    const placeY = placeOf(sourceY)
    let run = min(until - x, min(guessRun(sourceX, slopeX - 1), guessRun(sourceY, slopeY)))
    while (run >= LEAST_RUN) {
      const last = <f64>(x + run - 1)
      const sameX = placeOf(slopeX * last + startX - source.left) == placeX + ((run - 1) << 13)
      if (sameX && placeOf(slopeY * last + startY - source.top) == placeY) break
      run--
    }
    const fours = run >= LEAST_RUN ? run & ~3 : 0
    const across = table + ((<usize>(placeX & 8191)) << 5)
    const along = table + ((<usize>(placeY & 8191)) << 5)
    let corner = source.data + ((((placeY >> 13) - 2) * source.width + (placeX >> 13) - 2) << 2)
    for (let done = 0; done < fours; done += 4) {
      v128.store(to, lanczosFour(corner, step, across, along))
      corner += 16
      to += 16
    }
    x += fours
    const rest = run - fours
    lanczosEach(source, slopeX, startX, slopeY, startY, table, x, x + rest, to)
    to += (<usize>rest) << 2
    x += rest
  }
}

/**
 * A row by Lanczos-3. The pixels whose 36 neighbours all lie within are one stretch of it: its ends are found first, so that the loop
 * over them asks nothing.
 */
function lanczosRow(
  source: Source,
  slopeX: f64,
  startX: f64,
  slopeY: f64,
  startY: f64,
  table: usize,
  left: i32,
  width: i32,
  to: usize,
): void {
  const end = left + width
  let first = <f64>left
  first = max(
    first,
    roughEnd(slopeX, startX, source.left + 2, source.left + <f64>source.width - 3, first, true),
  )
  first = max(
    first,
    roughEnd(slopeY, startY, source.top + 2, source.top + <f64>source.height - 3, first, true),
  )
  let last = <f64>(end - 1)
  last = min(
    last,
    roughEnd(slopeX, startX, source.left + 2, source.left + <f64>source.width - 3, last, false),
  )
  last = min(last, roughEnd(slopeY, startY, source.top + 2, source.top + <f64>source.height - 3, last, false))
  let from = <i32>min(max(Math.floor(first) - 2, <f64>left), <f64>end)
  let until = <i32>min(max(Math.ceil(last) + 3, <f64>left), <f64>end)
  while (from < until && !isInside(source, slopeX, startX, slopeY, startY, from)) from++
  while (until > from && !isInside(source, slopeX, startX, slopeY, startY, until - 1)) until--
  until = max(from, until)
  let at = to
  for (let x = left; x < from; x++, at += 4) store<f32>(at, <f32>NaN)
  // Where the grids hardly turn against each other, neighbours share their weights for a while.
  const slow = 1 / (PHASES * <f64>LEAST_RUN)
  if (Math.abs(slopeX - 1) < slow && Math.abs(slopeY) < slow)
    lanczosRuns(source, slopeX, startX, slopeY, startY, table, from, until, at)
  else lanczosEach(source, slopeX, startX, slopeY, startY, table, from, until, at)
  at += (<usize>(until - from)) << 2
  for (let x = until; x < end; x++, at += 4) store<f32>(at, <f32>NaN)
}

/**
 * Rows of a wanted grid, from column `left` and row `top` on. `method`: 0 nearest, 1 bilinear, 2 Lanczos-3 with `table`. `transform`: six f64
 * in memory; `map`: positions as pairs of f64, or 0.
 */
export function resample(
  source: Source,
  method: i32,
  table: usize,
  transform: usize,
  map: usize,
  left: i32,
  top: i32,
  width: i32,
  height: i32,
  output: usize,
): void {
  const a = load<f64>(transform)
  const b = load<f64>(transform, 8)
  const c = load<f64>(transform, 16)
  const d = load<f64>(transform, 24)
  const e = load<f64>(transform, 32)
  const f = load<f64>(transform, 40)
  let at = output
  let position = map
  for (let row = 0; row < height; row++) {
    const y = <f64>(top + row)
    const startX = b * y + c
    const startY = e * y + f
    if (method == 2 && !map) {
      lanczosRow(source, a, startX, d, startY, table, left, width, at)
      at += (<usize>width) << 2
      continue
    }
    for (let column = 0; column < width; column++, at += 4, position += 16) {
      const x = <f64>(left + column)
      const sourceX = (map ? load<f64>(position) : a * x + startX) - source.left
      const sourceY = (map ? load<f64>(position, 8) : d * x + startY) - source.top
      let value: f32 = NaN
      if (method == 0) value = nearest(source, sourceX, sourceY)
      else if (method == 1) value = bilinear(source, sourceX, sourceY)
      else if (reaches(source, sourceX, sourceY)) value = lanczos(source, sourceX, sourceY, table)
      store<f32>(at, value)
    }
  }
}
