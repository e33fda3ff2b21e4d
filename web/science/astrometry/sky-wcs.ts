import { readNumber, readText, type Header } from '../../core/header'
import type { Point } from '../../core/image'
import { degrees, type Degrees } from '../../core/units'

export interface SkyPosition {
  readonly rightAscension: Degrees
  readonly declination: Degrees
}

/** Polynomial: sum of coefficient * u^p * v^q. */
export type Polynomial = readonly { readonly p: number; readonly q: number; readonly coefficient: number }[]

/** A gnomonic world coordinate system as a header states it. */
export interface SkyWcs {
  /** The frame that right ascension and declination are in; FK5 J2000 and ICRS agree to 0.03 arcseconds. */
  readonly system: 'icrs' | 'fk5' | 'fk4' | 'other'
  /** Years; null for ICRS. */
  readonly equinox: number | null
  /** Reference pixel, 0-based. */
  readonly reference: Point
  readonly center: SkyPosition
  /** Degrees per pixel: [xi by x, xi by y, eta by x, eta by y], xi towards east. */
  readonly matrix: readonly [number, number, number, number]
  /** Degrees: LONPOLE. */
  readonly poleLongitude: number
  readonly distortion: { readonly a: Polynomial; readonly b: Polynomial } | null
  /** True when the header also names lookup tables (CPDIS, CQDIS, D2IM), which are not applied: commonly a pixel or less. */
  readonly approximate: boolean
}

export const RADIAN = Math.PI / 180
const UNITS: ReadonlyMap<string, number> = new Map([
  ['deg', 1],
  ['degree', 1],
  ['degrees', 1],
  ['arcmin', 1 / 60],
  ['arcsec', 1 / 3600],
  ['rad', 1 / RADIAN],
])

/**
 * The world coordinates of the first two axes when they are RA/DEC in TAN or TAN-SIP, else null: other projections, TPV (also as PV on a
 * TAN without SIP), SIP of an order beyond 9 and headers without the keywords are left to be solved. CRPIX and CRVAL that are absent are 0, as the standard says.
 * Source: Calabretta & Greisen 2002, A&A 395, 1077; Greisen & Calabretta 2002, A&A 395, 1061 (CD, PC, CROTA); Shupe et al. 2005 (SIP).
 */
export const readSkyWcs = (header: Header): SkyWcs | null => {
  const types = [readText(header, 'CTYPE1') ?? '', readText(header, 'CTYPE2') ?? '']
  const swapped = types[0]!.startsWith('DEC') && types[1]!.startsWith('RA')
  const [first, second] = swapped ? [types[1]!, types[0]!] : [types[0]!, types[1]!]
  const projection = /^RA---TAN(-SIP)?$/.exec(first)
  if (projection === null || !/^DEC--TAN(-SIP)?$/.test(second)) return null
  if (!isOrdered(header)) return null
  const distortion = readDistortion(header)
  if (
    distortion === null &&
    header.some((card) => /^PV[12]_\d+$/.test(card.keyword) && isPolynomialTerm(header, card.keyword))
  )
    return null
  const crpix = [readNumber(header, 'CRPIX1') ?? 0, readNumber(header, 'CRPIX2') ?? 0]
  const crval = [readNumber(header, 'CRVAL1') ?? 0, readNumber(header, 'CRVAL2') ?? 0]
  const linear = readMatrix(header)
  if (linear === null) return null
  const factors = ['CUNIT1', 'CUNIT2'].map((keyword) =>
    UNITS.get((readText(header, keyword) ?? 'deg').toLowerCase()),
  )
  if (factors.some((factor) => factor === undefined)) return null
  const [f1, f2] = factors as [number, number]
  const rows = [linear[0] * f1, linear[1] * f1, linear[2] * f2, linear[3] * f2] as const
  const matrix = swapped ? ([rows[2], rows[3], rows[0], rows[1]] as const) : rows
  if (!(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) > 0)) return null
  const [ra, dec] = swapped ? [crval[1]! * f2, crval[0]! * f1] : [crval[0]! * f1, crval[1]! * f2]
  return {
    ...readSystem(header),
    reference: { x: crpix[0]! - 1, y: crpix[1]! - 1 },
    center: { rightAscension: degrees(ra), declination: degrees(dec) },
    matrix,
    poleLongitude: readNumber(header, 'LONPOLE') ?? (dec >= 90 ? 0 : 180),
    distortion,
    approximate: header.some((card) => /^(C[PQ]DIS|D2IMDIS)\d$/.test(card.keyword)),
  }
}

