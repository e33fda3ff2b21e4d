import type { ColumnValues } from '../../core/table-query'
import { textOfValue } from '../../science/query/text-of-value'

/** More different texts than can be told apart in a plot; all that come later share the last code, whose name is MORE. */
const MOST_TEXTS = 1000
const MORE = '…'
/** Of a cell with many values, so many characters tell it from others in a plot. */
const MOST_CHARACTERS = 200

/** ISO 8601 with a time of day; where no zone is said the workspace means UTC. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/
const ZONE = /(Z|[+-]\d\d:\d\d)$/

/** A column of the rows that are wanted. */
interface Cells {
  readonly count: number
  readonly valueAt: (index: number) => unknown
}

const isMissing = (value: unknown): value is null | undefined | '' =>
  value === null || value === undefined || value === ''

const readNumbers = ({ count, valueAt }: Cells): Float64Array => {
  const values = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const value = valueAt(index)
    values[index] = isMissing(value) ? Number.NaN : Number(value)
  }
  return values
}

/** Milliseconds since 1970 of each date; null as soon as one is none. */
const readMoments = ({ count, valueAt }: Cells): Float64Array | null => {
  const values = new Float64Array(count).fill(Number.NaN)
  let known = 0
  for (let index = 0; index < count; index++) {
    const value = valueAt(index)
    if (isMissing(value)) continue
    if (typeof value !== 'string' || !ISO.test(value)) return null
    values[index] = Date.parse(ZONE.test(value) ? value : `${value}Z`)
    known++
  }
  return known > 0 ? values : null
}

const readTexts = ({ count, valueAt }: Cells): ColumnValues => {
  const codes = new Uint16Array(count)
  const known = new Map<string, number>()
  let more = false
  for (let index = 0; index < count; index++) {
    const text = textOfValue(valueAt(index)).slice(0, MOST_CHARACTERS)
    let code = known.get(text)
    if (code === undefined && known.size < MOST_TEXTS - 1) {
      code = known.size
      known.set(text, code)
    }
    if (code === undefined) more = true
    codes[index] = code ?? MOST_TEXTS - 1
  }
  return { kind: 'text', codes, names: more ? [...known.keys(), MORE] : [...known.keys()] }
}

/** A column for a plot: numbers, moments (milliseconds since 1970, UTC) where all texts are dates, else codes of texts. */
export const readColumn = (cells: Cells, type: string): ColumnValues => {
  if (type === 'number') return { kind: 'number', values: readNumbers(cells) }
  const moments = type === 'text' ? readMoments(cells) : null
  return moments === null ? readTexts(cells) : { kind: 'moment', values: moments }
}
