import { mapRow, PixelMap } from './map-positions'
import { boxQuad, fillOverlap, LEAST_AREA, QuadOverlap, sumOverlap } from './overlap-quad'

/** A frame and the sums that it makes, as the caller of this module writes them, in the order of the fields; 0 for what is not there. */
class DrizzleJob {
  map: usize
  data: usize
  uncertainty: usize
  weights: usize
  flux: usize
  weight: usize
  variance: usize
  /** Five rows of positions: upper left, upper right, lower right and lower left corners, and centres. */
  places: usize
  /** A QuadOverlap with its areas. */
  overlap: usize
  left: i32
  top: i32
  width: i32
  height: i32
  targetLeft: i32
  targetTop: i32
  targetWidth: i32
  targetHeight: i32
  /** 1 where values are wanted per pixel of the target. */
  perTarget: i32
  pixfrac: f64
  frameWeight: f64
}

export const DRIZZLE_JOB_BYTES: i32 = offsetof<DrizzleJob>()

function addPart(job: DrizzleJob, index: i32, part: f64, value: f64, variance: f64): void {
  const at = (<usize>index) << 3
  store<f64>(job.weight + at, load<f64>(job.weight + at) + part)
  store<f64>(job.flux + at, load<f64>(job.flux + at) + part * value)
  if (job.variance) store<f64>(job.variance + at, load<f64>(job.variance + at) + part * part * variance)
}

/** Shares a drop out that lies within the target as a whole. */
function shareWhole(job: DrizzleJob, overlap: QuadOverlap, weight: f64, value: f64): void {
  const columns = overlap.columns
  const area = overlap.area
  const least = LEAST_AREA * area
  const sign = overlap.sign
  const perArea = weight / area
  const step = (<usize>job.targetWidth) << 3
  let line = (<usize>((overlap.top - job.targetTop) * job.targetWidth + overlap.left - job.targetLeft)) << 3
  let cell = overlap.areas
  for (let row = 0; row < overlap.rows; row++, cell += 8, line += step) {
    let sum: f64 = 0
    const end = cell + ((<usize>columns) << 3)
    let toWeight = job.weight + line
    let toFlux = job.flux + line
    for (; cell < end; cell += 8, toWeight += 8, toFlux += 8) {
      sum += load<f64>(cell)
      const part = sign * sum
      const share: f64 = part > least ? part * perArea : 0
      store<f64>(toWeight, load<f64>(toWeight) + share)
      store<f64>(toFlux, load<f64>(toFlux) + share * value)
    }
  }
}

function shareOut(job: DrizzleJob, overlap: QuadOverlap, weight: f64, value: f64, variance: f64): void {
  sumOverlap(overlap)
  const area = overlap.area
  const least = LEAST_AREA * area
  const perArea = weight / area
  const columns = overlap.columns
  const left = overlap.left - job.targetLeft
  let cell = overlap.areas
  for (let row = 0; row < overlap.rows; row++, cell += 8) {
    const y = overlap.top + row - job.targetTop
    if (<u32>y >= <u32>job.targetHeight) {
      cell += (<usize>columns) << 3
      continue
    }
    const line = y * job.targetWidth
    for (let column = 0; column < columns; column++, cell += 8) {
      const x = left + column
      const part = load<f64>(cell)
      if (part > least && <u32>x < <u32>job.targetWidth)
        addPart(job, line + x, part * perArea, value, variance)
    }
  }
}

function areaOf(c0: usize, c1: usize, c2: usize, c3: usize): f64 {
  const across = (load<f64>(c2) - load<f64>(c0)) * (load<f64>(c3, 8) - load<f64>(c1, 8))
  return Math.abs(across - (load<f64>(c3) - load<f64>(c1)) * (load<f64>(c2, 8) - load<f64>(c0, 8))) / 2
}

function clear(from: usize, bytes: usize): void {
  if (from) memory.fill(from, 0, bytes)
}

