import type { QueryProblem } from '../../core/table-query'
import { compileExpression, type RowValues } from './compile-expression'
import { parseExpression } from './parse-expression'
import { textOfValue } from './text-of-value'
import { FilterError } from './tokenise-expression'

export type ReadFilter =
  | { readonly kind: 'all' }
  /** Plain words: a row is wanted where each is found in some column. */
  | { readonly kind: 'words'; readonly matches: (row: RowValues) => boolean }
  | { readonly kind: 'expression'; readonly matches: (row: RowValues) => boolean }
  | { readonly kind: 'problem'; readonly problem: QueryProblem }

/** What no plain word has: then the text is meant as an expression, and what is wrong with it is said. */
const MARKS = /[=<>!()'"[\]]|\b(?:and|or|not|in|is|like|contains)\b/i

const matchWords = (text: string): ((row: RowValues) => boolean) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return (row) => {
    const whole = Object.values(row).map(textOfValue).join('\n').toLowerCase()
    return words.every((word) => whole.includes(word))
  }
}

/**
 * What a person typed to narrow a table down: nothing, plain words, or an expression. Words that happen to read as language ("not
 * yet done") and make no sense as such are still looked for as words, as long as they carry no sign.
 */
export const readFilter = (text: string, columns: ReadonlySet<string>): ReadFilter => {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'all' }
  if (!MARKS.test(trimmed) && !columns.has(trimmed)) return { kind: 'words', matches: matchWords(trimmed) }
  try {
    return { kind: 'expression', matches: compileExpression(parseExpression(text, columns)) }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    if (/^[\p{L}\p{N}\s._-]+$/u.test(trimmed)) return { kind: 'words', matches: matchWords(trimmed) }
    return { kind: 'problem', problem: error.problem }
  }
}
