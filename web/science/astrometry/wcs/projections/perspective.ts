import { asinTolerant, cosDegrees, HALF_PI, sinDegrees } from '../../angles'
import { badParameter } from './bad-parameter'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'

/** Rounding that the limb of the sphere is allowed. */
const LIMB = 1e-12

/**
 * AZP, zenithal perspective with a tilted plane (Calabretta & Greisen 2002, eqs. 20 to 28). PV2_1 = mu, the distance of the point of
 * projection from the centre in radii, PV2_2 = gamma, the tilt in degrees. What is behind the limb, or behind the point of projection, has no image.
 */
export const makeAzp: ProjectionMaker = ([, mu = 0, gamma = 0]) => {
  const [sine, cosine] = [sinDegrees(gamma), cosDegrees(gamma)]
  if (mu === -1) throw badParameter('AZP', 'PV2_1 is -1: the point of projection lies in the plane')
  if (Math.abs(cosine) < 1e-12) throw badParameter('AZP', 'PV2_2 turns the plane edge-on')
  const side = mu > -1 ? 1 : -1
  const isSeen = (phi: number, theta: number): boolean => {
    const depth = mu + Math.sin(theta) + (Math.cos(theta) * Math.cos(phi) * sine) / cosine
    return side * depth > 0 && (Math.abs(mu) <= 1 || side * (1 + mu * Math.sin(theta)) >= -LIMB)
  }
  return {
    theta0: HALF_PI,
    project: (phi, theta, out) => {
      if (!isSeen(phi, theta)) return false
      const depth = mu + Math.sin(theta) + (Math.cos(theta) * Math.cos(phi) * sine) / cosine
      const radius = ((mu + 1) * Math.cos(theta)) / depth
      return givePlane(radius * Math.sin(phi), (-radius * Math.cos(phi)) / cosine, out)
    },
    deproject: (x, y, out) => {
      const phi = Math.atan2(x, -y * cosine)
      const rho = Math.hypot(x, y * cosine) / (mu + 1 + y * sine)
      const psi = Math.atan2(1, rho)
      const omega = asinTolerant((rho * mu) / Math.sqrt(rho * rho + 1))
      if (Number.isNaN(omega)) return false
      const [first, second] = [wrapLatitude(psi - omega), wrapLatitude(psi + omega + Math.PI)]
      const [upper, lower] = first > second ? [first, second] : [second, first]
      if (upper <= HALF_PI && upper >= -HALF_PI && isSeen(phi, upper)) return giveNative(phi, upper, out)
      return lower >= -HALF_PI && isSeen(phi, lower) && giveNative(phi, lower, out)
    },
  }
}

const wrapLatitude = (angle: number): number => (angle > HALF_PI ? angle - 2 * Math.PI : angle)

/**
 * What SZP and SIN have in common: u = cos(theta) sin(phi) = x - sigma x' and v = -cos(theta) cos(phi) = y - sigma y' with sigma = 1 - sin(theta),
 * so that u^2 + v^2 = 2 sigma - sigma^2 is a quadratic equation in sigma. Its smaller root is the near side, and written as C / (B + root) it
 * keeps all its digits at the pole. False where a line of sight misses the sphere.
 */
const solveSigma = (
  { x, y, slopeX, slopeY }: { x: number; y: number; slopeX: number; slopeY: number },
  out: Float64Array,
): boolean => {
  const a = slopeX * slopeX + slopeY * slopeY + 1
  const b = x * slopeX + y * slopeY + 1
  const c = x * x + y * y
  const discriminant = b * b - a * c
  if (!(discriminant > -LIMB * b * b)) return false
  const root = Math.sqrt(Math.max(0, discriminant))
  const sigma = b > 0 ? c / (b + root) : (b - root) / a
  return giveSigma(Math.atan2(x - sigma * slopeX, -(y - sigma * slopeY)), sigma, out)
}

const giveSigma = (phi: number, sigma: number, out: Float64Array): boolean =>
  sigma >= 0 &&
  sigma <= 2 * (1 + LIMB) &&
  giveNative(phi, HALF_PI - 2 * Math.asin(Math.sqrt(Math.min(1, sigma / 2))), out)

