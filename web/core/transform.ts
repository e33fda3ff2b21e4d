import type { Point } from './image'

/**
 * Affine map between pixel positions, row by row:
 * x' = a x + b y + c,  y' = d x + e y + f.
 * A registration transform maps positions on the reference frame to positions on this frame.
 */
export interface Transform {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

export const IDENTITY_TRANSFORM: Transform = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 }

export const applyTransform = (transform: Transform, point: Point): Point => ({
  x: transform.a * point.x + transform.b * point.y + transform.c,
  y: transform.d * point.x + transform.e * point.y + transform.f,
})

export const invertTransform = (t: Transform): Transform => {
  const determinant = t.a * t.e - t.b * t.d
  const a = t.e / determinant
  const b = -t.b / determinant
  const d = -t.d / determinant
  const e = t.a / determinant
  return { a, b, c: -(a * t.c + b * t.f), d, e, f: -(d * t.c + e * t.f) }
}

/** The map that applies `first` and then `second`. */
export const composeTransforms = (second: Transform, first: Transform): Transform => ({
  a: second.a * first.a + second.b * first.d,
  b: second.a * first.b + second.b * first.e,
  c: second.a * first.c + second.b * first.f + second.c,
  d: second.d * first.a + second.e * first.d,
  e: second.d * first.b + second.e * first.e,
  f: second.d * first.c + second.e * first.f + second.f,
})
