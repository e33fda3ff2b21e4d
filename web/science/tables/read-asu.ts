import { AsterismError } from '../../core/errors'
import type { Table } from '../../core/table'
import { decodeText } from './split-lines'
import { keepRow } from './read-delimited'
import { considerField, newGuess, parseScalar, typeOfGuess, type ColumnGuess } from './text-cells'

const MOST_COLUMNS = 1000
const RULE = /^[-\t ]*-[-\t ]*$/

/** The lines of a text that are no comments; blank ones end a table. */
const cutLines = (text: string): string[] => text.split(/\r?\n/).filter((line) => !line.startsWith('#'))

/**
 * The first table of VizieR's text with tabs between (`asu-tsv`): comments that begin with '#', then a line of names, one of units, one of
 * dashes, and rows until a blank line. Null where the text holds none, which is what VizieR answers when nothing was found. What it says is
 * wrong stands in comments that begin with `#***` and becomes the error.
 */
export const readAsu = (bytes: Uint8Array): Table | null => {
  const text = decodeText(bytes)
  const wrong = /^#\*\*\*\s*(.{1,500})/m.exec(text)?.[1]
  const lines = cutLines(text)
  const rule = lines.findIndex((line, index) => index >= 2 && RULE.test(line))
  if (rule < 0) {
    if (wrong !== undefined && !/no object found|nothing found/i.test(wrong))
      throw new AsterismError('service-failed', `The service says: ${wrong.trim()}`)
    if (lines.some((line) => line.trim() !== ''))
      throw new AsterismError('bad-header', 'The answer of the service is no table of VizieR.')
    return null
  }
  const names = (lines[rule - 2] ?? '').split('\t').map((name) => name.trim())
  const units = (lines[rule - 1] ?? '').split('\t').map((unit) => unit.trim())
  if (names.length > MOST_COLUMNS)
    throw new AsterismError('too-large', `The table has ${names.length} columns.`)
  const until = lines.findIndex((line, index) => index > rule && line.trim() === '')
  const rows = lines.slice(rule + 1, until < 0 ? lines.length : until)
  const cut = (row: number): string[] => (rows[row] ?? '').split('\t').map((field) => field.trim())
  const guesses: ColumnGuess[] = names.map(newGuess)
  for (const row of rows.keys()) {
    const fields = cut(row)
    guesses.forEach((guess, column) => considerField(guess, fields[column] ?? ''))
  }
  const types = guesses.map(typeOfGuess)
  const fieldsOf = keepRow(cut)
  return {
    name: null,
    rowCount: rows.length,
    columns: names.map((name, index) => ({
      name,
      type: types[index] ?? 'text',
      unit: (units[index] ?? '') === '' ? null : (units[index] ?? null),
      description: '',
      shape: [],
      cell: (row) => parseScalar(fieldsOf(row)[index] ?? '', types[index] ?? 'text'),
    })),
  }
}
