import type { Table } from '../../core/table'
import { assembleHdu, formatCards, type CardsToWrite } from './assemble-hdu'
import { encodeTable, type EncodedColumn } from './encode-table'
import { formatCard, toAscii } from './format-card'
import { formatLayout, formatName, keptInherit } from './write-image'

/** A table of a file, always as an extension. */
export interface TableHdu extends CardsToWrite {
  readonly kind: 'table'
  readonly table: Table
  readonly name?: string
}

/** Keywords of columns that this writer sets, and those of a table that was packed. TDISP stays: it is only how numbers are shown. */
const COLUMN_KEYWORD =
  /^(?:(?:TTYPE|TFORM|TUNIT|TDIM|TNULL|TSCAL|TZERO|TBCOL|TCOMM|TUCD|ZFORM|ZCTYP)\d+|ZTABLE|ZTILELEN|ZTHEAP)$/

/** Keywords that the standard knows for pictures and random groups only. What an original says there is kept as a comment. */
const NOT_FOR_TABLES = /^(?:BUNIT|PTYPE\d+|PSCAL\d+|PZERO\d+)$/

const formatForeign = ({ header = [] }: CardsToWrite): string[] =>
  header
    .filter(({ keyword }) => NOT_FOR_TABLES.test(keyword))
    .map(({ raw }) => formatCard({ keyword: 'COMMENT', value: null, comment: toAscii(raw.trimEnd()) }))

const formatColumn = (encoded: EncodedColumn, index: number): string[] => {
  const { column, form, dim, zero, nullValue } = encoded
  const at = index + 1
  const cards = [
    formatCard({ keyword: `TTYPE${at}`, value: column.name }),
    formatCard({ keyword: `TFORM${at}`, value: form }),
  ]
  if (column.unit !== null) cards.push(formatCard({ keyword: `TUNIT${at}`, value: column.unit }))
  if (dim !== null) cards.push(formatCard({ keyword: `TDIM${at}`, value: dim }))
  if (zero !== null)
    // Beyond what a double tells apart, so it is written by hand.
    cards.push(`TZERO${at}`.padEnd(8).concat('= ', zero.padStart(20)).padEnd(80))
  if (nullValue !== null) cards.push(`TNULL${at}`.padEnd(8).concat('= ', nullValue.padStart(20)).padEnd(80))
  if (column.ucd !== undefined) cards.push(formatCard({ keyword: `TUCD${at}`, value: column.ucd }))
  if (column.description !== '') cards.push(formatCard({ keyword: `TCOMM${at}`, value: column.description }))
  if (column.time !== undefined) {
    cards.push(
      formatCard({ keyword: `TCTYP${at}`, value: column.time.scale, comment: 'scale of time' }),
      formatCard({ keyword: `TCUNI${at}`, value: 'd' }),
    )
    // The place of the telescope is what the standard takes where nothing is said.
    if (column.time.place !== 'TOPOCENTER')
      cards.push(formatCard({ keyword: `TRPOS${at}`, value: column.time.place }))
  }
  return cards
}

const formatTimes = (table: Table): string[] => {
  const first = table.columns.find(({ time }) => time !== undefined)?.time
  if (first === undefined) return []
  return [
    formatCard({ keyword: 'TIMESYS', value: first.scale, comment: 'of columns that say no other' }),
    formatCard({ keyword: 'JDREF', value: 0, floating: true, comment: 'times are Julian dates' }),
    formatCard({ keyword: 'TIMEUNIT', value: 'd' }),
  ]
}

/** One table as a BINTABLE (FITS standard 7.3), with what its columns mean (TUNIT, TUCD, TCOMM) and in which scale its times are. */
export const writeTableHdu = (hdu: TableHdu): Uint8Array[] => {
  const { table } = hdu
  const keepsName = hdu.header?.some(({ keyword, value }) => keyword === 'EXTNAME' && value !== null) === true
  const name = hdu.name ?? (keepsName ? undefined : (table.name ?? undefined))
  const { columns, rowLength, heapLength, bytes } = encodeTable(table)
  const first = formatCard({ keyword: 'XTENSION', value: 'BINTABLE', comment: 'binary table' })
  const layout = formatLayout(first, { axes: [rowLength, table.rowCount], bitpix: 8 }, [
    formatCard({ keyword: 'PCOUNT', value: heapLength, comment: 'bytes of the heap' }),
    formatCard({ keyword: 'GCOUNT', value: 1 }),
    formatCard({ keyword: 'TFIELDS', value: columns.length, comment: 'columns' }),
  ])
  const notes = (table.notes ?? []).map((note) =>
    formatCard({ keyword: 'COMMENT', value: null, comment: note }),
  )
  return assembleHdu(
    [
      ...layout,
      ...columns.flatMap(formatColumn),
      ...formatName(name),
      ...keptInherit(hdu),
      ...formatTimes(table),
      ...notes,
      ...formatCards(
        hdu,
        (keyword) =>
          COLUMN_KEYWORD.test(keyword) ||
          NOT_FOR_TABLES.test(keyword) ||
          (name !== undefined && keyword === 'EXTNAME'),
      ),
      ...formatForeign(hdu),
    ],
    bytes,
  )
}
