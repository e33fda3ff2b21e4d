import type { CellValue, ColumnType, ScalarValue, Table, TableColumn } from '../../core/table'

/** Names of the types in ECSV 1.0; bits are kept as truths. */
const DATATYPE: Readonly<Record<ColumnType, string>> = {
  boolean: 'bool',
  bits: 'bool',
  uint8: 'uint8',
  int16: 'int16',
  int32: 'int32',
  int64: 'int64',
  float32: 'float32',
  float64: 'float64',
  complex64: 'float32',
  complex128: 'float64',
  text: 'string',
}

/** Complex numbers have no type there: they are arrays with one axis more, of real and imaginary part. */
const splitComplex = (column: TableColumn): TableColumn =>
  column.type === 'complex64' || column.type === 'complex128'
    ? { ...column, shape: column.shape === null ? null : [2, ...column.shape] }
    : column

/** JSON's strings are strings of YAML too. */
const quoteYaml = (text: string): string => JSON.stringify(text)

/** Beyond 2^63 a whole number fits unsigned only. */
const datatypeOf = (column: TableColumn, rowCount: number): string => {
  if (column.type !== 'int64') return DATATYPE[column.type]
  for (let row = 0; row < rowCount; row++) {
    const cell = column.cell(row)
    const elements = typeof cell === 'object' && cell !== null ? cell : [cell]
    if (elements.some((value) => typeof value === 'bigint' && value >= 2n ** 63n)) return 'uint64'
  }
  return DATATYPE.int64
}

const describeColumn = (column: TableColumn, rowCount: number): string => {
  const datatype = datatypeOf(column, rowCount)
  const fields = [`name: ${quoteYaml(column.name)}`]
  if (column.unit !== null) fields.push(`unit: ${quoteYaml(column.unit)}`)
  if (column.shape?.length === 0) fields.push(`datatype: ${datatype}`)
  else {
    // Cells that are arrays stand as JSON in a column of text. The last axis is the fastest here.
    const shape = column.shape === null ? 'null' : [...column.shape].reverse().join(',')
    fields.push('datatype: string', `subtype: ${quoteYaml(`${datatype}[${shape}]`)}`)
  }
  if (column.description !== '') fields.push(`description: ${quoteYaml(column.description)}`)
  const meta: string[] = []
  if (column.ucd !== undefined) meta.push(`ucd: ${quoteYaml(column.ucd)}`)
  if (column.time !== undefined)
    meta.push(
      `time_scale: ${column.time.scale}`,
      `time_place: ${column.time.place}`,
      'time_origin: JD-origin',
    )
  if (meta.length > 0) fields.push(`meta: {${meta.join(', ')}}`)
  return `# - {${fields.join(', ')}}`
}

const formatFloat = (value: number): string =>
  Number.isNaN(value)
    ? 'nan'
    : value === Infinity
      ? 'inf'
      : value === -Infinity
        ? '-inf'
        : Object.is(value, -0)
          ? '-0.0'
          : String(value)

const quoteField = (text: string): string =>
  /[",\r\n\s]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text

const formatScalar = (value: ScalarValue): string => {
  if (value === null) return ''
  if (typeof value === 'number') return formatFloat(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'bigint' ? String(value) : quoteField(value)
}

const toJson = (value: ScalarValue): string =>
  typeof value === 'bigint'
    ? String(value)
    : typeof value === 'number' && !Number.isFinite(value)
      ? Number.isNaN(value)
        ? 'NaN'
        : value > 0
          ? 'Infinity'
          : '-Infinity'
      : JSON.stringify(value)

/** First axis fastest, as lists in lists. */
const nestJson = (elements: readonly string[], shape: readonly number[]): string => {
  if (shape.length <= 1) return `[${elements.join(',')}]`
  const slices = shape.at(-1) ?? 0
  const size = shape.slice(0, -1).reduce((product, side) => product * side, 1)
  const inner = Array.from({ length: slices }, (_, slice) =>
    nestJson(elements.slice(slice * size, (slice + 1) * size), shape.slice(0, -1)),
  )
  return `[${inner.join(',')}]`
}

const formatArray = (cell: readonly ScalarValue[], column: TableColumn): string => {
  const shape = column.shape ?? [cell.length]
  const elements = cell.map(toJson)
  return quoteField(nestJson(elements, shape))
}

const formatCell = (cell: CellValue, column: TableColumn): string => {
  if (typeof cell !== 'object' || cell === null) {
    if (column.type === 'bits' && cell !== null) return cell ? 'True' : 'False'
    return formatScalar(cell)
  }
  return formatArray(column.type === 'bits' ? cell.map(Boolean) : cell, column)
}

/**
 * A table as ECSV 1.0 (Astropy Proposal for Enhancement 6): names, types, units and descriptions in a YAML header, then CSV.
 * A missing value is an empty field. UCDs and scales of time are in the `meta` of their columns, notes in the comments.
 */
export const writeEcsv = (source: Table): string => {
  const columns = source.columns.map(splitComplex)
  const lines = ['# %ECSV 1.0', '# ---', "# delimiter: ','", '# datatype:']
  lines.push(...columns.map((column) => describeColumn(column, source.rowCount)))
  const notes = source.notes ?? []
  if (source.name !== null || notes.length > 0) {
    lines.push('# meta: !!omap')
    if (source.name !== null) lines.push(`# - {name: ${quoteYaml(source.name)}}`)
    if (notes.length > 0) lines.push('# - comments:', ...notes.map((note) => `#   - ${quoteYaml(note)}`))
  }
  lines.push('# schema: astropy-2.0', columns.map(({ name }) => quoteField(name)).join(','))
  for (let row = 0; row < source.rowCount; row++)
    lines.push(columns.map((column) => formatCell(column.cell(row), column)).join(','))
  return [...lines, ''].join('\n')
}
