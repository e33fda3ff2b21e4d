import { LOOKUP_KINDS } from './read-lookups'
import type { IrafSurface } from './distortion/iraf-surface'
import type { LookupPair, LookupTable } from './distortion/lookup-table'
import { findTerm, type PolynomialGrid } from './distortion/polynomial-grid'
import { number, type WcsCard, type WcsExtension } from './wcs-card'
import type { Wcs } from './wcs'

const writePolynomial = (name: string, { order, coefficients }: PolynomialGrid): WcsCard[] => {
  const cards: WcsCard[] = [{ keyword: `${name}_ORDER`, value: order, comment: 'order of the polynomial' }]
  for (let p = 0; p <= order; p++)
    for (let q = 0; p + q <= order; q++) {
      const value = coefficients[findTerm(order, p, q)]!
      if (value !== 0) cards.push(number(`${name}_${p}_${q}`, value))
    }
  return cards
}

const KINDS = { chebyshev: 1, legendre: 2, polynomial: 3 } as const
const CROSS = { none: 0, full: 1, half: 2 } as const

/** WATi_nnn: the text of a surface in pieces of 68 characters. */
const writeSurface = (
  axis: number,
  [type, axtype, name]: readonly [string, string, string],
  surface: IrafSurface | null,
  radius: string,
): WcsCard[] => {
  let text = `wtype=${type} axtype=${axtype} ${radius}`
  if (surface !== null) {
    const { kind, xOrder, yOrder, cross, range, coefficients } = surface
    const head = [KINDS[kind], xOrder, yOrder, CROSS[cross]].map((value) => `${value}.`)
    text += `${name} = "${[...head, ...range.x, ...range.y, ...coefficients].join(' ')}"`
  }
  return Array.from({ length: Math.ceil(text.length / 68) }, (_, k) => ({
    keyword: `WAT${axis}_${String(k + 1).padStart(3, '0')}`,
    value: text.slice(68 * k, 68 * k + 68),
  }))
}

/** TNX and ZPX. */
export const writeIraf = (wcs: Wcs, axis: { longitude: number; latitude: number }): WcsCard[] => {
  const { iraf } = wcs.distortion
  if (iraf === null) return []
  const type = wcs.projection === 'ZPN' ? 'zpx' : 'tnx'
  const radius = type === 'zpx' ? wcs.parameters.map((value, m) => `projp${m}=${value ?? 0} `).join('') : ''
  return [
    { keyword: 'WAT0_001', value: 'system=image' },
    ...writeSurface(axis.longitude, [type, 'ra', 'lngcor'], iraf.longitude, radius),
    ...writeSurface(axis.latitude, [type, 'dec', 'latcor'], iraf.latitude, radius),
  ]
}

/** A table as an extension, in the header's convention of counting from one. */
const writeTable = (name: string, version: number, table: LookupTable): WcsExtension => ({
  width: table.width,
  height: table.height,
  values: table.values,
  cards: [
    { keyword: 'EXTNAME', value: name },
    { keyword: 'EXTVER', value: version },
    ...[0, 1].flatMap((k) => [
      number(`CRPIX${k + 1}`, table.reference[k]! + 1),
      number(`CRVAL${k + 1}`, table.origin[k]! + 1),
      number(`CDELT${k + 1}`, table.step[k]!),
    ]),
  ],
})

export interface Written {
  readonly cards: WcsCard[]
  readonly extensions: WcsExtension[]
}

/** Cards and arrays of one kind of tables. */
const writeLookups = (
  kind: keyof typeof LOOKUP_KINDS,
  pair: LookupPair | null,
  axes: readonly [number, number],
  firstVersion: number,
): Written => {
  const written: Written = { cards: [], extensions: [] }
  if (pair === null) return written
  const names = LOOKUP_KINDS[kind]
  for (const [k, table] of [pair.x, pair.y].entries()) {
    if (table === null) continue
    const version = firstVersion + k
    const axis = axes[k]!
    written.cards.push({ keyword: `${names.kind}${axis}`, value: 'Lookup' })
    for (const [field, value] of [
      ['EXTVER', version],
      ['NAXES', 2],
      ['AXIS.1', axes[0]],
      ['AXIS.2', axes[1]],
    ] as const)
      written.cards.push({ keyword: `${names.record}${axis}`, value: `${field}: ${value}` })
    written.extensions.push(writeTable(names.extension, version, table))
  }
  return written
}

/** A and B, and AP and BP where there are any. */
export const writeSip = (sip: Wcs['distortion']['sip']): WcsCard[] =>
  sip === null
    ? []
    : [
        ...writePolynomial('A', sip.a),
        ...writePolynomial('B', sip.b),
        ...(sip.inverse === null
          ? []
          : [...writePolynomial('AP', sip.inverse.a), ...writePolynomial('BP', sip.inverse.b)]),
      ]

/** The tables of all three kinds; those after the matrix count along longitude and latitude. */
export const writeTables = (
  { detector, lookup, sequent }: Wcs['distortion'],
  axes: readonly [number, number],
  skyAxes: readonly [number, number],
): Written => {
  const all = [
    writeLookups('detector', detector, axes, 1),
    writeLookups('lookup', lookup, axes, 1),
    // CPDIS has the first two versions of the same extension.
    writeLookups('sequent', sequent, skyAxes, 3),
  ]
  return { cards: all.flatMap(({ cards }) => cards), extensions: all.flatMap(({ extensions }) => extensions) }
}
