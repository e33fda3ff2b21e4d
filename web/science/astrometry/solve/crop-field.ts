import { fitPose, poseScale, type Pose } from './pose'
import { liftPoint } from './sphere'
import type { Field } from './take-field'

/** A right-angled part of a frame as a frame of its own, and where its middle is: pixels from the middle of the whole. */
export interface Crop {
  readonly field: Field
  readonly u: number
  readonly v: number
}

/**
 * The part of a frame around a place (in parts of the frame from its middle, -1/2 to 1/2) that has about so many stars, where they are
 * evenly spread; null where that is most of the frame.
 */
export const cropField = (field: Field, place: readonly [number, number], stars: number): Crop | null => {
  const part = Math.sqrt(stars / field.u.length)
  if (part > 0.7) return null
  const [width, height] = [part * field.width, part * field.height]
  const u = Math.max(-0.5 + part / 2, Math.min(0.5 - part / 2, place[0])) * field.width
  const v = Math.max(-0.5 + part / 2, Math.min(0.5 - part / 2, place[1])) * field.height
  const inside = [...field.u.keys()].filter(
    (star) => Math.abs(field.u[star]! - u) <= width / 2 && Math.abs(field.v[star]! - v) <= height / 2,
  )
  return {
    field: {
      u: Float64Array.from(inside, (star) => field.u[star]! - u),
      v: Float64Array.from(inside, (star) => field.v[star]! - v),
      magnitude: Float64Array.from(inside, (star) => field.magnitude[star]!),
      width,
      height,
      error: field.error,
    },
    u,
    v,
  }
}

/** The pose of the whole that puts a part's corners where the part's pose has them. */
export const uncropPose = ({ field, u, v }: Crop, pose: Pose): Pose | null => {
  const { turnReal, turnImaginary, parity, plane } = pose
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([x = 0, y = 0]) => [(x * field.width) / 2, (y * field.height) / 2] as const)
  const places = corners.map(([x, y]) =>
    liftPoint(plane, turnReal * x - turnImaginary * parity * y, turnImaginary * x + turnReal * parity * y),
  )
  const whole = fitPose(
    {
      u: corners.map(([x]) => x + u),
      v: corners.map(([, y]) => y + v),
      references: [0, 1, 2, 3],
      vectors: {
        x: Float64Array.from(places, ([x]) => x),
        y: Float64Array.from(places, ([, y]) => y),
        z: Float64Array.from(places, ([, , z]) => z),
      },
      count: 4,
    },
    plane.center,
    parity,
    30,
  )
  return whole !== null && Number.isFinite(poseScale(whole)) ? whole : null
}
