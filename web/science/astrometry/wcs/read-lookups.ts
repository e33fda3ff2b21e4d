import { readNumber, readText, type Header } from '../../../core/header'
import type { LookupPair, LookupTable } from './distortion/lookup-table'

/** An image extension with corrections, as it was read: EXTNAME, EXTVER, its header and its values row by row. */
export interface WcsTable {
  readonly name: string
  readonly version: number
  readonly header: Header
  readonly width: number
  readonly height: number
  readonly values: Float32Array | Float64Array
}

/** D2IM, CPDIS and CQDIS: keyword of the kind, of its records, and the name of the extension that holds the arrays. */
export const LOOKUP_KINDS = {
  detector: { kind: 'D2IMDIS', record: 'D2IM', extension: 'D2IMARR' },
  lookup: { kind: 'CPDIS', record: 'DP', extension: 'WCSDVARR' },
  sequent: { kind: 'CQDIS', record: 'DQ', extension: 'WCSDVARR' },
} as const

/** A record such as DP1 = 'EXTVER: 2' (a keyword that occurs once for each field of it). */
const readRecord = (header: Header, keyword: string, field: string): number | null => {
  for (const card of header) {
    if (card.keyword === `${keyword}.${field}` && typeof card.value === 'number') return card.value
    if (card.keyword !== keyword || typeof card.value !== 'string') continue
    const [name, value] = card.value.split(':', 2)
    if (name?.trim() === field && value !== undefined) return Number(value)
  }
  return null
}

const toTable = ({ header, width, height, values }: WcsTable): LookupTable | null => {
  const step = [readNumber(header, 'CDELT1') ?? 1, readNumber(header, 'CDELT2') ?? 1] as const
  if (step[0] === 0 || step[1] === 0 || width < 1 || height < 1 || values.length < width * height) return null
  const read = (stem: string): readonly [number, number] => [
    (readNumber(header, `${stem}1`) ?? 0) - 1,
    (readNumber(header, `${stem}2`) ?? 0) - 1,
  ]
  return { width, height, values, reference: read('CRPIX'), origin: read('CRVAL'), step }
}

/**
 * The tables of one kind for both axes, or null where the header names none. Of a table that is not among `tables`, or of another kind of
 * correction than 'Lookup', the keyword is added to `missing`.
 */
export const readLookups = (
  header: Header,
  tables: readonly WcsTable[],
  kind: keyof typeof LOOKUP_KINDS,
  { axes, missing }: { axes: readonly [number, number]; missing: string[] },
): LookupPair | null => {
  const names = LOOKUP_KINDS[kind]
  const [x, y] = axes.map((axis) => {
    const stated = readText(header, `${names.kind}${axis}`)
    if (stated === null) return null
    const record = `${names.record}${axis}`
    const version = readRecord(header, record, 'EXTVER') ?? 1
    const found = tables.find((one) => one.name.toUpperCase() === names.extension && one.version === version)
    const straight = axes.every(
      (number, k) => (readRecord(header, record, `AXIS.${k + 1}`) ?? number) === number,
    )
    const table = stated.toUpperCase() === 'LOOKUP' && straight && found !== undefined ? toTable(found) : null
    if (table === null) missing.push(`${names.kind}${axis}`)
    return table
  })
  return (x ?? null) === null && (y ?? null) === null ? null : { x: x ?? null, y: y ?? null }
}
