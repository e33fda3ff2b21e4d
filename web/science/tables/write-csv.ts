import type { CellValue, ScalarValue, Table } from '../../core/table'

const formatScalar = (value: ScalarValue): string => (value === null ? '' : String(value))

/** One field by RFC 4180: quoted when it holds a comma, a quote or a line break; elements of a cell with ';' between. */
const formatCsvCell = (cell: CellValue): string => {
  const text =
    typeof cell === 'object' && cell !== null ? cell.map(formatScalar).join(';') : formatScalar(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

/** A table as CSV: its notes as comment lines, then a line of names and one for each row; numbers with all their digits. */
export const writeCsv = (table: Table): string => {
  const { columns } = table
  const lines = (table.notes ?? []).map((note) => `# ${oneLine(note)}`)
  lines.push(columns.map(({ name }) => formatCsvCell(name)).join(','))
  for (let row = 0; row < table.rowCount; row++)
    lines.push(columns.map(({ cell }) => formatCsvCell(cell(row))).join(','))
  return [...lines, ''].join('\r\n')
}
