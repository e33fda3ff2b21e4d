import { AsterismError } from '../../core/errors'
import type { CellValue, ColumnType, ScalarValue, Table } from '../../core/table'
import { parseFlow, type FlowValue } from './parse-flow'
import { keepRow, readRecord } from './read-delimited'
import { decodeText, splitRecords } from './split-lines'
import { parseScalar } from './text-cells'

const damaged = (detail: string): AsterismError =>
  new AsterismError('bad-header', `The ECSV table is damaged: ${detail}.`)

const TYPES: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>(
  Object.entries({
    bool: 'boolean',
    int8: 'int16',
    uint8: 'uint8',
    int16: 'int16',
    uint16: 'int32',
    int32: 'int32',
    uint32: 'int64',
    int64: 'int64',
    uint64: 'int64',
    float16: 'float32',
    float32: 'float32',
    float64: 'float64',
    float128: 'float64',
    complex64: 'complex64',
    complex128: 'complex128',
    complex256: 'complex128',
    string: 'text',
    str: 'text',
  } as const),
)

interface EcsvColumn {
  readonly name: string
  readonly type: ColumnType
  readonly unit: string | null
  readonly description: string
  readonly format: 'scalar' | 'array' | 'json'
  /** First axis fastest; null where cells differ. */
  readonly shape: readonly number[] | null
}

/** What a file says is shown as long as a person reads. */
const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const textOf = (value: FlowValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

const readColumn = (entry: FlowValue): EcsvColumn => {
  if (typeof entry === 'string' || Array.isArray(entry))
    throw damaged('a column is described by no list of properties')
  const fields = entry as Readonly<Record<string, FlowValue>>
  const name = textOf(fields['name'])
  const datatype = textOf(fields['datatype']) ?? ''
  if (name === null) throw damaged('a column has no name')
  const subtype = textOf(fields['subtype'])
  const array = /^(\w+)\[([^\]]*)\]$/.exec(subtype ?? '')
  const type = TYPES.get(array?.[1] ?? datatype)
  if (type === undefined)
    throw damaged(`column ${clip(name)} is of an unknown type, ${clip(array?.[1] ?? datatype)}`)
  const sides = array?.[2]?.split(',').map((side) => (side.trim() === 'null' ? null : Number(side)))
  // The file counts the slowest axis first.
  const shape = sides?.some((side) => side === null || !Number.isSafeInteger(side) || side < 0)
    ? null
    : sides?.map(Number).toReversed()
  const described = {
    name,
    type,
    unit: textOf(fields['unit']),
    description: textOf(fields['description']) ?? '',
  }
  if (array !== null) return { ...described, format: 'array', shape: shape ?? null }
  return { ...described, format: subtype === 'json' ? 'json' : 'scalar', shape: [] }
}

/** The items of `datatype:`, each as one line: written in braces, or as indented lines of `key: value`. */
const readItems = (lines: readonly string[]): FlowValue[] => {
  const first = lines.findIndex((line) => /^datatype:\s*$/.test(line))
  if (first < 0) throw damaged('its header names no columns')
  const items: string[][] = []
  for (const line of lines.slice(first + 1)) {
    if (/^\S/.test(line) && !line.startsWith('-')) break
    if (line.startsWith('- ') || line === '-') items.push([line.slice(1)])
    else items.at(-1)?.push(line)
  }
  return items.map((item): FlowValue => {
    const joined = item.map((line) => line.trim()).join(' ')
    if (joined.trimStart().startsWith('{')) return parseFlow(joined)
    const indent = (item[0] ?? '').search(/\S/)
    const entries = item.flatMap((line, index): (readonly [string, FlowValue])[] => {
      const own = index === 0 || line.search(/\S/) === indent + 1
      const match = own ? /^\s*([\w.]+):\s*(.*)$/.exec(line) : null
      return match?.[1] === undefined ? [] : [[match[1], match[2] === '' ? '' : parseFlow(match[2] ?? '')]]
    })
    return Object.fromEntries(entries)
  })
}

const flatten = (value: unknown, type: ColumnType, into: ScalarValue[]): ScalarValue[] => {
  if (Array.isArray(value)) for (const each of value) flatten(each, type, into)
  else if (value === null || typeof value === 'boolean' || typeof value === 'number') into.push(value)
  else into.push(typeof value === 'string' ? parseScalar(value, type) : null)
  return into
}

const readArray = (text: string, type: ColumnType): CellValue => {
  try {
    // Whole numbers beyond 2^53 would be rounded by the JSON reader: they are read as texts. So are NaN and Infinity.
    const quoted = text.replace(/(?<!["\w.+-])(-?\d{16,}|-?Infinity|NaN)(?![\w.])/g, '"$1"')
    return flatten(JSON.parse(quoted), type, [])
  } catch {
    return null
  }
}

/** `(1+2j)`, as Python writes it. */
const readComplex = (text: string): CellValue => {
  const match =
    /^\(?([+-]?[\d.]+(?:e[+-]?\d+)?|[+-]?nan|[+-]?inf)?([+-](?:[\d.]+(?:e[+-]?\d+)?|nan|inf))j\)?$/i.exec(
      text,
    )
  if (match) return [parseScalar(match[1] ?? '0', 'float64'), parseScalar(match[2] ?? '', 'float64')]
  const real = parseScalar(text, 'float64')
  return real === null ? null : [real, 0]
}

const readCell = (text: string, column: EcsvColumn): CellValue => {
  if (text === '') return null
  if (column.format === 'array') return readArray(text, column.type)
  if (column.format === 'json') return text
  if (column.type === 'complex64' || column.type === 'complex128') return readComplex(text)
  return column.type === 'text' ? text : parseScalar(text, column.type)
}

/**
 * ECSV (T. Aldcroft, APE 6): separated values whose comments hold a YAML header with names, types, units and descriptions. Of YAML what
 * such headers use is read. An empty field has no value, in quotes or not. Arrays are JSON; other objects stay as their JSON text. Cells are read when
 * they are asked for.
 */
export const readEcsv = (bytes: Uint8Array): Table & { readonly warnings: readonly string[] } => {
  const text = decodeText(bytes).replace(/^\ufeff/, '')
  const header: string[] = []
  let start = 0
  while (text[start] === '#') {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '')
    header.push(line.replace(/^# ?/, ''))
    if (end < 0) break
    start = end + 1
  }
  const columns = readItems(header).map(readColumn)
  const stated = header.find((line) => line.startsWith('delimiter:'))?.slice('delimiter:'.length)
  const delimiter = /^(?:,|','|",")$/.test(stated?.trim() ?? '') ? ',' : ' '
  const records = splitRecords(text.slice(start), delimiter)
  if (columns.length === 0 || records.starts.length === 0) throw damaged('it has no columns')
  const names = readRecord(records, 0, delimiter)
  if (names.length !== columns.length || names.some((name, index) => name !== columns[index]?.name))
    throw damaged('the line of names does not fit its header')
  const fieldsOf = keepRow((row) => readRecord(records, row + 1, delimiter))
  const rowCount = records.starts.length - 1
  let awry = 0
  for (let row = 0; row < rowCount; row++)
    if (readRecord(records, row + 1, delimiter).length !== columns.length) awry++
  return {
    name: null,
    rowCount,
    columns: columns.map((column, index) => ({
      name: column.name,
      type: column.type,
      unit: column.unit,
      description: column.description,
      shape: column.shape,
      cell: (row) => readCell(fieldsOf(row)[index] ?? '', column),
    })),
    warnings: awry > 0 ? [`${awry} rows have another number of fields than there are columns.`] : [],
  }
}
