import type { ColumnType, ScalarValue } from '../../core/table'
import type { ElementCode } from './binary-form'
import type { TableField } from './table-fields'

/** Reads one element of a column: `at` is its first byte, for bits the byte that holds it and `bit` its place, highest first. */
export type ElementReader = (view: DataView, at: number, bit: number) => ScalarValue

export interface ElementKind {
  readonly type: ColumnType
  readonly read: ElementReader
}

type WholeCode = 'B' | 'I' | 'J' | 'K'

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

const RANGES: Readonly<Record<WholeCode, readonly [bigint, bigint]>> = {
  B: [0n, 255n],
  I: [-(2n ** 15n), 2n ** 15n - 1n],
  J: [-(2n ** 31n), 2n ** 31n - 1n],
  K: [-(2n ** 63n), 2n ** 63n - 1n],
}

const NARROW: Readonly<Record<Exclude<WholeCode, 'K'>, (view: DataView, at: number) => number>> = {
  B: (view, at) => view.getUint8(at),
  I: (view, at) => view.getInt16(at),
  J: (view, at) => view.getInt32(at),
}

/** A number where a double holds it exactly, else the bigint. */
const keepExact = (value: bigint): number | bigint =>
  value <= MOST_SAFE && value >= -MOST_SAFE ? Number(value) : value

/** The narrowest type that holds whole numbers of this range; uint64 values count as int64, and come as bigint where they are large. */
const typeOfRange = ([low, high]: readonly [bigint, bigint]): ColumnType => {
  if (low >= 0n && high <= 255n) return 'uint8'
  if (low >= RANGES.I[0] && high <= RANGES.I[1]) return 'int16'
  if (low >= RANGES.J[0] && high <= RANGES.J[1]) return 'int32'
  return 'int64'
}

/** Whole numbers with TNULL, and TZERO where it is whole too (unsigned integers, signed bytes): nothing is rounded. */
const readWholeNumbers = (code: WholeCode, zero: bigint, missing: bigint | null): ElementKind => {
  const range = RANGES[code]
  const type = typeOfRange([range[0] + zero, range[1] + zero])
  if (code === 'K' || zero > MOST_SAFE || zero < -MOST_SAFE) {
    const stored = (view: DataView, at: number): bigint =>
      code === 'K' ? view.getBigInt64(at) : BigInt(NARROW[code](view, at))
    return {
      type,
      read: (view, at) => {
        const value = stored(view, at)
        return value === missing ? null : keepExact(value + zero)
      },
    }
  }
  const stored = NARROW[code]
  const offset = Number(zero)
  const absent = missing === null ? null : Number(missing)
  return {
    type,
    read: (view, at) => {
      const value = stored(view, at)
      return value === absent ? null : value + offset
    },
  }
}

/** value = TZERO + TSCAL * stored, in double precision. */
const readScaled = (code: WholeCode, field: TableField): ElementKind => {
  const { scale, zero } = field
  const plain = readWholeNumbers(code, 0n, field.wholeNull)
  return {
    type: 'float64',
    read: (view, at, bit) => {
      const value = plain.read(view, at, bit)
      return value === null ? null : zero + scale * Number(value)
    },
  }
}

const readFloats = (wide: boolean, { scale, zero }: TableField): ElementKind => {
  const stored = (view: DataView, at: number): number => (wide ? view.getFloat64(at) : view.getFloat32(at))
  if (scale === 1 && zero === 0) return { type: wide ? 'float64' : 'float32', read: stored }
  return { type: 'float64', read: (view, at) => zero + scale * stored(view, at) }
}

const [LETTER_T, LETTER_F] = [0x54, 0x46]

/** `T`, `F`, and 0 for no value (section 7.3.3.1). A byte of 1 is what some writers put for `T`. */
const readLogical: ElementReader = (view, at) => {
  const byte = view.getUint8(at)
  if (byte === LETTER_T || byte === 1) return true
  return byte === LETTER_F ? false : null
}

/**
 * How the elements of a column become values (section 7.3.3): whole numbers exactly, whatever their size; scaled ones as doubles;
 * a stored TNULL, and a logical value that is neither `T` nor `F`, as null. A float that is NaN stays NaN. Complex numbers are read
 * as two floats, so a column of them has twice the elements. Characters are not read here.
 */
export const chooseElementKind = (element: Exclude<ElementCode, 'A'>, field: TableField): ElementKind => {
  switch (element) {
    case 'L':
      return { type: 'boolean', read: readLogical }
    case 'X':
      return { type: 'bits', read: (view, at, bit) => ((view.getUint8(at) >> (7 - bit)) & 1) === 1 }
    case 'E':
    case 'C': {
      const kind = readFloats(false, field)
      return element === 'E' ? kind : { ...kind, type: kind.type === 'float32' ? 'complex64' : 'complex128' }
    }
    case 'D':
    case 'M': {
      const kind = readFloats(true, field)
      return element === 'D' ? kind : { ...kind, type: 'complex128' }
    }
    default: {
      const exact = field.scale === 1 && field.wholeZero !== null
      return exact
        ? readWholeNumbers(element, field.wholeZero ?? 0n, field.wholeNull)
        : readScaled(element, field)
    }
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })
const LATIN1 = new TextDecoder('windows-1252')

/** Characters up to the first NUL without the blanks at the end: ASCII by the standard, UTF-8 or Latin-1 where writers went beyond it. */
export const readCharacters = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0)
  const text = end < 0 ? bytes : bytes.subarray(0, end)
  let decoded: string
  try {
    decoded = UTF8.decode(text)
  } catch {
    decoded = LATIN1.decode(text)
  }
  let length = decoded.length
  while (decoded[length - 1] === ' ') length--
  return decoded.slice(0, length)
}
