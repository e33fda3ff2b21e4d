import type { Point } from '../../core/image'
import { IDENTITY_TRANSFORM, invertTransform, type Transform } from '../../core/transform'
import { findCompass } from '../sky/find-compass'
import type { FrameSky } from '../sky/frame-sky'
import type { FramePart } from '../sky/see-sky'

export interface ChartField {
  /** The middle of the chart, pixels of the frame. */
  readonly center: Point
  /** Degrees along the longer side of the picture; null shows the whole frame. */
  readonly size: number | null
  /** Turns the picture so that north is up and east is left, as charts are read at the telescope. */
  readonly northUp: boolean
}

/** Pixels of the frame to units of the page, for a picture that fills `room` as far as the frame's shape allows. */
export interface ChartPlace {
  readonly place: Transform
  /** Where the picture lies on the page. */
  readonly picture: FramePart
}

/** A map that turns and flips about the middle, keeping lengths: north up and east left, or rows upwards. */
const findTurn = (
  sky: FrameSky,
  center: Point,
  northUp: boolean,
): readonly [number, number, number, number] => {
  const compass = northUp ? findCompass(sky, center, IDENTITY_TRANSFORM) : null
  if (compass === null) return [1, 0, 0, -1]
  const { north, east } = compass
  const mirrored = east.x * north.y - east.y * north.x > 0
  // The page's y goes down: up is the direction of north, left the one that is square to it on the side of east.
  const right = mirrored ? [-north.y, north.x] : [north.y, -north.x]
  return [right[0]!, right[1]!, -north.x, -north.y]
}

/** How a field lies on a page. */
export const placeChart = (sky: FrameSky, field: ChartField, room: FramePart): ChartPlace => {
  const { width, height } = sky
  const center = field.size === null ? { x: (width - 1) / 2, y: (height - 1) / 2 } : field.center
  const [a, b, d, e] = findTurn(sky, center, field.northUp)
  const compass = findCompass(sky, center, IDENTITY_TRANSFORM)
  const pixelsPerDegree = compass?.unitsPerDegree ?? Math.max(width, height)
  const turned =
    field.size === null
      ? {
          width: Math.abs(a) * width + Math.abs(b) * height,
          height: Math.abs(d) * width + Math.abs(e) * height,
        }
      : { width: field.size * pixelsPerDegree, height: field.size * pixelsPerDegree }
  const [wide, high] = [room.right - room.left, room.bottom - room.top]
  const scale = Math.min(wide / turned.width, high / turned.height)
  const middle = { x: (room.left + room.right) / 2, y: room.top + (turned.height * scale) / 2 }
  return {
    place: {
      a: scale * a,
      b: scale * b,
      c: middle.x - scale * (a * center.x + b * center.y),
      d: scale * d,
      e: scale * e,
      f: middle.y - scale * (d * center.x + e * center.y),
    },
    picture: {
      left: middle.x - (turned.width * scale) / 2,
      right: middle.x + (turned.width * scale) / 2,
      top: middle.y - (turned.height * scale) / 2,
      bottom: middle.y + (turned.height * scale) / 2,
    },
  }
}

/** From units of the page back to pixels of the frame. */
export const backToFrame = ({ place }: Pick<ChartPlace, 'place'>): Transform => invertTransform(place)
