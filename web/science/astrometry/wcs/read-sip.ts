import { readNumber, type Header } from '../../../core/header'
import type { SipPolynomials } from './distortion/pixel-map'
import { makeGrid, type PolynomialGrid } from './distortion/polynomial-grid'
import { notReadable } from './not-readable'

/** The convention knows no higher order (Shupe et al. 2005, section 2). */
const HIGHEST_ORDER = 9

const readPolynomial = (header: Header, name: string): PolynomialGrid | null => {
  const order = readNumber(header, `${name}_ORDER`)
  if (order === null) return null
  if (!Number.isInteger(order) || order < 0 || order > HIGHEST_ORDER)
    throw notReadable(`there are no SIP polynomials of order ${order}`, `${name}_ORDER`)
  return makeGrid(order, (p, q) => readNumber(header, `${name}_${p}_${q}`) ?? 0)
}

/** SIP coefficients, null where there are none that are not zero. One axis may be without. */
export const readSip = (header: Header): SipPolynomials | null => {
  const none = makeGrid(0, () => 0)
  const [a, b] = [readPolynomial(header, 'A'), readPolynomial(header, 'B')]
  const isEmpty = (grid: PolynomialGrid | null): boolean =>
    grid === null || grid.coefficients.every((value) => value === 0)
  if (isEmpty(a) && isEmpty(b)) return null
  const [ap, bp] = [readPolynomial(header, 'AP'), readPolynomial(header, 'BP')]
  const inverse = isEmpty(ap) || isEmpty(bp) ? null : { a: ap!, b: bp! }
  return { a: a ?? none, b: b ?? none, inverse }
}
