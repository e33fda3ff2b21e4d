import type { CatalogueBand, CatalogueStars } from '../../core/catalogue'
import type { CellValue, Table, TableColumn } from '../../core/table'
import type { CatalogueColumns } from './guess-columns'

/** Rows that are read: a catalogue of the whole sky is not held as a table. */
const MOST_ROWS = 5_000_000

const SEXAGESIMAL =
  /^([+-]?)\s*(\d{1,3})[\s:hd°]+(\d{1,2}(?:\.\d*)?)(?:[\s:m'′]+(\d{1,2}(?:\.\d*)?))?[\s"″s'′m]*$/i
const LONGEST = 60

/** Units of the number (hours or degrees) that a cell says, and whether it was written as sexagesimal text. NaN for anything else. */
const readAngle = (value: CellValue): { readonly value: number; readonly sexagesimal: boolean } => {
  if (typeof value === 'number') return { value, sexagesimal: false }
  if (typeof value === 'bigint') return { value: Number(value), sexagesimal: false }
  if (typeof value !== 'string' || value.length > LONGEST) return { value: Number.NaN, sexagesimal: false }
  const text = value.trim().replace('−', '-')
  const match = SEXAGESIMAL.exec(text)
  if (match === null) return { value: text === '' ? Number.NaN : Number(text), sexagesimal: false }
  const [whole, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  if (minutes >= 60 || seconds >= 60) return { value: Number.NaN, sexagesimal: true }
  const size = whole + minutes / 60 + seconds / 3600
  return { value: match[1] === '-' ? -size : size, sexagesimal: true }
}

const toNumber = (value: CellValue | undefined): number => {
  if (typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : Number.NaN
}

const subtract = (a: Float32Array | undefined, b: Float32Array | undefined, count: number): Float32Array =>
  a === undefined || b === undefined
    ? new Float32Array(count).fill(Number.NaN)
    : a.map((value, at) => value - b[at]!)

const SYSTEM = 'as the file has it'

/**
 * A table's rows as stars. Right ascensions written with hours, minutes and seconds are hours, plain numbers what the choice says. Rows
 * without a place in the sky are left out and counted; magnitudes that cannot be (99.99 stands for none in many files) are NaN.
 */
export const tableToStars = (
  table: Table,
  columns: CatalogueColumns,
): { readonly stars: CatalogueStars; readonly left: number } => {
  const named = new Map(table.columns.map((column) => [column.name, column]))
  const find = (name: string | null): TableColumn | undefined => (name === null ? undefined : named.get(name))
  const [ra, dec] = [find(columns.rightAscension), find(columns.declination)]
  const count = Math.min(table.rowCount, MOST_ROWS)
  const rows: number[] = []
  const [east, north]: [number[], number[]] = [[], []]
  for (let row = 0; row < count; row++) {
    const [a, d] = [readAngle(ra?.cell(row) ?? null), readAngle(dec?.cell(row) ?? null)]
    const angle = a.sexagesimal || columns.hours ? a.value * 15 : a.value
    if (!(angle >= -180 && angle <= 360 && Math.abs(d.value) <= 90)) continue
    rows.push(row)
    east.push(angle < 0 ? angle + 360 : angle % 360)
    north.push(d.value)
  }
  const read = (column: TableColumn | undefined, least: number, most: number, unit = 1): Float32Array =>
    Float32Array.from(rows, (row) => {
      const value = toNumber(column?.cell(row)) * unit
      return value >= least && value <= most ? value : Number.NaN
    })
  const bands = columns.magnitudes.map(({ name, magnitude, error }): CatalogueBand => ({
    name,
    system: SYSTEM,
    magnitude: read(find(magnitude), -30, 40),
    error: read(find(error), 0, 10),
  }))
  const valueOf = (wanted: string): Float32Array | undefined =>
    bands.find(({ name }) => name === wanted)?.magnitude
  const [blue, visual] = [valueOf('Bmag'), valueOf('Vmag')]
  const colour = find(columns.colour)
  const unit = columns.motion?.unit === 'arcsec' ? 1000 : 1
  const identifier = find(columns.identifier)
  return {
    left: table.rowCount - rows.length,
    stars: {
      rightAscension: Float64Array.from(east),
      declination: Float64Array.from(north),
      magnitude: bands[0]?.magnitude ?? new Float32Array(rows.length).fill(Number.NaN),
      colour: colour === undefined ? subtract(blue, visual, rows.length) : read(colour, -5, 15),
      motion:
        columns.motion === null
          ? null
          : {
              east: read(find(columns.motion.east), -20_000, 20_000, unit),
              north: read(find(columns.motion.north), -20_000, 20_000, unit),
            },
      epoch: columns.epoch,
      ...(identifier === undefined
        ? {}
        : { identifiers: rows.map((row) => String(identifier.cell(row) ?? '').trim()) }),
      bands,
    },
  }
}
