import { mapRow, PixelMap } from './map-positions'
import { boxQuad, fillOverlap, LEAST_AREA, QuadOverlap, sumOverlap } from './overlap-quad'

/** What a picture is made from by area, as the caller of this module writes it, in the order of the fields; 0 for what is not there. */
class AreaJob {
  map: usize
  data: usize
  uncertainty: usize
  output: usize
  deviations: usize
  coverage: usize
  /** Two rows of corners, one behind the other. */
  places: usize
  /** A QuadOverlap with its areas. */
  overlap: usize
  /** The source's first pixel on its frame. */
  left: f64
  top: f64
  leastCover: f64
  width: i32
  height: i32
  /** 1 where values are wanted per pixel of the target. */
  perTarget: i32
}

export const AREA_JOB_BYTES: i32 = offsetof<AreaJob>()

/** A pixel all of whose neighbours lie within the frame and have values: sums without a question; false where that is not so. */
function makeWholePixel(job: AreaJob, overlap: QuadOverlap, index: usize): bool {
  const columns = overlap.columns
  const rows = overlap.rows
  const left = overlap.left
  const top = overlap.top
  if (left < 0 || top < 0 || left + columns > job.width || top + rows > job.height) return false
  const sign = overlap.sign
  const step = (<usize>job.width) << 2
  let line = job.data + ((<usize>(top * job.width + left)) << 2)
  let cell = overlap.areas
  let sum: f64 = 0
  let area: f64 = 0
  for (let row = 0; row < rows; row++, cell += 8, line += step) {
    let part: f64 = 0
    const end = cell + ((<usize>columns) << 3)
    for (let at = line; cell < end; cell += 8, at += 4) {
      part += load<f64>(cell)
      const known = sign * part
      const counted: f64 = known > LEAST_AREA ? known : 0
      area += counted
      sum += counted * <f64>load<f32>(at)
    }
  }
  if (sum != sum || !(area > 0) || area < job.leastCover * overlap.area) return false
  store<f32>(job.output + index, <f32>(job.perTarget ? sum * (overlap.area / area) : sum * (1 / area)))
  if (job.coverage) store<f32>(job.coverage + index, <f32>min(1.0, area / overlap.area))
  return true
}

function makePixel(job: AreaJob, overlap: QuadOverlap, placed: bool, index: usize): void {
  let sum: f64 = 0
  let area: f64 = 0
  let variance: f64 = 0
  const columns = placed ? overlap.columns : 0
  const rows = placed ? overlap.rows : 0
  let cell = overlap.areas
  for (let row = 0; row < rows; row++, cell += 8) {
    const y = overlap.top + row
    if (<u32>y >= <u32>job.height) {
      cell += (<usize>columns) << 3
      continue
    }
    const line = y * job.width
    for (let column = 0; column < columns; column++, cell += 8) {
      const x = overlap.left + column
      const part = load<f64>(cell)
      if (!(part > LEAST_AREA) || <u32>x >= <u32>job.width) continue
      const at = (<usize>(line + x)) << 2
      const value = <f64>load<f32>(job.data + at)
      if (value != value) continue
      area += part
      sum += part * value
      if (!job.uncertainty) continue
      const deviation = part * <f64>load<f32>(job.uncertainty + at)
      variance += deviation * deviation
    }
  }
  const known = placed && area > 0 && area >= job.leastCover * overlap.area
  const scale = job.perTarget ? overlap.area / area : 1 / area
  store<f32>(job.output + index, known ? <f32>(sum * scale) : <f32>NaN)
  if (job.deviations)
    store<f32>(
      job.deviations + index,
      known && job.uncertainty ? <f32>(Math.sqrt(variance) * scale) : <f32>NaN,
    )
  if (job.coverage)
    store<f32>(job.coverage + index, placed && overlap.area > 0 ? <f32>min(1.0, area / overlap.area) : 0)
}

/** Pixels of a wanted grid, from column `left` and row `top` on, by the area that each covers on the source. */
export function reprojectArea(job: AreaJob, left: i32, top: i32, width: i32, height: i32): void {
  const map = changetype<PixelMap>(job.map)
  const overlap = changetype<QuadOverlap>(job.overlap)
  overlap.areas = job.overlap + <usize>offsetof<QuadOverlap>()
  const offset = f64x2.replace_lane(f64x2.splat(job.left), 1, job.top)
  let upper = job.places
  let lower = upper + ((<usize>(width + 1)) << 4)
  const x = <f64>left - 0.5
  mapRow(map, x, <f64>top - 0.5, width + 1, lower)
  let index: usize = 0
  for (let row = 0; row < height; row++) {
    const before = upper
    upper = lower
    lower = before
    mapRow(map, x, <f64>(top + row) + 0.5, width + 1, lower)
    for (let i = 0; i < width; i++, index += 4) {
      const a = upper + ((<usize>i) << 4)
      const b = lower + ((<usize>i) << 4)
      const placed = boxQuad(overlap, a, a + 16, b + 16, b, offset)
      if (placed) {
        fillOverlap(overlap, a, a + 16, b + 16, b, job.left, job.top)
        if (!job.deviations && makeWholePixel(job, overlap, index)) continue
        sumOverlap(overlap)
      }
      makePixel(job, overlap, placed, index)
    }
  }
}
