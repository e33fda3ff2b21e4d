import { AsterismError } from '../../core/errors'
import type { TableField } from './table-fields'

/** Kinds of elements of a binary table (FITS standard 4.0, table 18), without the two that point to the heap. */
export type ElementCode = 'L' | 'X' | 'B' | 'I' | 'J' | 'K' | 'A' | 'E' | 'D' | 'C' | 'M'

/** How the cells of one column of a binary table lie in their row. */
export interface BinaryForm {
  /** Elements in the row: values, or descriptors that point to the heap. */
  readonly repeat: number
  readonly element: ElementCode
  /** Where the values of a variable-length column are: two 32-bit or two 64-bit numbers in the row say it. */
  readonly descriptor: 'P' | 'Q' | null
  /** Characters of each string, where a cell has several of them (`rAw`). */
  readonly stringWidth: number | null
  /** Bytes in the row. */
  readonly width: number
}

export const ELEMENT_BYTES: Readonly<Record<ElementCode, number>> = {
  L: 1,
  X: 1,
  B: 1,
  I: 2,
  J: 4,
  K: 8,
  A: 1,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
}

/** Bytes of so many elements; bits are packed eight to a byte. */
export const measureElements = (element: ElementCode, count: number): number =>
  element === 'X' ? Math.ceil(count / 8) : count * ELEMENT_BYTES[element]

const refuse = (form: string, number: number): never => {
  throw new AsterismError(
    'bad-header',
    `TFORM${number} is "${form}", which is not a form of a binary table.`,
    {
      column: number,
      form,
    },
  )
}

/**
 * TFORMn of a binary table (section 7.3.2): `rT`, `rAw`, `rPt(max)`, `rQt(max)`; small letters are forgiven. `A7`, which is how an ASCII
 * table says it and many writers here too, is taken as `7A`.
 */
export const parseBinaryForm = (form: string, number: number): BinaryForm => {
  const match = /^(\d{0,9})([LXBIJKAEDCMPQ])(.*)$/.exec(form.replaceAll(' ', '').toUpperCase())
  if (!match) return refuse(form, number)
  const [, digits = '', code = '', rest = ''] = match
  const repeat = digits === '' ? 1 : Number(digits)
  if (code === 'P' || code === 'Q') {
    const element = /^[LXBIJKAEDCM]/.exec(rest)?.[0] as ElementCode | undefined
    if (element === undefined) return refuse(form, number)
    return { repeat, element, descriptor: code, stringWidth: null, width: repeat * (code === 'P' ? 8 : 16) }
  }
  const element = code as ElementCode
  const option = element === 'A' && /^\d{1,9}$/.test(rest) ? Number(rest) : null
  if (option !== null && digits === '')
    return { repeat: option, element, descriptor: null, stringWidth: null, width: option }
  const stringWidth = option !== null && option > 0 && option < repeat ? option : null
  return { repeat, element, descriptor: null, stringWidth, width: measureElements(element, repeat) }
}

/**
 * Elements of a cell along each axis, first axis fastest, from TDIMn where it fits the repeat count: a scalar is []. Of characters the
 * first axis is the length of a string and is no axis of the cell.
 */
export const shapeCells = (
  form: BinaryForm,
  { dimensions }: Pick<TableField, 'dimensions'>,
): { readonly shape: readonly number[]; readonly stringWidth: number } => {
  const product = dimensions?.reduce((total, side) => total * side, 1) ?? 0
  const fitting =
    dimensions !== null && product <= form.repeat && (product > 0 || form.repeat === 0) ? dimensions : null
  if (form.element === 'A') {
    if (fitting !== null) return { shape: fitting.slice(1), stringWidth: fitting[0] ?? 0 }
    if (form.stringWidth !== null)
      return { shape: [Math.floor(form.repeat / form.stringWidth)], stringWidth: form.stringWidth }
    return { shape: [], stringWidth: form.repeat }
  }
  return { shape: fitting ?? (form.repeat === 1 ? [] : [form.repeat]), stringWidth: 0 }
}
