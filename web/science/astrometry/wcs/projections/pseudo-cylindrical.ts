import { asinTolerant, HALF_PI } from '../../angles'
import { giveNative, givePlane, type Projection } from './projection'

/** Longitude from x and the length of its parallel, 0 where the parallel is a point. */
const unroll = (x: number, width: number): number => {
  if (Math.abs(width) > 1e-13) return x / width
  return Math.abs(x) < 1e-12 ? 0 : Number.NaN
}

/** SFL, Sanson-Flamsteed (Calabretta & Greisen 2002, eqs. 90 and 91). */
export const makeSfl = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) => givePlane(phi * Math.cos(theta), theta, out),
  deproject: (x, y, out) => giveNative(unroll(x, Math.cos(y)), y, out),
})

/** PAR, parabolic (Calabretta & Greisen 2002, eqs. 92 to 95). */
export const makePar = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) =>
    givePlane(phi * (2 * Math.cos((2 * theta) / 3) - 1), Math.PI * Math.sin(theta / 3), out),
  deproject: (x, y, out) => {
    const height = y / Math.PI
    return giveNative(unroll(x, 1 - 4 * height * height), 3 * asinTolerant(height), out)
  },
})

/** w - sin(w) for w from 0 to pi, by its series where the difference would lose its digits. */
const withoutSine = (w: number): number => {
  if (w > 0.5) return w - Math.sin(w)
  const square = w * w
  let term = (w * square) / 6
  let sum = 0
  for (let k = 4; k < 24; k += 2) {
    sum += term
    term *= -square / (k * (k + 1))
  }
  return sum
}

/** Solves w - sin(w) = target for target from 0 to pi by Newton's method: the function is convex, and the start lies above the root, so that it cannot overshoot. */
const solveMollweide = (target: number): number => {
  let w = Math.min(Math.PI, 1.2 * Math.cbrt(6 * target))
  for (let step = 0; step < 60; step++) {
    const rate = 2 * Math.sin(w / 2) ** 2
    if (rate === 0) return w
    const change = (withoutSine(w) - target) / rate
    w -= change
    if (Math.abs(change) <= 1e-16 * Math.max(w, 1e-3)) break
  }
  return w
}

/**
 * MOL, Mollweide's projection (Calabretta & Greisen 2002, eqs. 96 to 102). Counted from the pole, with w = pi - 2 gamma, its equation is
 * w - sin(w) = pi (1 - sin(theta)), which keeps the digits that the usual form loses at the poles.
 */
export const makeMol = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) => {
    const w = solveMollweide(2 * Math.PI * Math.sin((HALF_PI - Math.abs(theta)) / 2) ** 2)
    const y = Math.SQRT2 * Math.cos(w / 2)
    return givePlane(((2 * Math.SQRT2) / Math.PI) * phi * Math.sin(w / 2), theta < 0 ? -y : y, out)
  },
  deproject: (x, y, out) => {
    const square = 2 - y * y
    if (square < -1e-12) return false
    const width = Math.sqrt(Math.max(0, square))
    const fromPole =
      2 * Math.asin(Math.sqrt(Math.min(1, withoutSine(2 * Math.atan2(width, Math.abs(y))) / (2 * Math.PI))))
    const theta = HALF_PI - fromPole
    return giveNative(unroll(x, (2 * width) / Math.PI), y < 0 ? -theta : theta, out)
  },
})

/** AIT, Hammer-Aitoff (Calabretta & Greisen 2002, eqs. 103 to 108). */
export const makeAit = (): Projection => ({
  theta0: 0,
  project: (phi, theta, out) => {
    const gamma = Math.sqrt(2 / (1 + Math.cos(theta) * Math.cos(phi / 2)))
    return givePlane(2 * gamma * Math.cos(theta) * Math.sin(phi / 2), gamma * Math.sin(theta), out)
  },
  deproject: (x, y, out) => {
    const square = 1 - (x * x) / 16 - (y * y) / 4
    if (square < 0.5 - 1e-12) return false
    const z = Math.sqrt(square)
    const [along, across] = [2 * square - 1, (z * x) / 2]
    const phi = 2 * Math.atan2(across, along)
    return giveNative(phi, Math.atan2(y * z, Math.hypot(along, across)), out)
  },
})
