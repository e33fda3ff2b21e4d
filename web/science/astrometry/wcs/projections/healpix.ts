import { asinTolerant, HALF_PI } from '../../angles'
import { badParameter } from './bad-parameter'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'

/** Rounding at the edges of facets. */
const EDGE = 1e-12

/** 1 - |sin(theta)| without loss at the poles. */
const takeCap = (theta: number): number => 2 * Math.sin((HALF_PI - Math.abs(theta)) / 2) ** 2

/** Latitude (positive) of a cap, the inverse of `takeCap`. */
const leaveCap = (cap: number): number => HALF_PI - 2 * Math.asin(Math.sqrt(Math.min(1, cap / 2)))

/** HPX, the HEALPix grid and its kin (Calabretta & Roukema 2007, MNRAS 381, 865, eqs. 1 to 15); PV2_1 = H, facets around (4), PV2_2 = K, rows of them (3). */
export const makeHpx: ProjectionMaker = ([, h = 4, k = 3]) => {
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 1000
  if (!isCount(h) || !isCount(k)) throw badParameter('HPX', 'PV2_1 and PV2_2 are not whole numbers of facets')
  const facet = Math.PI / h
  const limit = (k - 1) / k
  /** Middle of the facet that a longitude belongs to; they lie between each other's edges in the south where K is even. */
  const findMiddle = (longitude: number, north: boolean): number => {
    const shift = k % 2 === 1 || north ? 1 : 0
    const most = shift === 1 ? h - 1 : h
    const index = Math.floor((longitude + Math.PI) / (2 * facet) + (1 - shift) / 2)
    return -Math.PI + (2 * Math.max(0, Math.min(most, index)) + shift) * facet
  }
  return {
    theta0: 0,
    project: (phi, theta, out) => {
      const sine = Math.sin(theta)
      if (Math.abs(sine) <= limit) return givePlane(phi, ((k * facet) / 2) * sine, out)
      const sigma = Math.sqrt(k * takeCap(theta))
      const middle = findMiddle(phi, theta > 0)
      const height = facet * ((k + 1) / 2 - sigma)
      return givePlane(middle + (phi - middle) * sigma, theta > 0 ? height : -height, out)
    },
    deproject: (x, y, out) => {
      if (!(Math.abs(x) <= Math.PI + facet)) return false
      const height = Math.abs(y) / facet
      if (height <= (k - 1) / 2) return giveNative(x, asinTolerant((2 * y) / (k * facet)), out)
      const sigma = (k + 1) / 2 - height
      if (sigma < -EDGE) return false
      const middle = findMiddle(x, y > 0)
      const away = x - middle
      if (Math.abs(away) > Math.max(0, sigma) * facet + EDGE) return false
      const latitude = leaveCap((sigma * sigma) / k)
      const phi = sigma > EDGE ? middle + away / sigma : middle
      return giveNative(phi, y < 0 ? -latitude : latitude, out)
    },
  }
}

const QUARTER = Math.PI / 4

/** Which of the four gores around the pole a longitude is in, 0 for -180 … -90 and so on. */
const findGore = (phi: number): number => Math.max(0, Math.min(3, Math.floor((phi + Math.PI) / HALF_PI)))

/** XPH, the HEALPix polar layout or butterfly (Calabretta & Lowe 2013, PASA 30, e050): the grid of H = 4, K = 3 with the north pole in the middle. */
export const makeXph = (): Projection => ({
  theta0: HALF_PI,
  project: (phi, theta, out) => {
    const gore = findGore(phi)
    const away = phi + Math.PI - gore * HALF_PI - QUARTER
    let [xi, eta] = [away, 1.5 * QUARTER * Math.sin(theta)]
    if (Math.abs(Math.sin(theta)) > 2 / 3) {
      const sigma = Math.sqrt(3 * takeCap(theta))
      xi = away * sigma
      eta = Math.sign(theta) * QUARTER * (2 - sigma)
    }
    eta -= HALF_PI
    // The gore around phi = -135, with the pole at its tip, is turned by 90 degrees for each of the following.
    const [x, y] = [(eta - xi) * Math.SQRT1_2, (-eta - xi) * Math.SQRT1_2]
    if (gore === 0) return givePlane(x, y, out)
    if (gore === 1) return givePlane(-y, x, out)
    return gore === 2 ? givePlane(-x, -y, out) : givePlane(y, -x, out)
  },
  deproject: (x, y, out) => {
    let gore = 3
    let [right, up] = [-y, x]
    if (x <= 0 && y > 0) [gore, right, up] = [0, x, y]
    else if (x < 0 && y <= 0) [gore, right, up] = [1, y, -x]
    else if (x >= 0 && y < 0) [gore, right, up] = [2, -x, -y]
    const xi = -(right + up) * Math.SQRT1_2
    const eta = (right - up) * Math.SQRT1_2 + HALF_PI
    const middle = -Math.PI + gore * HALF_PI + QUARTER
    if (Math.abs(eta) <= QUARTER)
      return (
        Math.abs(xi) <= QUARTER * (1 + EDGE) && giveNative(middle + xi, Math.asin(eta / (1.5 * QUARTER)), out)
      )
    const sigma = 2 - Math.abs(eta) / QUARTER
    if (sigma < -EDGE || Math.abs(xi) > Math.max(0, sigma) * QUARTER + EDGE) return false
    const latitude = leaveCap((sigma * sigma) / 3)
    return giveNative(sigma > EDGE ? middle + xi / sigma : middle, eta < 0 ? -latitude : latitude, out)
  },
})
