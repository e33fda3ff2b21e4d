import { AsterismError } from '../../core/errors'
import { readNumber } from '../../core/header'
import type { CellValue, ScalarValue, Table, TableColumn } from '../../core/table'
import { chooseElementKind, readCharacters, type ElementKind } from './binary-elements'
import { ELEMENT_BYTES, measureElements, parseBinaryForm, shapeCells, type BinaryForm } from './binary-form'
import type { Hdu } from './list-hdus'
import { nameField, readTableFields, readTableName, readTableSize, type TableField } from './table-fields'

/** A table of a FITS file. What of it cannot be read is null, and a warning says what and how much. */
export interface FitsTable extends Table {
  readonly warnings: readonly string[]
}

/** A cell of more elements than these is not made into a list: its column says so in a warning and its cells are null. */
const MOST_ELEMENTS = 2 ** 22
/** So many descriptors of variable-length columns are looked at when the table is opened. */
const MOST_CHECKED = 1_000_000

/** The bytes of a table and where its rows and its heap lie in them. */
interface Layout {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly rows: number
  readonly rowLength: number
  readonly rowCount: number
  /** First byte of the heap and first one after the data unit. */
  readonly heap: number
  readonly end: number
}

interface Column {
  readonly field: TableField
  readonly form: BinaryForm
  /** Bytes from the start of a row. */
  readonly offset: number
}

const openLayout = (bytes: Uint8Array, hdu: Hdu): Layout => {
  const { rowLength, rowCount } = readTableSize(hdu)
  const gap = readNumber(hdu.header, 'THEAP') ?? rowLength * rowCount
  const inside = Number.isInteger(gap) && gap >= 0 && gap <= hdu.dataLength
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    rows: hdu.dataOffset,
    rowLength,
    rowCount,
    heap: hdu.dataOffset + (inside ? gap : rowLength * rowCount),
    end: hdu.dataOffset + hdu.dataLength,
  }
}

const placeColumns = (hdu: Hdu, rowLength: number): { readonly columns: Column[]; readonly used: number } => {
  let used = 0
  const columns = readTableFields(hdu).map((field): Column => {
    const form = parseBinaryForm(field.form, field.number)
    const column = { field, form, offset: used }
    used += form.width
    return column
  })
  if (used > rowLength)
    throw new AsterismError(
      'bad-header',
      `The columns of HDU ${hdu.index} need ${used} bytes and its rows have ${rowLength}. The header is damaged.`,
      { hdu: hdu.index, used, rowLength },
    )
  return { columns, used }
}

/** Values of one cell, from their first byte on; complex numbers are pairs. */
const readValues = (
  view: DataView,
  at: number,
  form: BinaryForm,
  kind: ElementKind,
  count: number,
): ScalarValue[] => {
  const { element } = form
  if (element === 'X')
    return Array.from({ length: count }, (_, bit) => kind.read(view, at + (bit >> 3), bit & 7))
  const complex = element === 'C' || element === 'M'
  const size = complex ? ELEMENT_BYTES[element] / 2 : ELEMENT_BYTES[element]
  return Array.from({ length: complex ? 2 * count : count }, (_, index) =>
    kind.read(view, at + index * size, 0),
  )
}

const describeColumn = ({ field }: Column, type: TableColumn['type'], shape: TableColumn['shape']) => ({
  name: nameField(field),
  type,
  unit: field.unit,
  description: field.description,
  shape,
})

const multiply = (sides: readonly number[]): number => sides.reduce((product, side) => product * side, 1)

const openFixed = (layout: Layout, column: Column): TableColumn => {
  const { form, field, offset } = column
  const { view, rows, rowLength, bytes } = layout
  const { shape, stringWidth } = shapeCells(form, field)
  const count = multiply(shape)
  const placeOf = (row: number): number => rows + row * rowLength + offset
  if (form.element === 'A') {
    const textAt = (at: number): string => readCharacters(bytes.subarray(at, at + stringWidth))
    const cell = (row: number): CellValue =>
      shape.length === 0
        ? textAt(placeOf(row))
        : Array.from({ length: count }, (_, index) => textAt(placeOf(row) + index * stringWidth))
    return { ...describeColumn(column, 'text', shape), cell: count > MOST_ELEMENTS ? () => null : cell }
  }
  const kind = chooseElementKind(form.element, field)
  const described = describeColumn(column, kind.type, shape)
  if (count > MOST_ELEMENTS) return { ...described, cell: () => null }
  if (shape.length > 0 || form.element === 'C' || form.element === 'M')
    return { ...described, cell: (row) => readValues(view, placeOf(row), form, kind, count) }
  return { ...described, cell: (row) => kind.read(view, placeOf(row), 0) }
}

