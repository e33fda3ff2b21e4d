import type { CellValue, ColumnType, ScalarValue } from '../../core/table'
import { parseReal, parseWhole, roundToSingle } from './text-cells'

/** A FIELD of a VOTable (IVOA VOTable 1.4, section 4.1). */
export interface VotableField {
  readonly name: string
  readonly datatype: Datatype
  readonly unit: string | null
  readonly ucd: string | null
  readonly description: string
  /** Sides of an array, first axis fastest; of texts without that of the characters. Empty for a scalar. */
  readonly shape: readonly number[]
  /** Characters of one text; null where the column holds none, or where texts may have any length. */
  readonly characters: number | null
  /** True where cells differ in length. */
  readonly variable: boolean
  /** Text of the value that stands for none. */
  readonly nullValue: string | null
}

export const DATATYPES = {
  boolean: { type: 'boolean', bytes: 1 },
  bit: { type: 'bits', bytes: 0 },
  unsignedByte: { type: 'uint8', bytes: 1 },
  short: { type: 'int16', bytes: 2 },
  int: { type: 'int32', bytes: 4 },
  long: { type: 'int64', bytes: 8 },
  char: { type: 'text', bytes: 1 },
  unicodeChar: { type: 'text', bytes: 2 },
  float: { type: 'float32', bytes: 4 },
  double: { type: 'float64', bytes: 8 },
  floatComplex: { type: 'complex64', bytes: 8 },
  doubleComplex: { type: 'complex128', bytes: 16 },
} as const satisfies Record<string, { readonly type: ColumnType; readonly bytes: number }>

export type Datatype = keyof typeof DATATYPES

export const isText = (datatype: Datatype): boolean => datatype === 'char' || datatype === 'unicodeChar'

export const isComplex = (datatype: Datatype): boolean =>
  datatype === 'floatComplex' || datatype === 'doubleComplex'

/** `arraysize`: sides with x between them, the last one with or without a star. */
export const parseArraysize = (
  arraysize: string | undefined,
  text: boolean,
): Pick<VotableField, 'shape' | 'characters' | 'variable'> => {
  if (arraysize === undefined || arraysize.trim() === '')
    return { shape: [], characters: text ? 1 : null, variable: false }
  const sides = arraysize.trim().split('x')
  const variable = sides.at(-1)?.endsWith('*') === true
  const numbers = sides.map((side) => (side.endsWith('*') ? 0 : Math.max(0, Math.trunc(Number(side)) || 0)))
  if (!text)
    return {
      shape: numbers.length === 1 && numbers[0] === 1 && !variable ? [] : numbers,
      characters: null,
      variable,
    }
  return {
    shape: numbers.slice(1),
    characters: variable && sides.length === 1 ? null : (numbers[0] ?? 0),
    variable,
  }
}

/** Elements of a cell that does not vary; of a complex number it is one. */
export const countElements = ({ shape, characters, datatype }: VotableField): number =>
  shape.reduce((product, side) => product * side, 1) * (isText(datatype) ? (characters ?? 0) : 1)

const parseLogical = (text: string): boolean | null => {
  if (/^(?:true|t|1)$/i.test(text)) return true
  return /^(?:false|f|0)$/i.test(text) ? false : null
}

const WHOLE_HEX = /^0x[\da-f]{1,16}$/i

const parseElement = (text: string, { datatype, nullValue }: VotableField): ScalarValue => {
  if (text === '' || text === nullValue) return null
  switch (datatype) {
    case 'boolean':
    case 'bit':
      return parseLogical(text)
    case 'float':
    case 'floatComplex':
      return roundToSingle(parseReal(text))
    case 'double':
    case 'doubleComplex':
      return parseReal(text)
    default:
      return WHOLE_HEX.test(text) ? parseWhole(BigInt(text).toString()) : parseWhole(text)
  }
}

/** Whether a column's cells are lists. */
export const isList = (field: VotableField): boolean =>
  isComplex(field.datatype) || field.shape.length > 0 || (field.variable && !isText(field.datatype))

/** The text of a TD as the value of its field; bits may stand side by side. */
export const parseCell = (text: string, field: VotableField): CellValue => {
  if (isText(field.datatype)) {
    if (field.shape.length === 0) return text
    const width = Math.max(1, field.characters ?? 1)
    return Array.from({ length: Math.ceil(text.length / width) }, (_, index) =>
      text.slice(index * width, (index + 1) * width).trimEnd(),
    )
  }
  const trimmed = text.trim()
  if (!isList(field)) return parseElement(trimmed, field)
  if (trimmed === '') return null
  const parts = field.datatype === 'bit' && /^[01]+$/.test(trimmed) ? trimmed.split('') : trimmed.split(/\s+/)
  return parts.map((part) => parseElement(part, field))
}
