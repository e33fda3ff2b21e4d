import { AS_UNIT_COLUMN, findColumnFacts, type ColumnFacts, type FactsTable } from '../../core/column-facts'
import type { CellValue, ColumnType, Table, TableColumn } from '../../core/table'
import type { Row } from '../../core/work-order'

/** Rows of a query with what is known of them. */
export interface RowsToExport {
  readonly rows: readonly Row[]
  /** Names in the order wanted; all, in the order in which they first appear, when absent. */
  readonly columns?: readonly string[]
  /** Whose columns they are; null where nobody has said what they mean. */
  readonly table: FactsTable | null
  /** The table's name in formats that have one. */
  readonly name: string
  readonly notes?: readonly string[]
  /** Unit of fluxes where the rows have no column `unit`. */
  readonly unit?: string
}

const toList = (value: readonly unknown[]): string =>
  value.map((element) => (typeof element === 'string' ? element : JSON.stringify(element))).join(';')

const toText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return toList(value)
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}

const isInteger = (value: unknown): boolean => typeof value === 'bigint' || Number.isSafeInteger(value)

/** True when every value that is there can be kept as this type. */
const holds = (type: ColumnType, values: readonly unknown[]): boolean => {
  switch (type) {
    case 'boolean':
      return values.every((value) => typeof value === 'boolean')
    case 'int32':
      return values.every((value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31)
    case 'int64':
      return values.every(isInteger)
    case 'float64':
      return values.every((value) => typeof value === 'number')
    default:
      return true
  }
}

const inferType = (values: readonly unknown[]): ColumnType =>
  values.length === 0
    ? 'text'
    : ((['boolean', 'int64', 'float64'] as const).find((type) => holds(type, values)) ?? 'text')

/** As the facts have it, unless a value says otherwise. */
const chooseType = (facts: ColumnFacts | undefined, values: readonly unknown[]): ColumnType => {
  if (facts === undefined) return inferType(values)
  const type = facts.type === 'words' || facts.type === 'record' ? 'text' : facts.type
  return holds(type, values) ? type : inferType(values)
}

/** The one unit of all rows; null when they differ. */
const findRowUnit = (content: RowsToExport): string | null => {
  if (content.unit !== undefined) return content.unit
  const units = new Set(content.rows.map((row) => row['unit']))
  const [only] = units
  return units.size === 1 && typeof only === 'string' && only !== '' ? only : null
}

const isMissing = (value: unknown): boolean => value === null || value === undefined

const tabulateColumn = (content: RowsToExport, name: string, rowUnit: string | null): TableColumn => {
  const { rows, table } = content
  const facts = table === null ? undefined : findColumnFacts(table, name)
  const values = rows.map((row) => row[name])
  const type = chooseType(
    facts,
    values.filter((value) => !isMissing(value)),
  )
  const unit = facts?.unit === AS_UNIT_COLUMN ? rowUnit : (facts?.unit ?? null)
  return {
    name,
    type,
    unit: type === 'text' ? null : unit,
    description: facts?.description ?? '',
    ...(facts?.ucd === undefined ? {} : { ucd: facts.ucd }),
    ...(facts?.time === undefined || type !== 'float64' ? {} : { time: facts.time }),
    shape: [],
    cell: (row) => {
      const value = values[row]
      if (isMissing(value)) return null
      return type === 'text' ? toText(value) : (value as CellValue)
    },
  }
}

/** Rows as a table: lists as texts with ';' between, records as JSON, units and meanings from the facts of their table. */
export const tabulateRows = (content: RowsToExport): Table => {
  const { rows, name, notes } = content
  const columns = content.columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const rowUnit = findRowUnit(content)
  return {
    name,
    ...(notes === undefined ? {} : { notes }),
    rowCount: rows.length,
    columns: columns.map((column) => tabulateColumn(content, column, rowUnit)),
  }
}