/** Where the values of a cell of a variable-length column are; null where they are said to lie outside the heap. */
const findValues = (
  { view, rows, rowLength, heap, end }: Layout,
  { form, offset }: Column,
  row: number,
): { readonly at: number; readonly count: number } | null => {
  const place = rows + row * rowLength + offset
  const wide = form.descriptor === 'Q'
  const count = wide ? Number(view.getBigInt64(place)) : view.getInt32(place)
  const start = wide ? Number(view.getBigInt64(place + 8)) : view.getInt32(place + 4)
  if (count === 0) return { at: heap, count }
  if (count < 0 || start < 0 || heap + start + measureElements(form.element, count) > end) return null
  return { at: heap + start, count }
}

const openVariable = (layout: Layout, column: Column): TableColumn => {
  const { form, field } = column
  if (form.element === 'A') {
    const cell = (row: number): CellValue => {
      const found = findValues(layout, column, row)
      if (found === null || found.count > MOST_ELEMENTS) return null
      return readCharacters(layout.bytes.subarray(found.at, found.at + found.count))
    }
    return { ...describeColumn(column, 'text', []), cell }
  }
  const kind = chooseElementKind(form.element, field)
  return {
    ...describeColumn(column, kind.type, null),
    cell: (row) => {
      const found = findValues(layout, column, row)
      if (found === null || found.count > MOST_ELEMENTS) return null
      return readValues(layout.view, found.at, form, kind, found.count)
    },
  }
}

/** A column without bytes: each cell is the empty list, or the empty text. */
const openEmpty = (column: Column): TableColumn => {
  const { form, field } = column
  if (form.element === 'A') return { ...describeColumn(column, 'text', []), cell: () => '' }
  const { type } = chooseElementKind(form.element, field)
  return { ...describeColumn(column, type, [0]), cell: () => [] }
}

const openColumn = (layout: Layout, column: Column): TableColumn => {
  if (column.form.repeat === 0) return openEmpty(column)
  return column.form.descriptor === null ? openFixed(layout, column) : openVariable(layout, column)
}

const warnOfColumn = (layout: Layout, column: Column): string[] => {
  const { form, field } = column
  const name = nameField(field)
  if (form.descriptor === null || form.repeat === 0) {
    return form.element !== 'A' && form.repeat > MOST_ELEMENTS
      ? [`The cells of column ${name} have ${form.repeat} elements each, too many to be shown.`]
      : []
  }
  let [damaged, large] = [0, 0]
  const checked = Math.min(layout.rowCount, MOST_CHECKED)
  for (let row = 0; row < checked; row++) {
    const found = findValues(layout, column, row)
    if (found === null) damaged++
    else if (found.count > MOST_ELEMENTS) large++
  }
  const warnings: string[] = []
  if (damaged > 0)
    warnings.push(
      `${damaged} cells of column ${name} point outside the table and are empty: the file is damaged.`,
    )
  if (large > 0) warnings.push(`${large} cells of column ${name} have too many elements to be shown.`)
  return warnings
}

/**
 * A binary table (FITS standard 7.3) whose cells are read when they are asked for. `hdu` is one of `listHdus(bytes)`. All types of
 * columns, TDIM, TSCAL and TZERO, TNULL, variable-length columns through the heap wherever THEAP puts it. Nothing is allocated by
 * what the header claims, and no cell is read from outside the data unit.
 */
export const readBinaryTable = (bytes: Uint8Array, hdu: Hdu): FitsTable => {
  const layout = openLayout(bytes, hdu)
  const { columns, used } = placeColumns(hdu, layout.rowLength)
  const unused = layout.rowLength - used
  return {
    name: readTableName(hdu),
    rowCount: layout.rowCount,
    columns: columns.map((column) => openColumn(layout, column)),
    warnings: [
      ...(unused > 0 ? [`${unused} bytes of each row belong to no column and are left out.`] : []),
      ...columns.flatMap((column) => warnOfColumn(layout, column)),
    ],
  }
}
