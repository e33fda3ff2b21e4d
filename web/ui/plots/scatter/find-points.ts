import type { Point } from '../../../core/image'
import { createPolygon, isInsidePolygon } from '../../../science/math/point-in-polygon'
import type { PlotMap } from './plot-map'

/** What was drawn over the plot, in CSS pixels of the area of the points. */
export type Region =
  | { readonly kind: 'box'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'lasso'; readonly path: readonly Point[] }

/** Points as they lie on the screen. All of them are gone through: a hundred thousand take less than a millisecond. */
export interface PlacedPoints {
  /** Scaled values. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly map: PlotMap
  /** CSS pixels of the area; what lies outside it is not seen and so not meant. */
  readonly width: number
  readonly height: number
  readonly isShown: (index: number) => boolean
}

/** Corners of a box in order, whichever way it was drawn. */
export const boundsOf = ({ from, to }: { readonly from: Point; readonly to: Point }) => ({
  left: Math.min(from.x, to.x),
  right: Math.max(from.x, to.x),
  top: Math.min(from.y, to.y),
  bottom: Math.max(from.y, to.y),
})

/** The point nearest to a place, the first of those that are equally near; null where none is within reach (CSS pixels). */
export const findNearest = (points: PlacedPoints, at: Point, reach: number): number | null => {
  const { x, y, map, width, height, isShown } = points
  const { scaleX, shiftX, scaleY, shiftY } = map
  let [best, least] = [-1, reach * reach]
  for (let index = 0; index < x.length; index++) {
    const left = scaleX * (x[index] ?? NaN) + shiftX
    const top = scaleY * (y[index] ?? NaN) + shiftY
    const distance = (left - at.x) ** 2 + (top - at.y) ** 2
    // Not a number is not less either.
    if (!(distance < least || (best < 0 && distance === least))) continue
    if (left < 0 || left > width || top < 0 || top > height || !isShown(index)) continue
    best = index
    least = distance
  }
  return best < 0 ? null : best
}

const createInside = (region: Region): ((x: number, y: number) => boolean) => {
  if (region.kind === 'lasso') {
    const polygon = createPolygon(region.path)
    return (x, y) => isInsidePolygon(polygon, x, y)
  }
  const { left, right, top, bottom } = boundsOf(region)
  return (x, y) => x >= left && x <= right && y >= top && y <= bottom
}

/** The points of the view inside a region, in their own order. */
export const enclosePoints = (points: PlacedPoints, region: Region): Uint32Array => {
  const { x, y, map, width, height, isShown } = points
  const isInside = createInside(region)
  const found: number[] = []
  for (let index = 0; index < x.length; index++) {
    const left = map.scaleX * (x[index] ?? NaN) + map.shiftX
    const top = map.scaleY * (y[index] ?? NaN) + map.shiftY
    if (!(left >= 0 && left <= width && top >= 0 && top <= height)) continue
    if (isInside(left, top) && isShown(index)) found.push(index)
  }
  return Uint32Array.from(found)
}
