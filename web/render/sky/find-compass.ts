import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import type { FrameSky } from './frame-sky'

/** Where north and east point from a place, as unit vectors in the pen's units, and how far a degree goes there. */
export interface Compass {
  readonly north: Point
  readonly east: Point
  /** Units of the pen for one degree. */
  readonly unitsPerDegree: number
}

const RADIAN = Math.PI / 180
/** Pixels over which directions are found: a map bends little over them. */
const REACH = 4

const unit = (x: number, y: number): Point | null => {
  const length = Math.hypot(x, y)
  return length > 0 && Number.isFinite(length) ? { x: x / length, y: y / length } : null
}

/** North and east at a pixel of the frame; null off the sky and at a pole, where there is no north. `place` leads from the frame to the pen. */
export const findCompass = (sky: FrameSky, at: Point, place: Transform): Compass | null => {
  const out = new Float64Array(6)
  const look = (x: number, y: number): readonly [number, number] | null =>
    sky.toSky(x, y, out) ? [out[0]!, out[1]!] : null
  const here = look(at.x, at.y)
  const right = look(at.x + REACH, at.y)
  const up = look(at.x, at.y + REACH)
  if (here === null || right === null || up === null) return null
  const cosine = Math.cos(here[1] * RADIAN)
  const east = (there: readonly [number, number]): number =>
    (((((there[0] - here[0] + 180) % 360) + 360) % 360) - 180) * cosine
  const [eastX, eastY] = [east(right) / REACH, east(up) / REACH]
  const [northX, northY] = [(right[1] - here[1]) / REACH, (up[1] - here[1]) / REACH]
  const determinant = eastX * northY - eastY * northX
  if (!(Math.abs(determinant) > 0)) return null
  // The columns of the inverse: a degree to the east and to the north, in pixels, and then in the pen's units.
  const turn = (x: number, y: number): Point => ({
    x: place.a * x + place.b * y,
    y: place.d * x + place.e * y,
  })
  const toEast = turn(northY / determinant, -northX / determinant)
  const toNorth = turn(-eastY / determinant, eastX / determinant)
  const [eastward, northward] = [unit(toEast.x, toEast.y), unit(toNorth.x, toNorth.y)]
  if (eastward === null || northward === null) return null
  return {
    east: eastward,
    north: northward,
    unitsPerDegree: Math.sqrt(Math.hypot(toEast.x, toEast.y) * Math.hypot(toNorth.x, toNorth.y)),
  }
}
