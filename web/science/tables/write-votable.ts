import type { CellValue, ColumnType, ScalarValue, Table, TableColumn, TimeFrame } from '../../core/table'

const DATATYPE: Readonly<Record<ColumnType, string>> = {
  boolean: 'boolean',
  bits: 'bit',
  uint8: 'unsignedByte',
  int16: 'short',
  int32: 'int',
  int64: 'long',
  float32: 'float',
  float64: 'double',
  complex64: 'floatComplex',
  complex128: 'doubleComplex',
  text: 'char',
}

/** What XML 1.0 can hold at all, with its own signs written out. */
const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const formatFloat = (value: number): string =>
  Number.isNaN(value)
    ? 'NaN'
    : value === Infinity
      ? '+Inf'
      : value === -Infinity
        ? '-Inf'
        : Object.is(value, -0)
          ? '-0'
          : String(value)

interface Field {
  readonly column: TableColumn
  readonly datatype: string
  readonly arraysize: string | null
  readonly nullValue: string | null
}

const elementsOf = (cell: CellValue): readonly ScalarValue[] =>
  typeof cell === 'object' && cell !== null ? cell : [cell]

/** Several texts in a cell stand in one with ';' between: of arrays of texts most readers know nothing. */
const joinTexts = (cell: CellValue): string =>
  elementsOf(cell)
    .map((value) => (value === null ? '' : String(value)))
    .join(';')

/** A value of this type that no cell has; an array has no other way to say that an element is missing. */
const chooseNull = (column: TableColumn, rowCount: number): string | null => {
  const lowest = { uint8: null, int16: -32_768n, int32: -2_147_483_648n, int64: -(2n ** 63n) }
  if (!(column.type in lowest)) return null
  const used = new Set<string>()
  let missing = false
  for (let row = 0; row < rowCount; row++)
    for (const value of elementsOf(column.cell(row))) {
      if (value === null) missing = true
      else used.add(String(value))
    }
  if (!missing) return null
  const start = lowest[column.type as keyof typeof lowest]
  if (start === null) {
    for (let value = 255; value >= 0; value--) if (!used.has(String(value))) return String(value)
    return null
  }
  let value = start
  while (used.has(String(value))) value++
  return String(value)
}

/** Whole numbers beyond 2^63 have no type there: they go as text, digit by digit. */
const exceedsLong = (column: TableColumn, rowCount: number): boolean => {
  if (column.type !== 'int64') return false
  for (let row = 0; row < rowCount; row++)
    if (elementsOf(column.cell(row)).some((value) => typeof value === 'bigint' && value >= 2n ** 63n))
      return true
  return false
}

const planText = (column: TableColumn, rowCount: number): Field => {
  let unicode = false
  for (let row = 0; row < rowCount && !unicode; row++) {
    const text = joinTexts(column.cell(row))
    for (let at = 0; at < text.length && !unicode; at++) unicode = text.charCodeAt(at) > 127
  }
  return { column, datatype: unicode ? 'unicodeChar' : 'char', arraysize: '*', nullValue: null }
}

const planField = (column: TableColumn, rowCount: number): Field => {
  if (column.type === 'text' || exceedsLong(column, rowCount)) return planText(column, rowCount)
  const { shape } = column
  return {
    column,
    datatype: DATATYPE[column.type],
    arraysize: shape === null ? '*' : shape.length === 0 ? null : shape.join('x'),
    nullValue: chooseNull(column, rowCount),
  }
}

const formatScalar = (value: ScalarValue, field: Field): string => {
  const { type } = field.column
  if (type === 'bits') return value ? '1' : '0'
  if (type === 'boolean') return value === null ? '?' : value ? 'T' : 'F'
  if (value === null) return field.nullValue ?? (type.startsWith('float') ? 'NaN' : '')
  return typeof value === 'number' ? formatFloat(value) : String(value)
}

const formatCell = (cell: CellValue, field: Field): string => {
  if (cell === null) return field.column.type === 'boolean' ? '?' : ''
  if (field.datatype === 'char' || field.datatype === 'unicodeChar') return escapeXml(joinTexts(cell))
  return elementsOf(cell)
    .map((value) => formatScalar(value, field))
    .join(' ')
}

const timeId = ({ scale, place }: TimeFrame): string => `time_${scale}_${place}`.toLowerCase()

const describeTimes = (columns: readonly TableColumn[]): string[] => {
  const frames = new Map(
    columns.flatMap(({ time }) => (time === undefined ? [] : [[timeId(time), time] as const])),
  )
  return [...frames].map(
    ([id, { scale, place }]) =>
      `<TIMESYS ID="${id}" timescale="${scale}" refposition="${place}" timeorigin="JD-origin"/>`,
  )
}

const describeField = ({ column, datatype, arraysize, nullValue }: Field, id: string): string => {
  const attributes = [
    `ID="${id}"`,
    `name="${escapeXml(column.name)}"`,
    `datatype="${datatype}"`,
    ...(arraysize === null ? [] : [`arraysize="${arraysize}"`]),
    ...(column.unit === null ? [] : [`unit="${escapeXml(column.unit)}"`]),
    ...(column.ucd === undefined ? [] : [`ucd="${escapeXml(column.ucd)}"`]),
    ...(column.time === undefined ? [] : [`ref="${timeId(column.time)}"`]),
  ].join(' ')
  const inner = [
    ...(column.description === '' ? [] : [`<DESCRIPTION>${escapeXml(column.description)}</DESCRIPTION>`]),
    ...(nullValue === null ? [] : [`<VALUES null="${nullValue}"/>`]),
  ].join('')
  return inner === '' ? `<FIELD ${attributes}/>` : `<FIELD ${attributes}>${inner}</FIELD>`
}

/** Readers call a column by its ID: its name where that can be one, else its number. */
const chooseIds = (columns: readonly TableColumn[]): string[] => {
  const taken = new Set([
    'table',
    ...columns.flatMap(({ time }) => (time === undefined ? [] : [timeId(time)])),
  ])
  return columns.map(({ name }, index) => {
    const id = /^[A-Za-z_][\w.-]*$/.test(name) && !taken.has(name) ? name : `column_${index + 1}`
    taken.add(id)
    return id
  })
}

/**
 * A table as VOTable 1.4 (IVOA recommendation, 2019) with its data as TABLEDATA. Columns of Julian dates point to a TIMESYS.
 */
export const writeVotable = (table: Table): string => {
  const fields = table.columns.map((column) => planField(column, table.rowCount))
  const notes = table.notes ?? []
  const ids = chooseIds(table.columns)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">',
    '<RESOURCE type="results">',
    ...describeTimes(table.columns),
    `<TABLE ID="table"${table.name === null ? '' : ` name="${escapeXml(table.name)}"`} nrows="${table.rowCount}">`,
    ...(notes.length === 0 ? [] : [`<DESCRIPTION>${escapeXml(notes.join('\n'))}</DESCRIPTION>`]),
    ...fields.map((field, index) => describeField(field, ids[index] ?? '')),
    '<DATA><TABLEDATA>',
  ]
  for (let row = 0; row < table.rowCount; row++)
    lines.push(
      `<TR>${fields.map((field) => `<TD>${formatCell(field.column.cell(row), field)}</TD>`).join('')}</TR>`,
    )
  return [...lines, '</TABLEDATA></DATA>', '</TABLE>', '</RESOURCE>', '</VOTABLE>', ''].join('\n')
}
