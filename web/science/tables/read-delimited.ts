import { AsterismError } from '../../core/errors'
import type { Table } from '../../core/table'
import { decodeText, splitFields, splitRecords, type TextRecords } from './split-lines'
import { considerField, newGuess, parseScalar, typeOfGuess, type ColumnGuess } from './text-cells'

const DELIMITERS = ['\t', ',', ';', '|', ' '] as const
/** Lines that are looked at to find what stands between the fields. */
const SAMPLE_LINES = 50
const MOST_COLUMNS = 10_000
/** Of the rows, so many must have as many fields as the first: else it is prose. */
const MOST_AWRY = 0.05

const refuse = (detail: string): never => {
  throw new AsterismError('not-fits', `This is a text file and no table that can be read: ${detail}.`)
}

/** Fields of the record with this number. */
export const readRecord = (
  { text, starts, ends }: TextRecords,
  record: number,
  delimiter: string,
): string[] => splitFields(text.slice(starts[record], ends[record]), delimiter)

/** Gives the fields of a row again while the same row is asked for: columns are read side by side. */
export const keepRow = (read: (row: number) => string[]): ((row: number) => string[]) => {
  let kept: { readonly row: number; readonly fields: string[] } | null = null
  return (row) => {
    if (kept?.row !== row) kept = { row, fields: read(row) }
    return kept.fields
  }
}

/** The character that cuts the first lines into equally many fields, at least two; the first one that does. */
const chooseDelimiter = (text: string): string => {
  const head = text.slice(0, 200_000)
  for (const delimiter of DELIMITERS) {
    const records = splitRecords(head, delimiter)
    // The last one may be cut.
    const whole = head.length < text.length ? records.starts.length - 1 : records.starts.length
    const lines = Array.from({ length: Math.min(whole, SAMPLE_LINES) }, (_, record) =>
      readRecord(records, record, delimiter),
    )
    const width = lines[0]?.length ?? 0
    const fits = lines.filter(
      (line) => line.length === width || (line.length === width + 1 && line.at(-1) === ''),
    )
    if (width > 1 && lines.length - fits.length <= lines.length * MOST_AWRY) return delimiter
  }
  return refuse('its lines have no columns in common')
}

const isNumber = (text: string): boolean => parseScalar(text, 'float64') !== null

/** With ';' between the fields a comma is a decimal comma. */
const normalise = (text: string, delimiter: string): string =>
  delimiter === ';' && /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/.test(text) ? text.replace(',', '.') : text

const nameColumns = (names: readonly string[]): string[] => {
  const seen = new Map<string, number>()
  return names.map((name, index) => {
    const plain = name === '' ? `col${index + 1}` : name
    const times = (seen.get(plain) ?? 0) + 1
    seen.set(plain, times)
    return times === 1 ? plain : `${plain}_${times}`
  })
}

/** Names from the first record, when none of its fields is a number; else from the last comment, when it has as many fields. */
const findNames = (
  records: TextRecords,
  delimiter: string,
  width: number,
): { readonly names: string[]; readonly skip: number } => {
  const first = readRecord(records, 0, delimiter)
  if (!first.some((text) => isNumber(normalise(text, delimiter))))
    return { names: nameColumns(first), skip: 1 }
  const comment = splitFields(records.comments.at(-1) ?? '', delimiter)
  const named = comment.length === width && !comment.some(isNumber)
  return { names: nameColumns(named ? comment : first.map(() => '')), skip: 0 }
}

/**
 * A table of separated values: commas, tabs, semicolons (then with decimal commas), bars or blanks, found by its first lines; quotes by
 * RFC 4180; `#` comments; names in the first line, or in the comment before it, or none. Types are what all fields of a column can be.
 * Fields are cut and read when they are asked for. Throws 'not-fits' where the text is no table, 'too-large' beyond the bounds.
 */
export const readDelimited = (bytes: Uint8Array): Table & { readonly warnings: readonly string[] } => {
  const text = decodeText(bytes).replace(/^\ufeff/, '')
  if (/^\s*[{[]/.test(text)) refuse('it looks like JSON')
  const delimiter = chooseDelimiter(text)
  const records = splitRecords(text, delimiter)
  const width = readRecord(records, 0, delimiter).length
  if (width > MOST_COLUMNS) refuse(`it has ${width} columns`)
  const { names, skip } = findNames(records, delimiter, width)
  const rowCount = records.starts.length - skip
  if (rowCount < 1) refuse('it has no rows')
  const guesses: ColumnGuess[] = names.map(newGuess)
  let [awry, longer] = [0, 0]
  for (let row = 0; row < rowCount; row++) {
    const fields = readRecord(records, row + skip, delimiter)
    // A delimiter at the end of every line of data makes one field more.
    if (fields.length > width && fields.slice(width).some((field) => field !== '')) longer++
    else if (fields.length < width) awry++
    guesses.forEach((guess, column) => considerField(guess, normalise(fields[column] ?? '', delimiter)))
  }
  if (awry + longer > Math.max(1, rowCount * MOST_AWRY)) refuse('its lines have different numbers of columns')
  const types = guesses.map(typeOfGuess)
  if (delimiter === ' ' && types.every((type) => type === 'text')) refuse('it looks like prose')
  const fieldsOf = keepRow((row) => readRecord(records, row + skip, delimiter))
  return {
    name: null,
    rowCount,
    columns: names.map((name, index) => ({
      name,
      type: types[index] ?? 'text',
      unit: null,
      description: '',
      shape: [],
      cell: (row) => parseScalar(normalise(fieldsOf(row)[index] ?? '', delimiter), types[index] ?? 'text'),
    })),
    notes: records.comments,
    warnings: [
      ...(awry > 0 ? [`${awry} rows have fewer fields than there are columns.`] : []),
      ...(longer > 0
        ? [`${longer} rows have more fields than there are columns; what is too much is left out.`]
        : []),
    ],
  }
}
