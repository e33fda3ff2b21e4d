import { addLookup, type LookupPair } from './lookup-table'
import type { PixelPair } from '../pairs'
import type { PlaneMap } from './plane-map'
import { addPolynomial, type PolynomialGrid } from './polynomial-grid'

/** Simple imaging polynomials (Shupe et al. 2005, ASPC 347, 491), in pixels from the reference pixel. */
export interface SipPolynomials {
  readonly a: PolynomialGrid
  readonly b: PolynomialGrid
  /** AP and BP, an approximate inverse; null where the header has none. */
  readonly inverse: { readonly a: PolynomialGrid; readonly b: PolynomialGrid } | null
}

/** Pixels: far below what anything is measured to. */
const TOLERANCE = 1e-11

const X_PLACES = [0, 2, 3] as const
const Y_PLACES = [1, 4, 5] as const

const startIdentity = (x: number, y: number, out: Float64Array): void => {
  out[0] = x
  out[1] = y
  out[2] = 1
  out[3] = 0
  out[4] = 0
  out[5] = 1
}

const addTables = (tables: LookupPair, x: number, y: number, out: Float64Array): void => {
  if (tables.x !== null) addLookup(tables.x, x, y, out, X_PLACES)
  if (tables.y !== null) addLookup(tables.y, x, y, out, Y_PLACES)
}

/** What tables of corrections do to a place. */
export const makeTableMap = (tables: LookupPair): PlaneMap => ({
  tolerance: TOLERANCE,
  apply: (x, y, out) => {
    startIdentity(x, y, out)
    addTables(tables, x, y, out)
  },
})

/** Pixels before to pixels after SIP and CPDIS tables, both taken at the place before. AP and BP serve as a start of the inverse and no more: they are fits to it. */
export const makePixelMap = (
  sip: SipPolynomials | null,
  tables: LookupPair | null,
  reference: PixelPair<number>,
): PlaneMap => {
  const apply: PlaneMap['apply'] = (x, y, out) => {
    startIdentity(x, y, out)
    if (sip !== null) {
      addPolynomial(sip.a, x - reference.x, y - reference.y, out, X_PLACES)
      addPolynomial(sip.b, x - reference.x, y - reference.y, out, Y_PLACES)
    }
    if (tables !== null) addTables(tables, x, y, out)
  }
  const inverse = sip?.inverse ?? null
  if (inverse === null) return { tolerance: TOLERANCE, apply }
  return {
    tolerance: TOLERANCE,
    apply,
    guess: (x, y, out) => {
      startIdentity(x, y, out)
      addPolynomial(inverse.a, x - reference.x, y - reference.y, out, X_PLACES)
      addPolynomial(inverse.b, x - reference.x, y - reference.y, out, Y_PLACES)
    },
  }
}
