import type { Point } from '../../core/image'
import { type Transform, applyTransform } from '../../core/transform'

export interface TransformParts {
  /** Pixels by which the given point moves. */
  readonly dx: number
  readonly dy: number
  /** Degrees in (-180, 180], as x turns towards y; of a mirrored frame, after the mirror in y. */
  readonly rotation: number
  /** Square root of the change of area. */
  readonly scale: number
  readonly flipped: boolean
}

/** The transform in the words of a person: shift of a point (the middle of the field, say), rotation, scale, mirror. */
export const describeTransform = (transform: Transform, center: Point): TransformParts => {
  const { a, b, d, e } = transform
  const determinant = a * e - b * d
  const flipped = determinant < 0
  const moved = applyTransform(transform, center)
  const angle = flipped ? Math.atan2(d + b, a - e) : Math.atan2(d - b, a + e)
  return {
    dx: moved.x - center.x,
    dy: moved.y - center.y,
    rotation: (angle * 180) / Math.PI,
    scale: Math.sqrt(Math.abs(determinant)),
    flipped,
  }
}