/** PVi_1 = 1 alone is the identity, and PV1_0 to PV1_4 = zeros say nothing of a polynomial. */
const isPolynomialTerm = (header: Header, keyword: string): boolean => {
  const value = readNumber(header, keyword)
  return value !== null && value !== (keyword.endsWith('_1') ? 1 : 0)
}

const readSystem = (header: Header): Pick<SkyWcs, 'system' | 'equinox'> => {
  const equinox = readNumber(header, 'EQUINOX') ?? readNumber(header, 'EPOCH')
  const name = readText(header, 'RADESYS') ?? readText(header, 'RADECSYS')
  if (name === null) return { system: equinox === null ? 'icrs' : equinox < 1984 ? 'fk4' : 'fk5', equinox }
  const known = (['icrs', 'fk5', 'fk4'] as const).find((system) => system === name.toLowerCase())
  return { system: known ?? 'other', equinox: known === 'icrs' ? null : equinox }
}

const readMatrix = (header: Header): readonly [number, number, number, number] | null => {
  const cells = ['1_1', '1_2', '2_1', '2_2']
  const cd = cells.map((cell) => readNumber(header, `CD${cell}`))
  if (cd.some((value) => value !== null))
    return cd.map((value) => value ?? 0) as [number, number, number, number]
  const [dx, dy] = [readNumber(header, 'CDELT1'), readNumber(header, 'CDELT2')]
  if (dx === null || dy === null) return null
  const pc = cells.map(
    (cell) =>
      readNumber(header, `PC${cell}`) ?? readNumber(header, `PC${cell.replace(/(\d)_(\d)/, '00$100$2')}`),
  )
  if (pc.some((value) => value !== null)) {
    const [a, b, c, d] = pc.map((value, k) => value ?? (k === 0 || k === 3 ? 1 : 0)) as [
      number,
      number,
      number,
      number,
    ]
    return [a * dx, b * dx, c * dy, d * dy]
  }
  const rotation = (readNumber(header, 'CROTA2') ?? readNumber(header, 'CROTA1') ?? 0) * RADIAN
  return [dx * Math.cos(rotation), -dy * Math.sin(rotation), dx * Math.sin(rotation), dy * Math.cos(rotation)]
}

/** The convention knows no higher one (Shupe et al. 2005, section 2). */
const HIGHEST_ORDER = 9

const readOrder = (header: Header, name: 'A' | 'B'): number => readNumber(header, `${name}_ORDER`) ?? 0

/** Whether SIP coefficients are of an order that there is; of any other the header cannot be meant. */
const isOrdered = (header: Header): boolean =>
  (['A', 'B'] as const).every((name) => {
    const order = readOrder(header, name)
    return Number.isInteger(order) && order >= 0 && order <= HIGHEST_ORDER
  })

const readDistortion = (header: Header): SkyWcs['distortion'] => {
  const read = (name: 'A' | 'B'): Polynomial => {
    const order = readOrder(header, name)
    const terms: { p: number; q: number; coefficient: number }[] = []
    for (let p = 0; p <= order; p++) {
      for (let q = 0; p + q <= order; q++) {
        const coefficient = readNumber(header, `${name}_${p}_${q}`) ?? 0
        if (coefficient !== 0) terms.push({ p, q, coefficient })
      }
    }
    return terms
  }
  const [a, b] = [read('A'), read('B')]
  return a.length + b.length > 0 ? { a, b } : null
}
