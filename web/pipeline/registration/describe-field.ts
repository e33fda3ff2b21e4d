import { RADIAN } from '../../science/astrometry/angles'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'

/** How a picture lies on the sky, at one of its pixels. */
export interface FieldPlace {
  /** ICRS degrees. */
  readonly ra: number
  readonly dec: number
  /** Degrees a pixel towards east (first row) and north, by x and y: the matrix of a tangent plane that touches here. */
  readonly matrix: readonly [number, number, number, number]
  /** Arc seconds: root of the area of a pixel. */
  readonly scale: number
  /** Degrees from north to the y axis, counted towards east, in (-180, 180]. */
  readonly rotation: number
  /** True where east lies to the right when north is up. */
  readonly flipped: boolean
}

/** Pixels about the place from which the matrix is read off: beyond what rounding does, within what bends. */
const STEP = 0.5

/** Null where the pixel shows no sky, or what it shows has no known place among the stars. */
export const describeField = (wcs: Wcs, x: number, y: number): FieldPlace | null => {
  const transform = createIcrsTransform(wcs)
  if (transform === null) return null
  const out = new Float64Array(6)
  const skyAt = (column: number, row: number): readonly [number, number] | null =>
    transform.pixelToSky(column, row, out) ? [out[0]!, out[1]!] : null
  const middle = skyAt(x, y)
  const [left, right, below, above] = [
    skyAt(x - STEP, y),
    skyAt(x + STEP, y),
    skyAt(x, y - STEP),
    skyAt(x, y + STEP),
  ]
  if (middle === null || left === null || right === null || below === null || above === null) return null
  const [ra, dec] = middle
  const [sine, cosine] = [Math.sin(dec * RADIAN), Math.cos(dec * RADIAN)]
  /** Onto the plane that touches at the middle, degrees. */
  const project = ([longitude, latitude]: readonly [number, number]): readonly [number, number] => {
    const away = (longitude - ra) * RADIAN
    const [s, c] = [Math.sin(latitude * RADIAN), Math.cos(latitude * RADIAN)]
    const height = s * sine + c * cosine * Math.cos(away)
    return [
      (c * Math.sin(away)) / height / RADIAN,
      (s * cosine - c * sine * Math.cos(away)) / height / RADIAN,
    ]
  }
  const [[leftEast, leftNorth], [rightEast, rightNorth]] = [project(left), project(right)]
  const [[belowEast, belowNorth], [aboveEast, aboveNorth]] = [project(below), project(above)]
  const matrix = [
    rightEast - leftEast,
    aboveEast - belowEast,
    rightNorth - leftNorth,
    aboveNorth - belowNorth,
  ] as const
  const determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2]
  return {
    ra,
    dec,
    matrix,
    scale: 3600 * Math.sqrt(Math.abs(determinant)),
    rotation: Math.atan2(matrix[1], matrix[3]) / RADIAN,
    flipped: determinant > 0,
  }
}
