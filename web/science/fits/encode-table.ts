import type { CellValue, ColumnType, ScalarValue, Table, TableColumn } from '../../core/table'
import { padBlock } from './assemble-hdu'
import { toAscii } from './format-card'

/** Letter of the form and bytes of one element; texts are counted in characters, bits apart. */
const FORMS: Readonly<Record<ColumnType, readonly [string, number]>> = {
  boolean: ['L', 1],
  bits: ['X', 1],
  uint8: ['B', 1],
  int16: ['I', 2],
  int32: ['J', 4],
  int64: ['K', 8],
  float32: ['E', 4],
  float64: ['D', 8],
  complex64: ['C', 8],
  complex128: ['M', 16],
  text: ['A', 1],
}
const HALF_64 = 2n ** 63n

export interface EncodedColumn {
  readonly column: TableColumn
  readonly form: string
  readonly dim: string | null
  /** TZERO, of whole numbers beyond 2^63 only. */
  readonly zero: string | null
  readonly nullValue: string | null
}

interface Plan extends EncodedColumn {
  readonly type: ColumnType
  readonly cells: readonly (readonly ScalarValue[])[]
  /** Elements of a cell; null where cells differ in length and lie in the heap. */
  readonly count: number | null
  readonly textWidth: number
}

const INTEGERS: readonly ColumnType[] = ['uint8', 'int16', 'int32', 'int64']
const LOWEST: Partial<Record<ColumnType, bigint>> = {
  uint8: 0n,
  int16: -32_768n,
  int32: -2_147_483_648n,
  int64: -HALF_64,
}
const HIGHEST_BYTE = 255n

const listElements = (cell: CellValue): readonly ScalarValue[] =>
  typeof cell === 'object' && cell !== null ? cell : [cell]

/** A whole number of the type that no cell has; for bytes from the top down, and null where all 256 are in use. */
const findUnused = (cells: Plan['cells'], type: ColumnType): bigint | null => {
  const used = new Set(cells.flat().map(String))
  if (type === 'uint8') {
    for (let value = HIGHEST_BYTE; value >= 0n; value--) if (!used.has(String(value))) return value
    return null
  }
  let value = LOWEST[type] ?? 0n
  while (used.has(String(value))) value++
  return value
}

const planIntegers = (
  column: TableColumn,
  cells: Plan['cells'],
): Pick<Plan, 'type' | 'zero' | 'nullValue'> => {
  const missing = cells.some((cell) => cell.includes(null))
  const beyond = cells.some((cell) => cell.some((value) => typeof value === 'bigint' && value >= HALF_64))
  // The null of an unsigned column is its highest stored value: 2^64 - 1 is the rarest to be right.
  if (beyond)
    return { type: 'int64', zero: String(HALF_64), nullValue: missing ? String(HALF_64 - 1n) : null }
  if (!missing) return { type: column.type, zero: null, nullValue: null }
  const unused = findUnused(cells, column.type)
  if (unused !== null) return { type: column.type, zero: null, nullValue: String(unused) }
  // Every byte is in use: one step wider there is room.
  return { type: 'int16', zero: null, nullValue: String(LOWEST['int16']) }
}

const isComplex = (type: ColumnType): boolean => type === 'complex64' || type === 'complex128'

const formOf = (plan: Omit<Plan, 'form' | 'dim'>): Pick<Plan, 'form' | 'dim'> => {
  const { column, type, cells, count, textWidth } = plan
  const [letter] = FORMS[type]
  const shape = column.shape ?? []
  if (count === null) {
    const longest = cells.reduce((most, cell) => Math.max(most, elementCount(cell, type)), 0)
    return { form: `1P${letter}(${longest})`, dim: null }
  }
  if (type === 'text') {
    const dim = shape.length === 0 ? null : `(${[textWidth, ...shape].join(',')})`
    return { form: `${textWidth * count}A`, dim }
  }
  return { form: `${count}${letter}`, dim: shape.length > 1 ? `(${shape.join(',')})` : null }
}

/** Elements of a cell as FITS counts them: a complex number is one, a text is its characters. */
const elementCount = (cell: readonly ScalarValue[], type: ColumnType): number =>
  isComplex(type)
    ? cell.length / 2
    : type === 'text'
      ? cell.reduce<number>((sum, value) => sum + toAscii(String(value ?? '')).length, 0)
      : cell.length

const planColumn = (column: TableColumn, rowCount: number): Plan => {
  const cells = Array.from({ length: rowCount }, (_, row) => listElements(column.cell(row)))
  if (column.type === 'bits' && column.shape === null)
    return { ...planColumn({ ...column, type: 'boolean' }, rowCount), column }
  const textWidth =
    column.type === 'text'
      ? cells.flat().reduce<number>((most, value) => Math.max(most, toAscii(String(value ?? '')).length), 1)
      : 0
  const count = column.shape === null ? null : column.shape.reduce((product, side) => product * side, 1)
  const integers = INTEGERS.includes(column.type)
    ? planIntegers(column, cells)
    : { type: column.type, zero: null, nullValue: null }
  const plan = { column, cells, count, textWidth, ...integers }
  return { ...plan, ...formOf(plan) }
}

