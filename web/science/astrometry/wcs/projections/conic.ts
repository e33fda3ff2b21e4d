import { asinTolerant, HALF_PI, RADIAN } from '../../angles'
import { badParameter } from './bad-parameter'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'

/** PV2_1 = theta_a, the middle of the standard parallels, and PV2_2 = eta, half of what is between them. Radians. */
const readParallels = (
  code: string,
  [, middle, half = 0]: readonly (number | undefined)[],
): { middle: number; half: number; first: number; second: number } => {
  if (middle === undefined || middle === 0 || !(Math.abs(middle) <= 90))
    throw badParameter(
      code,
      'PV2_1, the latitude of its standard parallels, is missing or 0 or beyond a pole',
    )
  if (!(Math.abs(half) < 90)) throw badParameter(code, 'PV2_2 is not below 90 degrees')
  return {
    middle: middle * RADIAN,
    half: half * RADIAN,
    first: (middle - half) * RADIAN,
    second: (middle + half) * RADIAN,
  }
}

interface Cone {
  readonly middle: number
  /** C: how much of the full turn the opened cone takes. */
  readonly constant: number
  /** Radius at the reference point, Y0. */
  readonly offset: number
  readonly toRadius: (theta: number) => number
  readonly toTheta: (radius: number) => number
}

/** Calabretta & Greisen 2002, eqs. 109 to 115: a cone that touches or cuts the sphere, opened along phi = 180. */
const makeConic = ({ middle, constant, offset, toRadius, toTheta }: Cone): Projection => {
  if (!(Number.isFinite(constant) && constant !== 0 && Number.isFinite(offset)))
    throw badParameter(
      'of a cone',
      'the standard parallels lie symmetrically to the equator or beyond a pole',
    )
  const sign = Math.sign(middle)
  return {
    theta0: middle,
    project: (phi, theta, out) => {
      const radius = toRadius(theta)
      const angle = constant * phi
      return givePlane(radius * Math.sin(angle), offset - radius * Math.cos(angle), out)
    },
    deproject: (x, y, out) => {
      const down = offset - y
      const radius = sign * Math.hypot(x, down)
      const angle = radius === 0 ? 0 : Math.atan2(x / radius, down / radius)
      return giveNative(angle / constant, toTheta(radius), out)
    },
  }
}

/** COP, conic perspective (Calabretta & Greisen 2002, eqs. 116 to 120). */
export const makeCop: ProjectionMaker = (parameters) => {
  const { middle, half } = readParallels('COP', parameters)
  const constant = Math.sin(middle)
  const cosine = Math.cos(half)
  const cotangent = 1 / Math.tan(middle)
  return makeConic({
    middle,
    constant,
    offset: cosine * cotangent,
    toRadius: (theta) => {
      const radius = cosine * (cotangent - Math.tan(theta - middle))
      return Math.abs(theta - middle) < HALF_PI && radius * constant > -1e-12 ? radius : Number.NaN
    },
    toTheta: (radius) => middle + Math.atan(cotangent - radius / cosine),
  })
}

/** COE, conic equal-area (Calabretta & Greisen 2002, eqs. 121 to 126). */
export const makeCoe: ProjectionMaker = (parameters) => {
  const { middle, first, second } = readParallels('COE', parameters)
  const gamma = Math.sin(first) + Math.sin(second)
  const product = 1 + Math.sin(first) * Math.sin(second)
  const toRadius = (theta: number): number =>
    (2 / gamma) * Math.sqrt(Math.max(0, product - gamma * Math.sin(theta)))
  return makeConic({
    middle,
    constant: gamma / 2,
    offset: toRadius(middle),
    toRadius,
    toTheta: (radius) => asinTolerant(product / gamma - (gamma * radius * radius) / 4, 1e-12),
  })
}

/** COD, conic equidistant (Calabretta & Greisen 2002, eqs. 127 to 132). */
export const makeCod: ProjectionMaker = (parameters) => {
  const { middle, half } = readParallels('COD', parameters)
  const offset = (half === 0 ? 1 : half / Math.tan(half)) / Math.tan(middle)
  return makeConic({
    middle,
    constant: Math.sin(middle) * (half === 0 ? 1 : Math.sin(half) / half),
    offset,
    toRadius: (theta) => middle - theta + offset,
    toTheta: (radius) => middle + offset - radius,
  })
}

/** COO, conic orthomorphic (Calabretta & Greisen 2002, eqs. 133 to 138). */
export const makeCoo: ProjectionMaker = (parameters) => {
  const { middle, half, first, second } = readParallels('COO', parameters)
  const lean = (theta: number): number => Math.tan((HALF_PI - theta) / 2)
  const constant =
    half === 0
      ? Math.sin(first)
      : Math.log(Math.cos(second) / Math.cos(first)) / Math.log(lean(second) / lean(first))
  const psi = Math.cos(first) / (constant * lean(first) ** constant)
  const toRadius = (theta: number): number => psi * lean(theta) ** constant
  return makeConic({
    middle,
    constant,
    offset: toRadius(middle),
    toRadius,
    toTheta: (radius) => HALF_PI - 2 * Math.atan((radius / psi) ** (1 / constant)),
  })
}
