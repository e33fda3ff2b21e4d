import type { Table, TableColumn } from '../../core/table'
import type { QueriedColumn } from '../../core/table-query'
import { FLAG_COLUMNS, type HeldRows, type SaidOfRow } from './held-rows'
import { peekCell } from './peek-cell'

/** More rows than these are said to be there and not looked at: their order alone would be tens of megabytes. */
const MOST_ROWS = 5_000_000

const typeOf = ({ type, shape }: TableColumn): QueriedColumn['type'] => {
  if (shape?.length !== 0 || type === 'complex64' || type === 'complex128') return 'list'
  if (type === 'boolean' || type === 'bits') return 'boolean'
  return type === 'text' ? 'text' : 'number'
}

/** Names by which each column can be asked for: a second one of the same name has a number, and none hides what people say. */
const nameApart = (columns: readonly TableColumn[]): TableColumn[] => {
  const taken = new Set(FLAG_COLUMNS.map(({ name }) => name))
  return columns.map((column, index) => {
    const wish = column.name.trim() === '' ? `column_${index + 1}` : column.name
    let name = wish
    for (let times = 2; taken.has(name); times++) name = `${wish}_${times}`
    taken.add(name)
    return { ...column, name }
  })
}

/** What people said of the rows, as columns of the file's table. */
const flagColumns = (said: (row: number) => SaidOfRow | undefined): TableColumn[] => {
  const cells: Readonly<Record<string, Pick<TableColumn, 'type' | 'cell'>>> = {
    person_flags: { type: 'text', cell: (row) => said(row)?.flags.join(';') ?? null },
    person_note: { type: 'text', cell: (row) => said(row)?.note ?? null },
    flagged: { type: 'boolean', cell: (row) => (said(row)?.flags.length ?? 0) > 0 },
  }
  return FLAG_COLUMNS.flatMap(({ name, description }) => {
    const cell = cells[name]
    return cell === undefined ? [] : [{ name, unit: null, description, shape: [], ...cell }]
  })
}

/**
 * The rows of a table that came with a file. Nothing is copied: a cell is read when a filter, a sort or the page asks for it.
 * @param said what people said of the row with this number
 */
export const holdFileRows = (table: Table, said: (row: number) => SaidOfRow | undefined): HeldRows => {
  const own = nameApart(table.columns)
  const count = Math.min(table.rowCount, MOST_ROWS)
  let current = 0
  // One object for all rows, whose members read the cell of the row that it stands for.
  const view: Record<string, unknown> = {}
  const show = (name: string, read: () => unknown): void => {
    Object.defineProperty(view, name, { enumerable: true, get: read })
  }
  for (const { name, cell } of own) show(name, () => cell(current))
  show('person_flags', () => said(current)?.flags ?? [])
  show('person_note', () => said(current)?.note ?? null)
  show('flagged', () => (said(current)?.flags.length ?? 0) > 0)
  return {
    columns: [
      ...own.map((column): QueriedColumn => {
        const { name, unit, description } = column
        return { name, type: typeOf(column), unit, description }
      }),
      ...FLAG_COLUMNS,
    ],
    count,
    cut: table.rowCount > count,
    rowAt: (number) => {
      current = number
      return view
    },
    showRow: (number) => ({
      ...Object.fromEntries(own.map(({ name, type, cell }) => [name, peekCell(cell(number), type)])),
      person_flags: said(number)?.flags ?? [],
      person_note: said(number)?.note ?? null,
      flagged: (said(number)?.flags.length ?? 0) > 0,
    }),
    table: { ...table, rowCount: count, columns: [...own, ...flagColumns(said)] },
  }
}
