import { AsterismError } from '../../core/errors'
import type { CellValue, ScalarValue } from '../../core/table'
import {
  countElements,
  DATATYPES,
  isComplex,
  isList,
  isText,
  type Datatype,
  type VotableField,
} from './votable-fields'

const MOST_ROWS = 20_000_000
const MOST_ELEMENTS = 2 ** 22

const damaged = (): AsterismError =>
  new AsterismError('bad-header', 'The binary data of the VOTable are damaged or cut off.')

const measure = (datatype: Datatype, count: number): number =>
  datatype === 'bit' ? Math.ceil(count / 8) : count * DATATYPES[datatype].bytes

/** Where a cell's elements are, and how many there are. */
interface Place {
  readonly at: number
  readonly count: number
  readonly end: number
}

const findCell = (view: DataView, at: number, field: VotableField): Place => {
  let start = at
  let count = countElements(field)
  if (field.variable) {
    if (at + 4 > view.byteLength) throw damaged()
    count = view.getUint32(at)
    start = at + 4
  }
  const end = start + measure(field.datatype, count)
  if (end > view.byteLength) throw damaged()
  return { at: start, count, end }
}

const keepExact = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value

const readElement = (view: DataView, at: number, { datatype, nullValue }: VotableField): ScalarValue => {
  const known = (value: number | bigint): ScalarValue =>
    nullValue !== null && String(value) === nullValue ? null : value
  switch (datatype) {
    case 'boolean': {
      const letter = String.fromCharCode(view.getUint8(at))
      return 'tT1'.includes(letter) ? true : 'fF0'.includes(letter) ? false : null
    }
    case 'unsignedByte':
      return known(view.getUint8(at))
    case 'short':
      return known(view.getInt16(at))
    case 'int':
      return known(view.getInt32(at))
    case 'long':
      return known(keepExact(view.getBigInt64(at)))
    case 'float':
    case 'floatComplex':
      return view.getFloat32(at)
    default:
      return view.getFloat64(at)
  }
}

const UTF16 = new TextDecoder('utf-16be')
const UTF8 = new TextDecoder()

const readText = (bytes: Uint8Array, field: VotableField): string => {
  const text = (field.datatype === 'unicodeChar' ? UTF16 : UTF8).decode(bytes)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

const readCell = (
  bytes: Uint8Array,
  view: DataView,
  { at, count, end }: Place,
  field: VotableField,
): CellValue => {
  const { datatype } = field
  if (count > MOST_ELEMENTS) return null
  if (isText(datatype)) {
    if (field.shape.length === 0) return readText(bytes.subarray(at, end), field)
    const width = measure(datatype, Math.max(1, field.characters ?? 1))
    return Array.from({ length: Math.floor((end - at) / width) }, (_, index) =>
      readText(bytes.subarray(at + index * width, at + (index + 1) * width), field).trimEnd(),
    )
  }
  if (datatype === 'bit') {
    // A bit alone is the highest one of its byte; some writers set another.
    if (!isList(field)) return view.getUint8(at) !== 0
    return Array.from(
      { length: count },
      (_, bit) => ((view.getUint8(at + (bit >> 3)) >> (7 - (bit & 7))) & 1) === 1,
    )
  }
  if (!isList(field)) return readElement(view, at, field)
  const size = DATATYPES[datatype].bytes / (isComplex(datatype) ? 2 : 1)
  return Array.from({ length: (end - at) / size }, (_, index) => readElement(view, at + index * size, field))
}

export interface BinaryRows {
  readonly rowCount: number
  readonly cell: (row: number, column: number) => CellValue
}

/**
 * Rows of BINARY and BINARY2 (IVOA VOTable 1.4, sections 5.3 and 5.4): cells one after the other, big-endian, those of variable length with
 * their number of elements before them; in BINARY2 a bit for each column first that says where there is no value.
 */
export const openBinaryRows = (
  bytes: Uint8Array,
  fields: readonly VotableField[],
  flagged: boolean,
): BinaryRows => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = flagged ? Math.ceil(fields.length / 8) : 0
  const starts: number[] = []
  let at = 0
  while (at < bytes.length) {
    if (starts.length >= MOST_ROWS)
      throw new AsterismError('too-large', `The table has more than ${MOST_ROWS} rows.`)
    starts.push(at)
    const before = at
    at += flags
    for (const field of fields) at = findCell(view, at, field).end
    if (at > bytes.length || at === before) throw damaged()
  }
  // Cells of a row are asked for one after the other: where they are is found once for all of them.
  let kept: { readonly row: number; readonly places: readonly Place[] } | null = null
  const placesOf = (row: number): readonly Place[] => {
    if (kept?.row === row) return kept.places
    let next = (starts[row] ?? 0) + flags
    const places = fields.map((field) => {
      const place = findCell(view, next, field)
      next = place.end
      return place
    })
    kept = { row, places }
    return places
  }
  return {
    rowCount: starts.length,
    cell: (row, column) => {
      const start = starts[row] ?? 0
      if (flagged && ((view.getUint8(start + (column >> 3)) >> (7 - (column & 7))) & 1) === 1) return null
      return readCell(bytes, view, placesOf(row)[column]!, fields[column]!)
    },
  }
}
