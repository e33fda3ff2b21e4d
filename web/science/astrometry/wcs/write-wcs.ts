import type { IrafSurface } from './distortion/iraf-surface'
import type { LookupTable } from './distortion/lookup-table'
import { findTerm, type PolynomialGrid } from './distortion/polynomial-grid'
import type { SkySystem } from '../systems/sky-system'
import { LOOKUP_KINDS } from './read-lookups'
import type { LookupPair, Wcs } from './wcs'

/** A header card as it is to be written; numbers with `floating` get a decimal point. */
export interface WcsCard {
  readonly keyword: string
  readonly value: string | number
  readonly floating?: boolean
  readonly comment?: string
}

/** An image extension that must be written with the cards: the array of a table of corrections. */
export interface WcsExtension {
  readonly cards: readonly WcsCard[]
  readonly width: number
  readonly height: number
  readonly values: Float32Array | Float64Array
}

const number = (keyword: string, value: number, comment?: string): WcsCard => ({
  keyword,
  value,
  floating: true,
  ...(comment === undefined ? {} : { comment }),
})

/** CTYPE: four letters of the name, filled up with hyphens, the projection, and what bends it. */
const nameType = (name: string, wcs: Wcs): string => {
  const { distortion, projection } = wcs
  if (projection === null) return name
  const code =
    distortion.tpv !== null
      ? 'TPV'
      : distortion.iraf !== null
        ? projection === 'ZPN'
          ? 'ZPX'
          : 'TNX'
        : projection
  return `${name.padEnd(4, '-')}-${code}${distortion.sip === null ? '' : '-SIP'}`
}

const writeSystem = (system: SkySystem): WcsCard[] => {
  switch (system.name) {
    case 'icrs':
      return [{ keyword: 'RADESYS', value: 'ICRS', comment: 'equatorial coordinate system' }]
    case 'fk5':
    case 'fk4':
    case 'fk4-no-e':
      return [
        { keyword: 'RADESYS', value: system.name.toUpperCase(), comment: 'equatorial coordinate system' },
        number('EQUINOX', system.equinox, 'equinox of the coordinates'),
      ]
    case 'ecliptic':
      return [number('EQUINOX', system.equinox, 'equinox of the coordinates')]
    case 'other':
      return /^[A-Z]+$/.test(system.title) && system.title.length > 4
        ? [{ keyword: 'RADESYS', value: system.title }]
        : []
    default:
      return []
  }
}

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

const writeIraf = (wcs: Wcs, axis: { longitude: number; latitude: number }): WcsCard[] => {
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

const writeParameters = (wcs: Wcs, axis: { longitude: number; latitude: number }): WcsCard[] => {
  const cards: WcsCard[] = []
  const { tpv, iraf } = wcs.distortion
  if (wcs.fiducial !== null) {
    const { longitude, latitude, offset } = wcs.fiducial
    for (const [m, value] of [offset ? 1 : 0, longitude, latitude].entries())
      cards.push(number(`PV${axis.longitude}_${m}`, value))
  }
  if (iraf === null)
    for (const [m, value] of wcs.parameters.entries())
      if (value !== undefined) cards.push(number(`PV${axis.latitude}_${m}`, value))
  for (const [values, on] of [
    [tpv?.longitude ?? [], axis.longitude],
    [tpv?.latitude ?? [], axis.latitude],
  ] as const)
    for (const [m, value] of values.entries())
      if (value !== 0 || m === 1) cards.push(number(`PV${on}_${m}`, value))
  if (wcs.pole.longitude !== null) cards.push(number('LONPOLE', wcs.pole.longitude))
  if (wcs.pole.latitude !== null) cards.push(number('LATPOLE', wcs.pole.latitude))
  return cards
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

interface Written {
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

/**
 * World coordinates as header cards, and the extensions that their tables need, in the standard's own keywords: a CD matrix in degrees, PV,
 * LONPOLE and LATPOLE, SIP, TPV, WAT, CPDIS, CQDIS and D2IM. astropy reads the same numbers from them. Cards of the axes that are not
 * celestial are not among them. DP and its like occur several times, once for each field.
 */
export const writeWcs = (wcs: Wcs): Written => {
  const [low, high] = wcs.axes
  const axis = wcs.swapped ? { longitude: high, latitude: low } : { longitude: low, latitude: high }
  const { distortion, names, center, matrix, reference } = wcs
  const both = [
    { number: axis.longitude, name: names.longitude, value: center.longitude, row: matrix.slice(0, 2) },
    { number: axis.latitude, name: names.latitude, value: center.latitude, row: matrix.slice(2) },
  ].toSorted((a, b) => a.number - b.number)
  // CQDIS works between PC and CDELT; with a CD matrix there would be no CDELT for it.
  const scale = distortion.sequent?.scale ?? null
  const steps = scale === null ? null : { [axis.longitude]: scale.x, [axis.latitude]: scale.y }
  const lookups = [
    writeLookups('detector', distortion.detector, wcs.axes, 1),
    writeLookups('lookup', distortion.lookup, wcs.axes, 1),
    writeLookups('sequent', distortion.sequent, [axis.longitude, axis.latitude], 3),
  ]
  return {
    cards: [
      { keyword: 'WCSAXES', value: Math.max(2, high), comment: 'number of axes' },
      ...both.map(({ number: k, name }) => ({ keyword: `CTYPE${k}`, value: nameType(name, wcs) })),
      ...both.map(({ number: k }) => ({ keyword: `CUNIT${k}`, value: 'deg' })),
      ...both.map(({ number: k, value }) => number(`CRVAL${k}`, value)),
      number(`CRPIX${low}`, reference.x + 1),
      number(`CRPIX${high}`, reference.y + 1),
      ...both.flatMap(({ number: k, row }) =>
        row.map((value, column) =>
          number(
            `${steps === null ? 'CD' : 'PC'}${k}_${wcs.axes[column]!}`,
            steps === null ? value : value / steps[k]!,
          ),
        ),
      ),
      ...(steps === null ? [] : both.map(({ number: k }) => number(`CDELT${k}`, steps[k]!))),
      ...writeSystem(wcs.system),
      ...writeParameters(wcs, axis),
      ...(distortion.sip === null
        ? []
        : [
            ...writePolynomial('A', distortion.sip.a),
            ...writePolynomial('B', distortion.sip.b),
            ...(distortion.sip.inverse === null
              ? []
              : [
                  ...writePolynomial('AP', distortion.sip.inverse.a),
                  ...writePolynomial('BP', distortion.sip.inverse.b),
                ]),
          ]),
      ...writeIraf(wcs, axis),
      ...lookups.flatMap(({ cards }) => cards),
    ],
    extensions: lookups.flatMap(({ extensions }) => extensions),
  }
}
