import { overlapCircle } from './circular-overlap'
import { overlapEllipse } from './elliptical-overlap'

/** What an aperture is like besides its radius and what it is laid on; lies in scratch memory for one call. */
@unmanaged
class Job {
  data: usize
  width: i32
  height: i32
  /** Minor over major axis; 0 for a circle. */
  ratio: f64
  cos: f64
  sin: f64
  edge: u8
  badPixel: u8
  /** Of the aperture that was measured last. */
  sum: f64
  area: f64
  peak: f64
  flags: u8
}

/** A position beyond this is off every frame, and is no 32-bit integer. */
const FARTHEST: f64 = 1e8

/** Bytes of scratch for a call. */
export function apertureScratch(): usize {
  return offsetof<Job>()
}

/** Part of the unit pixel at (dx, dy) that a circle holds; most pixels are wholly inside or outside. */
function shareOfCircle(dx: f64, dy: f64, radius: f64): f64 {
  const nearX = max<f64>(0, abs(dx) - 0.5)
  const nearY = max<f64>(0, abs(dy) - 0.5)
  const squared = radius * radius
  if (nearX * nearX + nearY * nearY >= squared) return 0
  const farX = abs(dx) + 0.5
  const farY = abs(dy) + 0.5
  if (farX * farX + farY * farY <= squared) return 1
  return overlapCircle(dx, dy, radius)
}

function measureOne(job: Job, x: f64, y: f64, radius: f64): void {
  const circle = job.ratio == 0
  const minor = radius * job.ratio
  const along = radius * job.cos
  const across = minor * job.sin
  const up = radius * job.sin
  const over = minor * job.cos
  const reachX = circle ? radius : Math.sqrt(along * along + across * across)
  const reachY = circle ? radius : Math.sqrt(up * up + over * over)
  const width = job.width
  const height = job.height
  let sum: f64 = 0
  let area: f64 = 0
  let peak: f64 = -Infinity
  let flags: u8 = 0
  const bottom = <i32>Math.floor(y + reachY + 0.5)
  const right = <i32>Math.floor(x + reachX + 0.5)
  for (let j = <i32>Math.ceil(y - reachY - 0.5); j <= bottom; j++) {
    const dy = <f64>j - y
    const row = job.data + ((<usize>(j * width)) << 2)
    for (let i = <i32>Math.ceil(x - reachX - 0.5); i <= right; i++) {
      const dx = <f64>i - x
      const share = circle
        ? shareOfCircle(dx, dy, radius)
        : overlapEllipse(dx, dy, radius, job.ratio, job.cos, job.sin)
      if (!(share > 0)) continue
      if (i < 0 || j < 0 || i >= width || j >= height) {
        flags |= job.edge
        continue
      }
      const value = <f64>load<f32>(row + ((<usize>i) << 2))
      if (value - value != 0) {
        flags |= job.badPixel
        continue
      }
      sum += share * value
      area += share
      peak = max(peak, value)
    }
  }
  job.sum = sum
  job.area = area
  job.peak = peak == -Infinity ? NaN : peak
  job.flags = flags
}

/**
 * Exact circular or elliptical apertures: `count` radii (semi-major axes) for each of `stars` positions, one after the other in `radii` as in the
 * outputs. A radius that is not above 0, or a position or radius that is no number, gives 0, 0, NaN and no flag.
 */
export function measureApertures(
  data: usize,
  width: i32,
  height: i32,
  xs: usize,
  ys: usize,
  stars: i32,
  radii: usize,
  count: i32,
  ratio: f64,
  cos: f64,
  sin: f64,
  edge: i32,
  badPixel: i32,
  scratch: usize,
  sums: usize,
  areas: usize,
  peaks: usize,
  flags: usize,
): void {
  const job = changetype<Job>(scratch)
  job.data = data
  job.width = width
  job.height = height
  job.ratio = ratio
  job.cos = cos
  job.sin = sin
  job.edge = <u8>edge
  job.badPixel = <u8>badPixel
  for (let star = 0; star < stars; star++) {
    const x = load<f64>(xs + ((<usize>star) << 3))
    const y = load<f64>(ys + ((<usize>star) << 3))
    for (let k = 0; k < count; k++) {
      const cell = <usize>(star * count + k)
      const radius = load<f64>(radii + (cell << 3))
      job.sum = 0
      job.area = 0
      job.peak = NaN
      job.flags = 0
      const measurable = radius > 0 && x - x == 0 && y - y == 0 && radius - radius == 0
      if (measurable && abs(x) < FARTHEST && abs(y) < FARTHEST) measureOne(job, x, y, radius)
      else if (measurable) job.flags = job.edge
      store<f64>(sums + (cell << 3), job.sum)
      store<f64>(areas + (cell << 3), job.area)
      store<f64>(peaks + (cell << 3), job.peak)
      store<u8>(flags + cell, job.flags)
    }
  }
}
