import { HALF_PI, RADIAN } from '../../angles'
import { badParameter } from './bad-parameter'
import { invertRising } from './invert-rising'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'
import { makeSfl } from './pseudo-cylindrical'

/** BON, Bonne's equal-area projection (Calabretta & Greisen 2002, eqs. 139 to 146); PV2_1 = theta_1 in degrees. At 0 it is SFL. */
export const makeBon: ProjectionMaker = ([, parallel]) => {
  if (parallel === undefined || !(Math.abs(parallel) <= 90))
    throw badParameter('BON', 'PV2_1, the latitude of its standard parallel, is missing or beyond a pole')
  if (parallel === 0) return makeSfl()
  const theta1 = parallel * RADIAN
  const offset = 1 / Math.tan(theta1) + theta1
  const sign = Math.sign(theta1)
  return {
    theta0: 0,
    project: (phi, theta, out) => {
      const radius = offset - theta
      if (radius === 0) return givePlane(0, offset, out)
      const angle = (phi * Math.cos(theta)) / radius
      return givePlane(radius * Math.sin(angle), offset - radius * Math.cos(angle), out)
    },
    deproject: (x, y, out) => {
      const down = offset - y
      const radius = sign * Math.hypot(x, down)
      const angle = radius === 0 ? 0 : Math.atan2(x / radius, down / radius)
      const theta = offset - radius
      const width = Math.cos(theta)
      if (Math.abs(width) < 1e-13) return giveNative(0, theta, out)
      return giveNative((angle * radius) / width, theta, out)
    },
  }
}

/**
 * PCO, the polyconic projection (Calabretta & Greisen 2002, eqs. 147 to 152). Its parallels are circles of radius cot(theta) around
 * (0, theta + cot(theta)); (x^2 + (y - theta)^2) sin(theta) = 2 (y - theta) cos(theta) says that a place lies on one, and the difference of
 * both sides rises with theta from 0 to 90 degrees, so that there is one root and it is always found.
 */
export const makePco = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) => {
    const sine = Math.sin(theta)
    if (sine === 0) return givePlane(phi, 0, out)
    const cotangent = Math.cos(theta) / sine
    const angle = phi * sine
    return givePlane(cotangent * Math.sin(angle), theta + 2 * cotangent * Math.sin(angle / 2) ** 2, out)
  },
  deproject: (x, y, out) => {
    const height = Math.abs(y)
    if (height === 0) return giveNative(x, 0, out)
    const miss = (theta: number): number =>
      (x * x + (height - theta) ** 2) * Math.sin(theta) - 2 * (height - theta) * Math.cos(theta)
    const slope = (theta: number): number => Math.cos(theta) * (x * x + (height - theta) ** 2 + 2)
    const theta = invertRising(miss, slope, 0, [0, Math.min(height, HALF_PI)])
    const sine = Math.sin(theta)
    if (sine === 0) return giveNative(x, y, out)
    const phi = Math.atan2(x * sine, Math.cos(theta) - (height - theta) * sine) / sine
    return giveNative(phi, y < 0 ? -theta : theta, out)
  },
})
