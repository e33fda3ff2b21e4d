import type { PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'

/** A frame of the same camera keeps its values: what its transform says of the scale is an error of measurement then, and below all noise. */
const NO_CHANGE = 1e-9

const areaOf = (upper: Float64Array, lower: Float64Array, column: number): number => {
  const at = 2 * column
  // Half the product of the diagonals of the quadrangle that the pixel's corners make.
  const [acrossX, acrossY] = [lower[at + 2]! - upper[at]!, lower[at + 3]! - upper[at + 1]!]
  const [backX, backY] = [lower[at]! - upper[at + 2]!, lower[at + 1]! - upper[at + 3]!]
  return Math.abs(acrossX * backY - acrossY * backX) / 2
}

/** Pixels of the frame that a pixel in the middle of what the map holds covers; `size` is the grid's. */
export const measurePixelArea = (
  map: PixelMap,
  size: { readonly width: number; readonly height: number },
): number => {
  if (map.kind === 'affine')
    return Math.abs(map.transform.a * map.transform.e - map.transform.b * map.transform.d)
  const { left, top, width, height } = { left: map.left, top: map.top, width: map.width, height: map.height }
  const x = Math.min(size.width - 1, left + (width >> 1))
  const y = Math.min(size.height - 1, top + (height >> 1))
  const [upper, lower] = [new Float64Array(4), new Float64Array(4)]
  mapRow(map, { x: x - 0.5, y: y - 0.5, count: 2 }, upper)
  mapRow(map, { x: x - 0.5, y: y + 0.5, count: 2 }, lower)
  return areaOf(upper, lower, 0)
}

/**
 * Multiplies what was read off a frame at the positions of a window's pixels by how many of the frame's pixels each of them covers: values are amounts
 * a pixel, and a larger pixel collects more. Each pixel's area is that of the quadrangle between its four corners on the frame, and the same in
 * whatever part of the grid it is worked out.
 *
 * The area is that of the map by which the values were read off, also between frames of one camera whose plates differ a little in scale: a map that
 * stretches stars by 1 + e spreads their light over (1 + e)^2 as many pixels of the grid, and its own area takes that back, whether e is real or an error of the
 * plate. So the sum over a star is that of the frame for any map. An area from a nominal scale would put twice the error of the plate into the fluxes.
 */
export const scaleByArea = (
  map: PixelMap,
  { left, top, width, height }: PixelWindow,
  data: Float32Array,
): void => {
  if (map.kind === 'affine') {
    const { a, b, d, e } = map.transform
    const area = Math.abs(a * e - b * d)
    if (Math.abs(area - 1) > NO_CHANGE) for (let i = 0; i < data.length; i++) data[i]! *= area
    return
  }
  let upper = new Float64Array(2 * (width + 1))
  let lower = new Float64Array(2 * (width + 1))
  const corners = { x: left - 0.5, count: width + 1 }
  mapRow(map, { ...corners, y: top - 0.5 }, upper)
  for (let row = 0; row < height; row++) {
    mapRow(map, { ...corners, y: top + row + 0.5 }, lower)
    for (let column = 0, at = row * width; column < width; column++, at++)
      data[at]! *= areaOf(upper, lower, column)
    ;[upper, lower] = [lower, upper]
  }
}
