import type { CatalogueBand, CatalogueStars } from '../../core/catalogue'
import { AsterismError } from '../../core/errors'
import type { CellValue, Table, TableColumn } from '../../core/table'

import type { CatalogueSource, SourceColumn, SourceTable } from './catalogue-sources'

/** Nothing in the sky moves faster, milliarcseconds a year. */
const FASTEST = 20_000
/** Rows without a place in the sky, of all, beyond which the answer is not believed. */
const MOST_AWRY = 0.5

const refuse = (source: CatalogueSource, what: string): AsterismError =>
  new AsterismError(
    'bad-catalogue',
    `The answer of the service for ${source.title} is not what was asked for: ${what}. Try again later, or choose another catalogue.`,
    { catalogue: source.id },
  )

/** Some services write `g_mag` where the table says `g'mag`. */
const asIdentifier = (name: string): string => name.replaceAll(/\W/g, '_')

const createFind = (table: Table) => {
  const exact = new Map(table.columns.map((column) => [column.name, column]))
  const loose = new Map(table.columns.map((column) => [asIdentifier(column.name), column]))
  return ({ name }: SourceColumn): TableColumn | undefined => exact.get(name) ?? loose.get(asIdentifier(name))
}

const toNumber = (value: CellValue): number => {
  if (typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : Number.NaN
}

const within = (value: number, least: number, most: number): number =>
  value >= least && value <= most ? value : Number.NaN

const ANGLES: Readonly<Record<string, number>> = { deg: 3_600_000, arcsec: 1000, mas: 1, uas: 0.001 }
const MAGNITUDES: Readonly<Record<string, number>> = {
  mag: 1,
  mmag: 0.001,
  cmag: 0.01,
  '0.01mag': 0.01,
  '10-2mag': 0.01,
}

/** Of the wanted unit in one of the column's, where the column says it; else what is known of the source. */
const unitOf = (
  column: TableColumn | undefined,
  known: Readonly<Record<string, number>>,
  otherwise: number,
): number => {
  const unit = (column?.unit ?? '').replaceAll(/\s/g, '')
  return Object.hasOwn(known, unit) ? (known[unit] ?? otherwise) : otherwise
}

/** Places of the rows that have a place in the sky. */
const findRows = (table: Table, ra: TableColumn, dec: TableColumn): number[] => {
  const rows: number[] = []
  for (let row = 0; row < table.rowCount; row++) {
    const [east, north] = [toNumber(ra.cell(row)), toNumber(dec.cell(row))]
    if (east >= 0 && east <= 360 && north >= -90 && north <= 90) rows.push(row)
  }
  return rows
}

/**
 * The table of a service's answer as stars. Rows without a place in the sky are left out and counted; a magnitude, an error or a motion that
 * cannot be is NaN. What the source has and the answer lacks, but for places and the first band, is just not there.
 */
export const readReply = (
  table: Table,
  source: CatalogueSource,
  from: SourceTable,
): { readonly stars: CatalogueStars; readonly left: number } => {
  const find = createFind(table)
  const [ra, dec] = [find(from.rightAscension), find(from.declination)]
  const brightness = find(from.bands[0].magnitude)
  if (ra === undefined || dec === undefined || brightness === undefined) {
    const missing = [from.rightAscension, from.declination, from.bands[0].magnitude].filter(
      (column) => find(column) === undefined,
    )
    throw refuse(source, `it has no column ${missing.map(({ name }) => name).join(', ')}`)
  }
  const rows = findRows(table, ra, dec)
  const left = table.rowCount - rows.length
  if (left > 0 && left >= table.rowCount * MOST_AWRY)
    throw refuse(source, `${left} of ${table.rowCount} rows have no place in the sky`)
  const read = (column: TableColumn | undefined, least: number, most: number, unit = 1): Float32Array =>
    Float32Array.from(rows, (row) =>
      column === undefined ? Number.NaN : within(toNumber(column.cell(row)) * unit, least, most),
    )
  const motion = from.motion
  const [east, north] = [motion && find(motion.east), motion && find(motion.north)]
  const { errors, parallax } = from
  const bands = from.bands.flatMap(({ name, system, magnitude, error, errorUnit = 1 }): CatalogueBand[] => {
    const column = find(magnitude)
    if (column === undefined) return []
    const errorColumn = error === null ? undefined : find(error)
    return [
      {
        name,
        system,
        magnitude: read(column, -30, 40),
        error: read(errorColumn, 0, 10, unitOf(errorColumn, MAGNITUDES, errorUnit)),
      },
    ]
  })
  const valueOf = (name: string): Float32Array | undefined =>
    bands.find((band) => band.name === name)?.magnitude
  const [blue, visual] = [valueOf('Bmag'), valueOf('Vmag')]
  const names = from.identifier.flatMap((column) => find(column) ?? [])
  const errorsOf = (pair: { readonly east: SourceColumn; readonly north: SourceColumn; unit: number }) => {
    const [eastColumn, northColumn] = [find(pair.east), find(pair.north)]
    return {
      east: read(eastColumn, 0, 60_000, unitOf(eastColumn, ANGLES, pair.unit)),
      north: read(northColumn, 0, 60_000, unitOf(northColumn, ANGLES, pair.unit)),
    }
  }
  return {
    left,
    stars: {
      rightAscension: Float64Array.from(rows, (row) => toNumber(ra.cell(row)) % 360),
      declination: Float64Array.from(rows, (row) => toNumber(dec.cell(row))),
      magnitude: bands[0]?.magnitude ?? read(brightness, -30, 40),
      colour: Float32Array.from(rows, (_, at) =>
        blue === undefined || visual === undefined ? Number.NaN : blue[at]! - visual[at]!,
      ),
      motion:
        east && north ? { east: read(east, -FASTEST, FASTEST), north: read(north, -FASTEST, FASTEST) } : null,
      epoch: source.epoch,
      identifiers: rows.map((row) => names.map((column) => String(column.cell(row) ?? '')).join('-')),
      ...(errors === null ? {} : { positionErrors: errorsOf(errors) }),
      ...(motion === null
        ? {}
        : {
            motionErrors: {
              east: read(find(motion.eastError), 0, FASTEST),
              north: read(find(motion.northError), 0, FASTEST),
            },
          }),
      ...(parallax === null
        ? {}
        : {
            parallax: {
              value: read(find(parallax.value), -1000, 1000),
              error: read(find(parallax.error), 0, 1000),
            },
          }),
      bands,
    },
  }
}
