import { asinTolerant, HALF_PI } from '../../angles'
import { badParameter } from './bad-parameter'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'

/** CYP, cylindrical perspective (Calabretta & Greisen 2002, eqs. 77 to 81); PV2_1 = mu, PV2_2 = lambda, both 1 where they are left out. */
export const makeCyp: ProjectionMaker = ([, mu = 1, lambda = 1]) => {
  if (lambda === 0 || mu + lambda === 0) throw badParameter('CYP', 'PV2_2 is 0 or the negative of PV2_1')
  return {
    theta0: 0,
    project: (phi, theta, out) =>
      givePlane(lambda * phi, ((mu + lambda) * Math.sin(theta)) / (mu + Math.cos(theta)), out),
    deproject: (x, y, out) => {
      const eta = y / (mu + lambda)
      const theta = Math.atan2(eta, 1) + asinTolerant((eta * mu) / Math.sqrt(eta * eta + 1))
      return giveNative(x / lambda, theta, out)
    },
  }
}

/** CEA, cylindrical equal-area (Calabretta & Greisen 2002, eqs. 82 to 85); PV2_1 = lambda. */
export const makeCea: ProjectionMaker = ([, lambda = 1]) => {
  if (!(lambda > 0 && lambda <= 1)) throw badParameter('CEA', 'PV2_1 is not in 0 … 1')
  return {
    theta0: 0,
    project: (phi, theta, out) => givePlane(phi, Math.sin(theta) / lambda, out),
    deproject: (x, y, out) => giveNative(x, asinTolerant(y * lambda), out),
  }
}

/** CAR, plate carrée (Calabretta & Greisen 2002, eqs. 86 and 87). */
export const makeCar = (): Projection => ({ theta0: 0, project: givePlane, deproject: giveNative })

/** MER, Mercator's projection (Calabretta & Greisen 2002, eqs. 88 and 89), written with asinh, which loses no digits near the equator. */
export const makeMer = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) => Math.abs(theta) < HALF_PI && givePlane(phi, Math.asinh(Math.tan(theta)), out),
  deproject: (x, y, out) => giveNative(x, Math.atan(Math.sinh(y)), out),
})
