import { AsterismError } from '../../core/errors'
import type { CellValue, Table } from '../../core/table'
import { decodeBase64 } from './decode-base64'
import { createFinder, decodeXmlText, nextTag, type XmlTag } from './scan-xml'
import { decodeText } from './split-lines'
import { openBinaryRows } from './votable-binary'
import {
  DATATYPES,
  isComplex,
  isList,
  isText,
  parseArraysize,
  parseCell,
  type Datatype,
  type VotableField,
} from './votable-fields'

const MOST_TABLES = 1000
const MOST_FIELDS = 10_000
const MOST_ROWS = 20_000_000

const damaged = (detail: string): AsterismError =>
  new AsterismError('bad-header', `The VOTable is damaged: ${detail}.`)

const readField = ({ attributes }: XmlTag): VotableField => {
  const stated = attributes['datatype'] ?? 'char'
  if (!Object.hasOwn(DATATYPES, stated))
    throw damaged(`a field is of the unknown type ${stated.length > 60 ? `${stated.slice(0, 60)}…` : stated}`)
  const datatype = stated as Datatype
  const size = parseArraysize(attributes['arraysize'], isText(datatype))
  if (!Number.isSafeInteger(size.shape.reduce((product, side) => product * side, size.characters ?? 1)))
    throw damaged('a cell of a field is larger than any file')
  return {
    name: attributes['name'] ?? attributes['ID'] ?? '',
    datatype,
    unit: attributes['unit'] ?? null,
    ucd: attributes['ucd'] ?? null,
    description: '',
    ...size,
    nullValue: null,
  }
}

type Rows = { readonly rowCount: number; readonly cell: (row: number, column: number) => CellValue }

const NO_ROWS: Rows = { rowCount: 0, cell: () => null }

/** Rows as text: only where each begins is kept, and a row is cut when it is asked for. */
const openTextRows = (
  text: string,
  tag: XmlTag,
  fields: readonly VotableField[],
): Rows & { readonly end: number } => {
  const closing = text.indexOf(`</${tag.prefix}TABLEDATA`, tag.end)
  const end = closing < 0 ? text.length : closing
  const opening = `<${tag.prefix}TR`
  const starts: number[] = []
  for (let at = text.indexOf(opening, tag.end); at >= 0 && at < end; at = text.indexOf(opening, at + 1)) {
    if (!/[\s>/]/.test(text[at + opening.length] ?? '')) continue
    if (starts.length >= MOST_ROWS)
      throw new AsterismError('too-large', `The table has more than ${MOST_ROWS} rows.`)
    starts.push(at)
  }
  let kept: { readonly row: number; readonly cells: readonly string[] } | null = null
  const cellsOf = (row: number): readonly string[] => {
    if (kept?.row === row) return kept.cells
    // No further than the row, whatever is left open in it.
    const own = text.slice(starts[row], starts[row + 1] ?? end)
    const cells: string[] = []
    const closings = new Map<string, (from: number) => number>()
    let next = 1
    for (let found = nextTag(own, next); found !== null; found = nextTag(own, next)) {
      next = found.end
      if (found.name !== 'TD' || found.kind === 'close') continue
      if (cells.length >= fields.length) break
      if (found.kind === 'empty') {
        cells.push('')
        continue
      }
      const { prefix } = found
      if (!closings.has(prefix)) closings.set(prefix, createFinder(own, `</${prefix}TD`))
      const close = closings.get(prefix)?.(found.end) ?? -1
      // One that is not closed ends where the next one begins.
      const until = close < 0 ? (nextTag(own, found.end)?.at ?? own.length) : close
      const inner = own.slice(found.end, until)
      // What stands in a cell is its text.
      next = until
      cells.push(found.attributes['encoding'] === 'base64' ? '' : decodeXmlText(inner))
    }
    kept = { row, cells }
    return cells
  }
  return {
    rowCount: starts.length,
    end,
    cell: (row, column) => {
      const field = fields[column]
      const inner = cellsOf(row)[column]
      return field === undefined || inner === undefined ? null : parseCell(inner, field)
    },
  }
}

