import type { PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'
import { createOverlap, LEAST_AREA, overlapQuad, type QuadOverlap } from './overlap-quad'
import type { ReprojectPlanes, ReprojectSource } from './reproject-window'

/** Whether values stay per pixel of the source (surface brightness) or become what falls on a pixel of the target (flux). */
export type ValuesPer = 'source-pixel' | 'target-pixel'

export interface AreaToReproject {
  /** From the wanted grid to the source frame. */
  readonly map: PixelMap
  /** Which part of the source frame is given; outside of it there is no value. */
  readonly source: PixelWindow
  /** Which part of the wanted grid is made. */
  readonly target: PixelWindow
  readonly per: ValuesPer
  /** The part of a pixel that must be covered by pixels with a value, 0 to 1; at 0 any is enough. */
  readonly leastCover: number
}

/** Corners of a pixel in turn, from two rows of corners. */
const takeCorners = (upper: Float64Array, lower: Float64Array, index: number, into: Float64Array): void => {
  const at = 2 * index
  into[0] = upper[at]!
  into[1] = upper[at + 1]!
  into[2] = upper[at + 2]!
  into[3] = upper[at + 3]!
  into[4] = lower[at + 2]!
  into[5] = lower[at + 3]!
  into[6] = lower[at]!
  into[7] = lower[at + 1]!
}

interface Sums {
  value: number
  variance: number
  area: number
}

const addOverlap = (
  { left, top, columns, rows, areas }: QuadOverlap,
  { width, height }: PixelWindow,
  { data, uncertainty }: ReprojectSource,
  sums: Sums,
): void => {
  sums.value = sums.variance = sums.area = 0
  for (let row = 0, cell = 0; row < rows; row++, cell++) {
    const y = top + row
    for (let column = 0; column < columns; column++, cell++) {
      const x = left + column
      const area = areas[cell]!
      if (!(area > LEAST_AREA) || x < 0 || y < 0 || x >= width || y >= height) continue
      const value = data[y * width + x]!
      if (Number.isNaN(value)) continue
      sums.area += area
      sums.value += area * value
      if (uncertainty === undefined) continue
      const deviation = area * uncertainty[y * width + x]!
      sums.variance += deviation * deviation
    }
  }
}

/**
 * Part of a wanted grid by area: each of its pixels is a quadrilateral on the source frame, and its value the mean of the pixels there, weighed by how much
 * of each it covers. What lies between two pixels of the grid goes to the one or the other, so that with `per: 'target-pixel'` the sum over
 * all pixels (times their coverage) is that of the frame: flux is conserved. Montage and `reproject_exact` do this with spherical polygons; flat ones on the
 * source differ from them by the change of scale within a pixel (1e-6 for fields of a degree, see the tests). A pixel larger than LARGEST_SIDE source
 * pixels has no value.
 */
export const reprojectArea = (
  { map, source, target, per, leastCover }: AreaToReproject,
  input: ReprojectSource,
  output: ReprojectPlanes,
): void => {
  const { width, height } = target
  const overlap = createOverlap()
  const corners = new Float64Array(8)
  let upper: Float64Array = new Float64Array(2 * (width + 1))
  let lower: Float64Array = new Float64Array(2 * (width + 1))
  const sums: Sums = { value: 0, variance: 0, area: 0 }
  const shiftCorners = (row: Float64Array, y: number): void => {
    mapRow(map, { x: target.left - 0.5, y, count: width + 1 }, row)
    for (let i = 0; i < row.length; i += 2) {
      row[i]! -= source.left
      row[i + 1]! -= source.top
    }
  }
  shiftCorners(lower, target.top - 0.5)
  for (let row = 0, at = 0; row < height; row++) {
    ;[upper, lower] = [lower, upper]
    shiftCorners(lower, target.top + row + 0.5)
    for (let i = 0; i < width; i++, at++) {
      takeCorners(upper, lower, i, corners)
      const placed = overlapQuad(corners, overlap)
      if (placed) addOverlap(overlap, source, input, sums)
      const known = placed && sums.area > 0 && sums.area >= leastCover * overlap.area
      const scale = per === 'source-pixel' ? 1 / sums.area : overlap.area / sums.area
      output.data[at] = known ? sums.value * scale : Number.NaN
      if (output.uncertainty !== undefined)
        output.uncertainty[at] =
          known && input.uncertainty !== undefined ? Math.sqrt(sums.variance) * scale : Number.NaN
      if (output.coverage !== undefined)
        output.coverage[at] = placed && overlap.area > 0 ? Math.min(1, sums.area / overlap.area) : 0
    }
  }
}
