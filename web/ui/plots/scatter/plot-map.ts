import type { Point } from '../../../core/image'
import type { Along, PlotArea, PlotView } from './scatter-types'

/** From scaled values to CSS pixels of the area of the points: pixel = scale * value + shift. */
export interface PlotMap {
  readonly scaleX: number
  readonly shiftX: number
  readonly scaleY: number
  readonly shiftY: number
}

interface Turned {
  readonly x: boolean
  readonly y: boolean
}

export const createMap = (
  view: PlotView,
  area: Pick<PlotArea, 'width' | 'height'>,
  reversed: Turned,
): PlotMap => {
  const [[x0, x1], [y0, y1]] = [view.x, view.y]
  const scaleX = ((reversed.x ? -1 : 1) * area.width) / (x1 - x0)
  // Pixels grow downwards, and so does a reversed axis.
  const scaleY = ((reversed.y ? 1 : -1) * area.height) / (y1 - y0)
  return {
    scaleX,
    shiftX: -scaleX * (reversed.x ? x1 : x0),
    scaleY,
    shiftY: -scaleY * (reversed.y ? y0 : y1),
  }
}

export const toPixel = (map: PlotMap, x: number, y: number): Point => ({
  x: map.scaleX * x + map.shiftX,
  y: map.scaleY * y + map.shiftY,
})

export const fromPixel = (map: PlotMap, { x, y }: Point): Point => ({
  x: (x - map.shiftX) / map.scaleX,
  y: (y - map.shiftY) / map.scaleY,
})

type Range = readonly [number, number]

/** Doubles have 16 digits: closer than this part of a value there is nothing to see. */
const FINEST = 1e-13
/** How much more than everything may be seen. */
const WIDEST = 50

const zoomRange = ([low, high]: Range, at: number, factor: number, whole: Range): Range => {
  const span = high - low
  const least = FINEST * Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE / FINEST)
  const most = WIDEST * (whole[1] - whole[0])
  const wanted = Math.min(most, Math.max(least, span * factor))
  const part = wanted / span
  return [at + part * (low - at), at + part * (high - at)]
}

/** The view about a place made smaller (factor below 1) or larger, the place staying where it is. */
export const zoomView = (
  view: PlotView,
  whole: PlotView,
  zoom: { readonly at: Point; readonly factor: number; readonly along: Along },
): PlotView => ({
  x: zoom.along === 'y' ? view.x : zoomRange(view.x, zoom.at.x, zoom.factor, whole.x),
  y: zoom.along === 'x' ? view.y : zoomRange(view.y, zoom.at.y, zoom.factor, whole.y),
})

/** The view after the points were dragged by so many CSS pixels. */
export const panView = (view: PlotView, map: PlotMap, by: Point, along: Along): PlotView => {
  const [x, y] = [along === 'y' ? 0 : -by.x / map.scaleX, along === 'x' ? 0 : -by.y / map.scaleY]
  return { x: [view.x[0] + x, view.x[1] + x], y: [view.y[0] + y, view.y[1] + y] }
}

/** The view moved just so far that a place is in it, a tenth away from the edge. */
export const revealPlace = (view: PlotView, at: Point): PlotView => {
  const follow = ([low, high]: Range, value: number): Range => {
    if (value >= low && value <= high) return [low, high]
    const room = 0.1 * (high - low)
    const by = value < low ? value - room - low : value + room - high
    return [low + by, high + by]
  }
  return { x: follow(view.x, at.x), y: follow(view.y, at.y) }
}