const openStream = (
  text: string,
  tag: XmlTag,
  fields: readonly VotableField[],
  flagged: boolean,
): Rows & { readonly end: number } => {
  const stream = nextTag(text, tag.end)
  if (stream?.name !== 'STREAM') throw damaged('its binary data have no stream')
  if (stream.kind === 'empty' || stream.attributes['href'] !== undefined)
    throw new AsterismError(
      'not-found',
      'The rows of this VOTable lie in another file, which is not fetched. Save the table with its data in it.',
    )
  if ((stream.attributes['encoding'] ?? 'base64') !== 'base64') throw damaged('its stream is not in base64')
  const close = text.indexOf('</', stream.end)
  const end = close < 0 ? text.length : close
  const bytes = decodeBase64(decodeXmlText(text.slice(stream.end, end)))
  return { ...openBinaryRows(bytes, fields, flagged), end }
}

const makeTable = (
  name: string | null,
  notes: readonly string[],
  fields: readonly VotableField[],
  rows: Rows,
): Table => ({
  name,
  rowCount: rows.rowCount,
  notes,
  columns: fields.map((field, index) => ({
    name: field.name === '' ? `col${index + 1}` : field.name,
    type: DATATYPES[field.datatype].type,
    unit: field.unit === '' ? null : field.unit,
    description: field.description,
    ...(field.ucd === null || field.ucd === '' ? {} : { ucd: field.ucd }),
    shape: field.variable && isList(field) && !isComplex(field.datatype) ? null : field.shape,
    cell: (row) => rows.cell(row, index),
  })),
})

interface Draft {
  readonly name: string | null
  readonly notes: string[]
  readonly fields: VotableField[]
  rows: Rows
}

/** Reads tags up to the end of the file, table by table. */
const readTables = (text: string): Draft[] => {
  const tables: Draft[] = []
  let draft: Draft | null = null
  let inField = false
  const findClosing = createFinder(text, '</')
  for (let tag = nextTag(text, 0); tag !== null;) {
    let next = tag.end
    if (tag.name === 'TABLE' && tag.kind !== 'close') {
      if (tables.length >= MOST_TABLES) throw damaged('it holds too many tables')
      draft = {
        name: tag.attributes['name'] ?? tag.attributes['ID'] ?? null,
        notes: [],
        fields: [],
        rows: NO_ROWS,
      }
      tables.push(draft)
    } else if (tag.name === 'TABLE') draft = null
    else if (draft !== null && tag.name === 'FIELD') {
      if (tag.kind !== 'close') {
        if (draft.fields.length >= MOST_FIELDS) throw damaged('a table has too many columns')
        draft.fields.push(readField(tag))
      }
      inField = tag.kind === 'open'
    } else if (draft !== null && tag.name === 'DESCRIPTION' && tag.kind === 'open') {
      const close = findClosing(tag.end)
      const words = decodeXmlText(text.slice(tag.end, close < 0 ? tag.end : close))
        .trim()
        .replaceAll(/\s+/g, ' ')
      const last = draft.fields.at(-1)
      if (inField && last) draft.fields[draft.fields.length - 1] = { ...last, description: words }
      else if (words !== '') draft.notes.push(words)
      // Others within it are a part of it.
      if (close >= 0) next = close
    } else if (draft !== null && inField && tag.name === 'VALUES' && tag.kind !== 'close') {
      const last = draft.fields.at(-1)
      const none = tag.attributes['null']
      if (last && none !== undefined) draft.fields[draft.fields.length - 1] = { ...last, nullValue: none }
    } else if (draft !== null && tag.name === 'TABLEDATA' && tag.kind === 'open') {
      const rows = openTextRows(text, tag, draft.fields)
      draft.rows = rows
      next = rows.end
    } else if (draft !== null && (tag.name === 'BINARY' || tag.name === 'BINARY2') && tag.kind === 'open') {
      const rows = openStream(text, tag, draft.fields, tag.name === 'BINARY2')
      draft.rows = rows
      next = rows.end
    } else if (draft !== null && tag.name === 'FITS' && tag.kind === 'open')
      throw new AsterismError(
        'not-fits',
        'The rows of this VOTable are a FITS file within it. Save it as FITS and try again.',
      )
    tag = nextTag(text, next)
  }
  return tables
}

/**
 * All tables of a VOTable (IVOA recommendation 1.4): TABLEDATA, BINARY and BINARY2. Cells are read when they are asked for. An empty TD,
 * and a value that the field says is none, are null; a float that is NaN stays NaN. What lies in other files is never fetched.
 */
export const readVotable = (bytes: Uint8Array): Table[] => {
  const tables = readTables(decodeText(bytes)).filter(({ fields }) => fields.length > 0)
  if (tables.length === 0) throw damaged('it holds no table')
  return tables.map(({ name, notes, fields, rows }) => makeTable(name, notes, fields, rows))
}
