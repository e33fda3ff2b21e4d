import type { SipTerm, TanSip } from '../../core/tan-sip'
import { findTerm, makeGrid, type PolynomialGrid } from './wcs/distortion/polynomial-grid'
import { NO_DISTORTION, type Wcs } from './wcs/wcs'

const toGrid = (order: number, terms: readonly SipTerm[]): PolynomialGrid => {
  const grid = makeGrid(order, () => 0)
  for (const { p, q, coefficient } of terms) grid.coefficients[findTerm(order, p, q)] = coefficient
  return grid
}

/** What the solver found, as the world coordinates that everything else reads: right ascension and declination, ICRS. */
export const tanSipToWcs = ({ crpix, crval, cd, a, b }: TanSip): Wcs => {
  const order = Math.max(0, ...[...a, ...b].map(({ p, q }) => p + q))
  return {
    projection: 'TAN',
    parameters: [],
    system: { name: 'icrs' },
    names: { longitude: 'RA', latitude: 'DEC' },
    axes: [1, 2],
    swapped: false,
    reference: { x: crpix[0], y: crpix[1] },
    center: { longitude: crval[0], latitude: crval[1] },
    matrix: cd,
    pole: { longitude: null, latitude: null },
    fiducial: null,
    distortion:
      order === 0
        ? NO_DISTORTION
        : { ...NO_DISTORTION, sip: { a: toGrid(order, a), b: toGrid(order, b), inverse: null } },
    missing: [],
  }
}
