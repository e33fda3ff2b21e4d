import type { ColumnType, ScalarValue } from '../../core/table'

const WHOLE = /^[+-]?\d{1,20}$/
/** The digits before and behind the point are told apart by it, so that a long row of them is read once. */
const REAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?$/
const SPECIAL = /^[+-]?(?:nan|inf(?:inity)?)$/i
/** What people and programs write where there is no value. */
const MISSING = /^(?:|null|none|na|n\/a|--|-|\.\.\.)$/i

const isMissing = (text: string): boolean => MISSING.test(text)

/** A real number as it is written in many places: D for the exponent, `nan`, `inf`; null for anything else. */
export const parseReal = (text: string): number | null => {
  if (REAL.test(text)) return Number(text.replace(/[dD]/, 'e'))
  if (!SPECIAL.test(text)) return null
  if (/nan/i.test(text)) return Number.NaN
  return text.startsWith('-') ? -Infinity : Infinity
}

/** The single that a decimal number of a column of singles stands for. */
export const roundToSingle = (value: number | null): number | null =>
  value === null ? null : Math.fround(value)

/** A whole number, as a bigint where a double would round it; null for anything else. */
export const parseWhole = (text: string): number | bigint | null => {
  if (!WHOLE.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

/** What the fields of a column could still all be. */
export interface ColumnGuess {
  whole: boolean
  real: boolean
  logical: boolean
  /** Fields that have a value. */
  filled: number
}

export const newGuess = (): ColumnGuess => ({ whole: true, real: true, logical: true, filled: 0 })

export const considerField = (guess: ColumnGuess, text: string): void => {
  if (isMissing(text)) return
  guess.filled++
  if (guess.whole && !WHOLE.test(text)) guess.whole = false
  if (guess.real && !REAL.test(text) && !SPECIAL.test(text)) guess.real = false
  if (guess.logical && !/^(?:true|false)$/i.test(text)) guess.logical = false
}

export const typeOfGuess = ({ whole, real, logical, filled }: ColumnGuess): ColumnType => {
  if (filled === 0) return 'text'
  if (whole) return 'int64'
  if (real) return 'float64'
  return logical ? 'boolean' : 'text'
}

/** A field as a value of its column. Text stays as it is, and only an empty one has no value. */
export const parseScalar = (text: string, type: ColumnType): ScalarValue => {
  switch (type) {
    case 'text':
      return text === '' ? null : text
    case 'boolean':
    case 'bits':
      if (/^(?:true|t|1)$/i.test(text)) return true
      return /^(?:false|f|0)$/i.test(text) ? false : null
    case 'float32':
    case 'complex64':
      return roundToSingle(parseReal(text))
    case 'float64':
    case 'complex128':
      return parseReal(text)
    default:
      return parseWhole(text)
  }
}
