import type { PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'
import { createOverlap, LEAST_AREA, overlapQuad, type QuadOverlap } from './overlap-quad'
import type { ValuesPer } from './reproject-area'

export interface FrameToDrizzle {
  /** From the frame to the wanted grid: the way in which drops fall. */
  readonly map: PixelMap
  /** Which part of the frame is given. */
  readonly source: PixelWindow
  /** Which part of the wanted grid is made. */
  readonly target: PixelWindow
  /** Side of a drop in parts of the side of a pixel, 0 to 1; at 0 it is a point and falls on one pixel. */
  readonly pixfrac: number
  readonly per: ValuesPer
  /** Of the whole frame, above 0: commonly the exposure time, or one over the variance. */
  readonly weight: number
}

export interface DrizzleSource {
  /** NaN where a pixel has no value. */
  readonly data: Float32Array
  readonly uncertainty?: Float32Array | undefined
  /** Of each pixel, times that of the frame; what is not above 0 takes no part. */
  readonly weights?: Float32Array | undefined
}

/** Sums over drops, for each pixel of the wanted grid; a is the part of a drop that falls on the pixel, w its weight, d its value. */
export interface DrizzlePlanes {
  /** Sum of a w d. */
  readonly flux: Float64Array
  /** Sum of a w. */
  readonly weight: Float64Array
  /** Sum of (a w sigma)^2; wanted only where the source has an uncertainty. */
  readonly variance?: Float64Array | undefined
}

/** Positions of the corners of a row of drops; drops do not touch, so each corner has a row of its own. Points have only a centre. */
interface DropRow {
  readonly corners: readonly [Float64Array, Float64Array, Float64Array, Float64Array]
  readonly centres: Float64Array
}

const OFFSETS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const

const placeDrops = ({ corners, centres }: DropRow, frame: FrameToDrizzle, y: number): void => {
  const { map, source, pixfrac } = frame
  const count = source.width
  // A point has no corners; those of its pixel are needed for the area alone.
  const half = pixfrac === 0 ? 0.5 : pixfrac / 2
  for (const [k, [right, down]] of OFFSETS.entries())
    mapRow(map, { x: source.left + right * half, y: y + down * half, count }, corners[k]!)
  if (pixfrac === 0) mapRow(map, { x: source.left, y, count }, centres)
}

const areaOf = (corners: Float64Array): number => {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = corners as unknown as readonly number[]
  return Math.abs((x2! - x0!) * (y3! - y1!) - (x3! - x1!) * (y2! - y0!)) / 2
}

/** What a pixel of the frame gives, before it is shared out. */
interface Given {
  readonly value: number
  readonly weight: number
  readonly variance: number
}

const addPart = (planes: DrizzlePlanes, index: number, part: number, given: Given): void => {
  planes.weight[index]! += part
  planes.flux[index]! += part * given.value
  if (planes.variance !== undefined) planes.variance[index]! += part * part * given.variance
}

const shareOut = (overlap: QuadOverlap, target: PixelWindow, planes: DrizzlePlanes, given: Given): void => {
  const { left, top, columns, rows, area, areas } = overlap
  const perArea = given.weight / area
  for (let row = 0, cell = 0; row < rows; row++, cell++) {
    const y = top + row - target.top
    for (let column = 0; column < columns; column++, cell++) {
      const x = left + column - target.left
      if (!(areas[cell]! > LEAST_AREA * area) || x < 0 || y < 0 || x >= target.width || y >= target.height)
        continue
      addPart(planes, y * target.width + x, areas[cell]! * perArea, given)
    }
  }
}

/**
 * Drizzles one frame onto a part of a grid (Fruchter & Hook 2002, PASP 114, 144, eqs. 3 to 5): each pixel is shrunk about its centre to a drop, and what the drop
 * holds is shared out among the pixels of the grid by exact overlap of its quadrilateral, corners where the map puts them. Parts of a drop add to one, so
 * weight and flux are conserved to rounding. Sums begin at 0 for every frame. With
 * `per: 'target-pixel'` a value is divided by the area of its pixel on the grid, which makes counts per pixel of the grid out of counts per pixel
 * of the frame. Which rows of a frame a strip of the grid needs: `findMappedWindow` of the map that leads the other way.
 */
export const drizzleFrame = (frame: FrameToDrizzle, input: DrizzleSource, output: DrizzlePlanes): void => {
  const { source, target, pixfrac } = frame
  output.flux.fill(0)
  output.weight.fill(0)
  output.variance?.fill(0)
  const size = 2 * source.width
  const drops: DropRow = {
    corners: [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)],
    centres: new Float64Array(size),
  }
  const overlap = createOverlap()
  const corners = new Float64Array(8)
  for (let row = 0, at = 0; row < source.height; row++) {
    placeDrops(drops, frame, source.top + row)
    for (let i = 0; i < source.width; i++, at++) {
      const value = input.data[at]!
      const weight = frame.weight * (input.weights === undefined ? 1 : input.weights[at]!)
      if (Number.isNaN(value) || !(weight > 0)) continue
      for (let k = 0; k < 4; k++) {
        corners[2 * k] = drops.corners[k]![2 * i]!
        corners[2 * k + 1] = drops.corners[k]![2 * i + 1]!
      }
      const area = areaOf(corners)
      const pixelArea = pixfrac === 0 ? area : area / (pixfrac * pixfrac)
      if (!(area > 0)) continue
      const scale = frame.per === 'target-pixel' ? 1 / pixelArea : 1
      const sigma = scale * (input.uncertainty === undefined ? 0 : input.uncertainty[at]!)
      const given: Given = { value: value * scale, weight, variance: sigma * sigma }
      if (pixfrac > 0) {
        if (overlapQuad(corners, overlap)) shareOut(overlap, target, output, given)
        continue
      }
      const x = Math.floor(drops.centres[2 * i]! + 0.5) - target.left
      const y = Math.floor(drops.centres[2 * i + 1]! + 0.5) - target.top
      if (x >= 0 && y >= 0 && x < target.width && y < target.height)
        addPart(output, y * target.width + x, weight, given)
    }
  }
}
