/** Unit vectors on the celestial sphere, their parts side by side. */
export interface SkyVectors {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly z: Float64Array
}

export type Vector = readonly [number, number, number]

export const RADIAN = Math.PI / 180
export const ARCSECOND = RADIAN / 3600

export const toVector = (rightAscension: number, declination: number): Vector => {
  const narrow = Math.cos(declination * RADIAN)
  return [
    narrow * Math.cos(rightAscension * RADIAN),
    narrow * Math.sin(rightAscension * RADIAN),
    Math.sin(declination * RADIAN),
  ]
}

/** Degrees, right ascension from 0 to below 360. */
export const toSky = ([x, y, z]: Vector): [number, number] => {
  const ra = Math.atan2(y, x) / RADIAN
  return [ra < 0 ? (ra + 360) % 360 : ra, Math.atan2(z, Math.hypot(x, y)) / RADIAN]
}

export const toVectors = (rightAscension: ArrayLike<number>, declination: ArrayLike<number>): SkyVectors => {
  const count = rightAscension.length
  const vectors = { x: new Float64Array(count), y: new Float64Array(count), z: new Float64Array(count) }
  for (let i = 0; i < count; i++) {
    const narrow = Math.cos(declination[i]! * RADIAN)
    vectors.x[i] = narrow * Math.cos(rightAscension[i]! * RADIAN)
    vectors.y[i] = narrow * Math.sin(rightAscension[i]! * RADIAN)
    vectors.z[i] = Math.sin(declination[i]! * RADIAN)
  }
  return vectors
}

/** The plane that touches the sphere at a centre, with its directions towards east and north. */
export interface TangentPlane {
  readonly center: Vector
  readonly east: Vector
  readonly north: Vector
}

export const touchAt = (center: Vector): TangentPlane => {
  const [x, y, z] = center
  const rim = Math.hypot(x, y)
  // At a pole, right ascension 0 as atan2 has it.
  const east: Vector = rim < 1e-12 ? [0, 1, 0] : [-y / rim, x / rim, 0]
  return {
    center,
    east,
    north: [y * east[2] - z * east[1], z * east[0] - x * east[2], x * east[1] - y * east[0]],
  }
}

/** Gnomonic projection, radians towards east and north; NaN for what is 90 degrees away or more. */
export const projectVector = (plane: TangentPlane, x: number, y: number, z: number): [number, number] => {
  const { center, east, north } = plane
  const up = center[0] * x + center[1] * y + center[2] * z
  if (!(up > 1e-6)) return [Number.NaN, Number.NaN]
  return [(east[0] * x + east[1] * y + east[2] * z) / up, (north[0] * x + north[1] * y + north[2] * z) / up]
}

export const liftPoint = ({ center, east, north }: TangentPlane, xi: number, eta: number): Vector => {
  const length = Math.hypot(1, xi, eta)
  return [
    (center[0] + xi * east[0] + eta * north[0]) / length,
    (center[1] + xi * east[1] + eta * north[1]) / length,
    (center[2] + xi * east[2] + eta * north[2]) / length,
  ]
}