/** 1 - sin(theta) without loss at the pole. */
const takeSigma = (theta: number): number => 2 * Math.sin((HALF_PI - theta) / 2) ** 2

/**
 * SZP, slant zenithal perspective (Calabretta & Greisen 2002, eqs. 33 to 45). PV2_1 = mu, PV2_2 and PV2_3 = native longitude and latitude of
 * where the line from the point of projection through the centre meets the sphere, degrees (0 and 90).
 */
export const makeSzp: ProjectionMaker = ([, mu = 0, phiC = 0, thetaC = 90]) => {
  const px = -mu * cosDegrees(thetaC) * sinDegrees(phiC)
  const py = mu * cosDegrees(thetaC) * cosDegrees(phiC)
  const pz = mu * sinDegrees(thetaC) + 1
  if (Math.abs(pz) < 1e-12) throw badParameter('SZP', 'the point of projection lies in the plane')
  const side = pz > 0 ? 1 : -1
  /** Before the point of projection, and on the part of the sphere that is not hidden by itself. */
  const isSeen = (phi: number, theta: number): boolean => {
    const across = Math.cos(theta) * (px * Math.sin(phi) - py * Math.cos(phi)) + Math.sin(theta) * (1 - pz)
    return side * (pz - takeSigma(theta)) > 0 && side * (1 - across) >= -LIMB
  }
  return {
    theta0: HALF_PI,
    project: (phi, theta, out) => {
      if (!isSeen(phi, theta)) return false
      const sigma = takeSigma(theta)
      const depth = pz - sigma
      return givePlane(
        (pz * Math.cos(theta) * Math.sin(phi) - px * sigma) / depth,
        -(pz * Math.cos(theta) * Math.cos(phi) + py * sigma) / depth,
        out,
      )
    },
    deproject: (x, y, out) =>
      solveSigma({ x, y, slopeX: (x - px) / pz, slopeY: (y - py) / pz }, out) && isSeen(out[0]!, out[1]!),
  }
}

/** SIN, orthographic and with PV2_1 and PV2_2 (xi, eta) the slant form of interferometers (Calabretta & Greisen 2002, eqs. 59 to 66). */
export const makeSin: ProjectionMaker = ([, xi = 0, eta = 0]) => ({
  theta0: HALF_PI,
  project: (phi, theta, out) => {
    const slope = xi * Math.sin(phi) - eta * Math.cos(phi)
    if (Math.sin(theta) + Math.cos(theta) * slope < -LIMB) return false
    const sigma = takeSigma(theta)
    return givePlane(
      Math.cos(theta) * Math.sin(phi) + xi * sigma,
      -Math.cos(theta) * Math.cos(phi) + eta * sigma,
      out,
    )
  },
  deproject: (x, y, out) => solveSigma({ x, y, slopeX: xi, slopeY: eta }, out),
})

/** TAN, gnomonic (Calabretta & Greisen 2002, eqs. 54 and 55): half a sphere. */
export const makeTan = (): Projection => ({
  theta0: HALF_PI,
  project: (phi, theta, out) => {
    const height = Math.sin(theta)
    if (!(height > 0)) return false
    const radius = Math.cos(theta) / height
    return givePlane(radius * Math.sin(phi), -radius * Math.cos(phi), out)
  },
  deproject: (x, y, out) => giveNative(Math.atan2(x, -y), Math.atan2(1, Math.hypot(x, y)), out),
})

/** STG, stereographic (Calabretta & Greisen 2002, eqs. 56 to 58). */
export const makeStg = (): Projection => ({
  theta0: HALF_PI,
  project: (phi, theta, out) => {
    const radius = 2 * Math.tan((HALF_PI - theta) / 2)
    return theta > -HALF_PI && givePlane(radius * Math.sin(phi), -radius * Math.cos(phi), out)
  },
  deproject: (x, y, out) => giveNative(Math.atan2(x, -y), HALF_PI - 2 * Math.atan(Math.hypot(x, y) / 2), out),
})
