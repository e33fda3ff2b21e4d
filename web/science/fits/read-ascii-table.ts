import { AsterismError } from '../../core/errors'
import type { ColumnType, ScalarValue, TableColumn } from '../../core/table'
import { readCharacters } from './binary-elements'
import type { Hdu } from './list-hdus'
import type { FitsTable } from './read-binary-table'
import { nameField, readTableFields, readTableName, readTableSize, type TableField } from './table-fields'

interface AsciiForm {
  readonly code: 'A' | 'I' | 'F' | 'E' | 'D'
  /** Characters. */
  readonly width: number
}

/** TFORMn of an ASCII table (FITS standard 7.2.1): `Aw`, `Iw`, `Fw.d`, `Ew.d`, `Dw.d`; `Gw.d` is taken as `E`. */
const parseAsciiForm = ({ form, number }: TableField): AsciiForm => {
  const match = /^([AIFEDG])(\d{1,6})(?:\.\d+)?$/.exec(form.replaceAll(' ', '').toUpperCase())
  if (!match)
    throw new AsterismError(
      'bad-header',
      `TFORM${number} is "${form}", which is not a form of an ASCII table.`,
      {
        column: number,
        form,
      },
    )
  const code = match[1] === 'G' ? 'E' : (match[1] as AsciiForm['code'])
  return { code, width: Number(match[2]) }
}

const WHOLE = /^[+-]?\d+$/
const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:E?[+-]\d+|E\d+)?$/

/** A number as Fortran writes it: D for the exponent, blanks between sign and digits, or an exponent without its letter. */
const parseReal = (text: string): number | null => {
  const tight = text.replaceAll(' ', '').toUpperCase().replace('D', 'E')
  if (/^[+-]?NAN$/.test(tight)) return Number.NaN
  if (/^[+-]?INF(?:INITY)?$/.test(tight)) return tight.startsWith('-') ? -Infinity : Infinity
  if (!REAL.test(tight)) return null
  return Number(/E/.test(tight) ? tight : tight.replace(/(?<=[\d.])([+-]\d+)$/, 'E$1'))
}

const parseWhole = (text: string): number | bigint | null => {
  const tight = text.replaceAll(' ', '')
  if (!WHOLE.test(tight)) return parseReal(text)
  const value = Number(tight)
  return Number.isSafeInteger(value) ? value : BigInt(tight)
}

const typeOf = ({ code, width }: AsciiForm, scaled: boolean): ColumnType => {
  if (code === 'A') return 'text'
  if (scaled || code !== 'I') return 'float64'
  if (width < 5) return 'int16'
  return width < 10 ? 'int32' : 'int64'
}

const parseField = (text: string, { code }: AsciiForm, field: TableField): ScalarValue => {
  const trimmed = text.trim()
  if (field.textNull !== null && trimmed === field.textNull) return null
  if (code === 'A') return text
  // The standard has a blank field stand for zero.
  if (trimmed === '') return field.zero
  const value = code === 'I' ? parseWhole(trimmed) : parseReal(trimmed)
  if (value === null || (field.scale === 1 && field.zero === 0)) return value
  return field.zero + field.scale * Number(value)
}

/**
 * A table of characters (FITS standard 7.2) whose cells are read when they are asked for. A field that is TNULL, or is no number where
 * one should be, is null; a blank one is zero, as the standard has it. A decimal point that is left out stands at the end, as other
 * readers have it today (the standard's implied one went out of use). Columns may overlap and may lie in any order.
 */
export const readAsciiTable = (bytes: Uint8Array, hdu: Hdu): FitsTable => {
  const { rowLength, rowCount } = readTableSize(hdu)
  const warnings: string[] = []
  const columns = readTableFields(hdu).map((field): TableColumn => {
    const form = parseAsciiForm(field)
    const start = (field.start ?? 0) - 1
    const name = nameField(field)
    const described = {
      name,
      type: typeOf(form, field.scale !== 1 || field.zero !== 0),
      unit: field.unit,
      description: field.description,
      shape: [],
    }
    if (start < 0 || start + form.width > rowLength) {
      warnings.push(`Column ${name} lies outside the rows of the table and is empty.`)
      return { ...described, cell: () => null }
    }
    const cell = (row: number): ScalarValue => {
      const at = hdu.dataOffset + row * rowLength + start
      return parseField(readCharacters(bytes.subarray(at, at + form.width)), form, field)
    }
    return { ...described, cell }
  })
  return { name: readTableName(hdu), rowCount, columns, warnings }
}
