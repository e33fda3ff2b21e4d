import { toAsterismError, type AsterismError } from '../core/errors'
import type { FileTableFormat, FileTableRecord } from '../core/file-table'
import type { HeaderCard } from '../core/header'
import { idFromHash } from '../core/ids'
import type { Table } from '../core/table'
import { hasPixels, hasTable, listHdus, readTable, type FitsTable, type Hdu } from '../science/fits'
import { readDelimited } from '../science/tables/read-delimited'
import { readEcsv } from '../science/tables/read-ecsv'
import { readVotable } from '../science/tables/read-votable'
import { bytesIdOf, warnOfChecksums, type FileToRead } from './read-exposure'

export interface ReadFileTables {
  readonly tables: FileTableRecord[]
  /** Of those that have one: cards under the id of the table. */
  readonly headers: { readonly id: string; readonly cards: HeaderCard[] }[]
  /** Of tables that cannot be read at all. */
  readonly errors: AsterismError[]
}

/** Where a table lies in its file. */
interface Place {
  readonly format: FileTableFormat
  readonly hdu: number
  /** Whether its number is part of its name. */
  readonly numbered: boolean
  readonly first: boolean
}

const describeTable = (
  file: FileToRead,
  table: Table & { readonly warnings?: readonly string[] },
  { format, hdu, numbered, first }: Place,
): FileTableRecord => {
  const fileName = file.path.split('/').at(-1) ?? file.path
  const fileId = idFromHash('table', file.sha256)
  return {
    id: first ? fileId : `${fileId}-${hdu}`,
    name: numbered ? `${fileName}[${hdu}]` : fileName,
    path: file.path,
    sha256: file.sha256,
    batch: file.batch,
    format,
    bytesId: bytesIdOf(file.sha256),
    hdu,
    title: table.name,
    rows: table.rowCount,
    columns: table.columns.map(({ name, type, unit, shape }) => ({ name, type, unit, shape })),
    warnings: table.warnings ?? [],
    ingestedAt: file.now ?? Date.now(),
  }
}

const formatOf = (hdu: Hdu): FileTableFormat => (hdu.kind === 'ascii-table' ? 'fits-ascii' : 'fits-binary')

/**
 * The tables of a FITS file: one for each HDU that holds one, with its header. The first has an id made from the file's hash, a further one
 * the id with `-hdu`; where a file holds more than one thing, the names have the number of the HDU.
 */
export const readFitsTables = (file: FileToRead): ReadFileTables => {
  const hdus = listHdus(file.bytes)
  const found = hdus.filter(hasTable)
  const numbered = found.length > 1 || hdus.some(hasPixels)
  const tables: FileTableRecord[] = []
  const headers: { id: string; cards: HeaderCard[] }[] = []
  const errors: AsterismError[] = []
  for (const hdu of found) {
    try {
      const table: FitsTable = readTable(file.bytes, hdu)
      if (table.columns.length === 0) continue
      const warnings = [...table.warnings, ...warnOfChecksums(file.bytes, hdu)]
      const place = { format: formatOf(hdu), hdu: hdu.index, numbered, first: tables.length === 0 }
      const record = describeTable(file, { ...table, warnings }, place)
      tables.push(record)
      headers.push({ id: record.id, cards: hdu.header })
    } catch (error) {
      errors.push(toAsterismError(error))
    }
  }
  return { tables, headers, errors }
}

/** Tables of a text: the one of CSV or ECSV, all of a VOTable. Throws where it holds none. */
export const readTextTables = (file: FileToRead, format: 'csv' | 'ecsv' | 'votable'): ReadFileTables => {
  const read = (): Table[] => {
    if (format === 'votable') return readVotable(file.bytes)
    return [format === 'ecsv' ? readEcsv(file.bytes) : readDelimited(file.bytes)]
  }
  const found = read()
  const tables = found.map((table, index) =>
    describeTable(file, table, { format, hdu: index, numbered: found.length > 1, first: index === 0 }),
  )
  return { tables, headers: [], errors: [] }
}
