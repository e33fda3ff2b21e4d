import type { SourceColumn, SourceTable } from './catalogue-sources'
import type { Cone } from './search-cone'

/** What is asked of a service. */
export interface CatalogueRequest {
  readonly table: SourceTable
  readonly cone: Cone
  /** Magnitude in the first band; null for all. */
  readonly faintest: number | null
  /** Rows at most; the brightest are given. */
  readonly most: number
  /** Without errors, motions and parallaxes: for a service whose table has other columns than are known here. */
  readonly plain?: boolean
}

const columnsOf = ({ table, plain = false }: CatalogueRequest): SourceColumn[] => {
  const { identifier, rightAscension, declination, errors, motion, parallax, bands } = table
  const magnitudes = bands.map(({ magnitude }) => magnitude)
  if (plain) return [rightAscension, declination, ...magnitudes]
  return [
    ...identifier,
    rightAscension,
    declination,
    ...(errors === null ? [] : [errors.east, errors.north]),
    ...(motion === null ? [] : [motion.east, motion.north, motion.eastError, motion.northError]),
    ...(parallax === null ? [] : [parallax.value, parallax.error]),
    ...bands.flatMap(({ magnitude, error }) => (error === null ? [magnitude] : [magnitude, error])),
  ]
}

/** A decimal number that no server reads in another way: no exponent, no more digits than an angle needs, no zero below zero. */
const write = (value: number, decimals: number): string => {
  const text = value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
  return text === '-0' ? '0' : text
}

/**
 * Names as ADQL takes them. In quotes they are case-sensitive, and they have to be: VizieR has tables with both `gmag` and `Gmag`. Those of
 * ESA's archive are plain, with the schema before a point.
 */
const createQuote =
  (plain: boolean) =>
  (name: string): string =>
    plain ? name : `"${name.replaceAll('"', '""')}"`

/**
 * A cone with a limit of magnitude as ADQL 2.0 (IVOA recommendation 2008): the brightest `most` stars, brightest first. Angles in degrees,
 * ICRS.
 */
export const buildAdql = (request: CatalogueRequest): string => {
  const { table, cone, faintest, most } = request
  const quote = createQuote(table.service === 'gaia')
  const [ra, dec] = [quote(table.rightAscension.name), quote(table.declination.name)]
  const magnitude = quote(table.bands[0].magnitude.name)
  const columns = columnsOf(request).map(({ name, expression }) =>
    expression === undefined ? quote(name) : `${expression} AS ${name}`,
  )
  const centre = `${write(cone.rightAscension, 7)}, ${write(cone.declination, 7)}`
  return [
    `SELECT TOP ${most} ${columns.join(', ')}`,
    `FROM ${quote(table.table)}`,
    `WHERE 1 = CONTAINS(POINT('ICRS', ${ra}, ${dec}), CIRCLE('ICRS', ${centre}, ${write(cone.radius, 7)}))`,
    ...(faintest === null ? [] : [`AND ${magnitude} <= ${write(faintest, 3)}`]),
    `ORDER BY ${magnitude}`,
  ].join(' ')
}

/** The body of a synchronous query to a TAP service (IVOA TAP 1.1), as a form, which a browser may post to any server without asking first. */
export const buildTapForm = (request: CatalogueRequest): URLSearchParams =>
  new URLSearchParams({
    REQUEST: 'doQuery',
    LANG: 'ADQL',
    // ESA's archive packs its `votable`.
    FORMAT: request.table.service === 'gaia' ? 'votable_plain' : 'votable',
    MAXREC: String(request.most),
    QUERY: buildAdql(request),
  })

/**
 * The same question in the words of VizieR's older interface (Astronomical Server URL, CDS), which its mirrors have too: parameters of an
 * address whose answer is text with tabs between.
 */
export const buildAsuQuery = (request: CatalogueRequest): URLSearchParams => {
  const { table, cone, faintest, most } = request
  const magnitude = table.bands[0].magnitude.name
  const dec = write(cone.declination, 7)
  return new URLSearchParams({
    '-source': table.table,
    '-c': `${write(cone.rightAscension, 7)} ${dec.startsWith('-') ? dec : `+${dec}`}`,
    '-c.eq': 'J2000',
    '-c.rd': write(cone.radius, 7),
    '-oc.form': 'dec',
    '-out': columnsOf(request)
      .map(({ name }) => name)
      .join(','),
    ...(faintest === null ? {} : { [magnitude]: `<=${write(faintest, 3)}` }),
    '-sort': magnitude,
    '-out.max': String(most),
  })
}
