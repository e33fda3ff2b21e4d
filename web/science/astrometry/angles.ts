/** Radians of one degree. */
export const RADIAN = Math.PI / 180
export const HALF_PI = Math.PI / 2

/** Sine of an angle in degrees, exact at multiples of 90: poles of a sphere lie there. */
export const sinDegrees = (angle: number): number => {
  const turn = ((angle % 360) + 360) % 360
  if (turn === 0 || turn === 180) return 0
  if (turn === 90) return 1
  return turn === 270 ? -1 : Math.sin(turn * RADIAN)
}

export const cosDegrees = (angle: number): number => sinDegrees(90 - Math.abs(angle % 360))

/** Degrees from 0 up to and without 360. */
export const wrapDegrees = (angle: number): number => {
  const turn = angle % 360
  if (turn >= 0) return turn
  // What is a rounding error below zero would become 360 itself.
  return turn + 360 < 360 ? turn + 360 : 0
}

/** Arc sine of what may be a rounding error beyond one; NaN further out. */
export const asinTolerant = (value: number, tolerance = 1e-13): number => {
  if (value > 1) return value < 1 + tolerance ? HALF_PI : Number.NaN
  if (value < -1) return value > -1 - tolerance ? -HALF_PI : Number.NaN
  return Math.asin(value)
}