/** Drops of a frame onto a part of a grid. */
export function drizzle(job: DrizzleJob): void {
  const map = changetype<PixelMap>(job.map)
  const overlap = changetype<QuadOverlap>(job.overlap)
  overlap.areas = job.overlap + <usize>offsetof<QuadOverlap>()
  const bytes = (<usize>(job.targetWidth * job.targetHeight)) << 3
  clear(job.flux, bytes)
  clear(job.weight, bytes)
  clear(job.variance, bytes)
  const count = job.width
  const step = (<usize>count) << 4
  const pixfrac = job.pixfrac
  const points = pixfrac == 0
  const half = points ? 0.5 : pixfrac / 2
  const none = f64x2.splat(0)
  const right = job.targetLeft + job.targetWidth
  const bottom = job.targetTop + job.targetHeight
  // Whole pixels share their corners: a row of them has one more than pixels, and its lower corners are the next row's upper ones.
  const shares = pixfrac == 1
  let upper = job.places
  let lower = upper + step + 16
  if (shares) mapRow(map, <f64>job.left - half, <f64>job.top - half, count + 1, lower)
  let index: usize = 0
  for (let row = 0; row < job.height; row++) {
    const y = <f64>(job.top + row)
    const x = <f64>job.left
    let c0 = job.places
    let c1 = c0 + step
    let c2 = c1 + step
    let c3 = c2 + step
    let centre = c3 + step
    if (shares) {
      const before = upper
      upper = lower
      lower = before
      mapRow(map, x - half, y + half, count + 1, lower)
      c0 = upper
      c1 = upper + 16
      c2 = lower + 16
      c3 = lower
    } else {
      mapRow(map, x - half, y - half, count, c0)
      mapRow(map, x + half, y - half, count, c1)
      mapRow(map, x + half, y + half, count, c2)
      mapRow(map, x - half, y + half, count, c3)
      if (points) mapRow(map, x, y, count, centre)
    }
    for (let i = 0; i < count; i++, index += 4, c0 += 16, c1 += 16, c2 += 16, c3 += 16, centre += 16) {
      const datum = <f64>load<f32>(job.data + index)
      const weight = job.weights ? job.frameWeight * <f64>load<f32>(job.weights + index) : job.frameWeight
      if (datum != datum || !(weight > 0)) continue
      if (points) {
        const area = areaOf(c0, c1, c2, c3)
        if (!(area > 0)) continue
        const scale = job.perTarget ? 1 / area : 1
        const sigma = job.uncertainty ? scale * <f64>load<f32>(job.uncertainty + index) : 0
        const atX = Math.floor(load<f64>(centre) + 0.5) - <f64>job.targetLeft
        const atY = Math.floor(load<f64>(centre, 8) + 0.5) - <f64>job.targetTop
        if (atX >= 0 && atY >= 0 && atX < <f64>job.targetWidth && atY < <f64>job.targetHeight)
          addPart(job, <i32>atY * job.targetWidth + <i32>atX, weight, datum * scale, sigma * sigma)
        continue
      }
      if (!boxQuad(overlap, c0, c1, c2, c3, none)) continue
      if (overlap.left >= right || overlap.top >= bottom) continue
      if (overlap.left + overlap.columns <= job.targetLeft || overlap.top + overlap.rows <= job.targetTop)
        continue
      fillOverlap(overlap, c0, c1, c2, c3, 0, 0)
      if (!(overlap.area > 0)) continue
      const scale = job.perTarget ? 1 / (overlap.area / (pixfrac * pixfrac)) : 1
      const whole =
        overlap.left >= job.targetLeft &&
        overlap.top >= job.targetTop &&
        overlap.left + overlap.columns <= right &&
        overlap.top + overlap.rows <= bottom
      if (whole && !job.variance) shareWhole(job, overlap, weight, datum * scale)
      else {
        const sigma = job.uncertainty ? scale * <f64>load<f32>(job.uncertainty + index) : 0
        shareOut(job, overlap, weight, datum * scale, sigma * sigma)
      }
    }
  }
}
