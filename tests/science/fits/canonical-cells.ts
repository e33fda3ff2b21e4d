import { createHash } from 'node:crypto'
import type { CellValue, ScalarValue, TableColumn } from '../../../web/core/table'

const numberText = (value: number): string => {
  if (Number.isNaN(value)) return 'fnan'
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value === 0 ? 0 : value)
  return `f${view.getBigUint64(0).toString(16).padStart(16, '0')}`
}

const FLOATS: readonly string[] = ['float32', 'float64', 'complex64', 'complex128']

const elementText = (value: ScalarValue, type: TableColumn['type']): string => {
  if (value === null) return 'n'
  if (typeof value === 'boolean') return value ? 'T' : 'F'
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'bigint' || !FLOATS.includes(type)) return String(value)
  return numberText(value)
}

/** A cell as `tests/golden/fits/table_canon.py` writes it. */
export const cellText = (value: CellValue, type: TableColumn['type']): string =>
  Array.isArray(value)
    ? `[${value.map((each: ScalarValue) => elementText(each, type)).join(',')}]`
    : elementText(value as ScalarValue, type)

export const hashCells = (column: TableColumn, rows: number): string => {
  const texts = Array.from({ length: rows }, (_, row) => cellText(column.cell(row), column.type))
  return createHash('sha256').update(texts.join(';')).digest('hex')
}