const cellBytes = (plan: Plan): number => {
  if (plan.count === null) return 8
  if (plan.type === 'text') return plan.textWidth * plan.count
  return plan.type === 'bits' ? Math.ceil(plan.count / 8) : plan.count * FORMS[plan.type][1]
}

const writeTexts = (bytes: Uint8Array, at: number, cell: readonly ScalarValue[], width: number): void => {
  cell.forEach((value, index) => {
    const text = toAscii(String(value ?? ''))
    for (let place = 0; place < text.length; place++)
      bytes[at + index * width + place] = text.charCodeAt(place)
  })
}

const toInteger = (value: ScalarValue, plan: Plan): bigint =>
  value === null
    ? BigInt(plan.nullValue ?? 0)
    : BigInt(typeof value === 'bigint' ? value : Math.round(Number(value))) - BigInt(plan.zero ?? 0)

/** Elements of a cell one after another, big-endian. */
const writeCell = (view: DataView, at: number, cell: readonly ScalarValue[], plan: Plan): void => {
  const { type } = plan
  const bytes = new Uint8Array(view.buffer)
  switch (type) {
    case 'text':
      writeTexts(bytes, at, cell, plan.textWidth)
      return
    case 'boolean':
      // A truth that is not known is a zero byte.
      cell.forEach((value, index) => (bytes[at + index] = value === null ? 0 : value ? 0x54 : 0x46))
      return
    case 'bits':
      cell.forEach((value, index) => {
        if (value) bytes[at + (index >> 3)]! |= 0x80 >> (index & 7)
      })
      return
    case 'uint8':
      cell.forEach((value, index) => view.setUint8(at + index, Number(value ?? plan.nullValue)))
      return
    case 'int16':
      cell.forEach((value, index) => view.setInt16(at + 2 * index, Number(value ?? plan.nullValue)))
      return
    case 'int32':
      cell.forEach((value, index) => view.setInt32(at + 4 * index, Number(value ?? plan.nullValue)))
      return
    case 'int64':
      cell.forEach((value, index) => view.setBigInt64(at + 8 * index, toInteger(value, plan)))
      return
    case 'float32':
    case 'complex64':
      cell.forEach((value, index) => view.setFloat32(at + 4 * index, value === null ? NaN : Number(value)))
      return
    case 'float64':
    case 'complex128':
      cell.forEach((value, index) => view.setFloat64(at + 8 * index, value === null ? NaN : Number(value)))
  }
}

const heapBytes = (cell: readonly ScalarValue[], type: ColumnType): number =>
  elementCount(cell, type) * FORMS[type][1]

export interface EncodedTable {
  readonly columns: readonly EncodedColumn[]
  /** NAXIS1. */
  readonly rowLength: number
  /** PCOUNT. */
  readonly heapLength: number
  /** Rows, then the heap, padded to whole blocks. */
  readonly bytes: Uint8Array
}

/**
 * Rows and heap of a binary table (FITS standard 7.3). A missing whole number is a TNULL that no cell has, a missing float is NaN, a
 * missing truth a zero byte, a missing text empty. Whole numbers from 2^63 on are stored unsigned by TZERO. Texts are ASCII there.
 * Lists of bits that differ in length become lists of truths, since many readers know no others in the heap.
 */
export const encodeTable = (table: Table): EncodedTable => {
  const plans = table.columns.map((column) => planColumn(column, table.rowCount))
  const rowLength = plans.reduce((sum, plan) => sum + cellBytes(plan), 0)
  const heapStart = rowLength * table.rowCount
  const heapLength = plans
    .filter(({ count }) => count === null)
    .reduce((sum, { cells, type }) => sum + cells.reduce((own, cell) => own + heapBytes(cell, type), 0), 0)
  const bytes = new Uint8Array(padBlock(heapStart + heapLength))
  const view = new DataView(bytes.buffer)
  let offset = 0
  let heap = 0
  for (const plan of plans) {
    for (const [row, cell] of plan.cells.entries()) {
      const at = row * rowLength + offset
      if (plan.count !== null) writeCell(view, at, cell, plan)
      else {
        view.setInt32(at, elementCount(cell, plan.type))
        view.setInt32(at + 4, heap)
        writeCell(view, heapStart + heap, cell, plan)
        heap += heapBytes(cell, plan.type)
      }
    }
    offset += cellBytes(plan)
  }
  return { columns: plans, rowLength, heapLength, bytes }
}
