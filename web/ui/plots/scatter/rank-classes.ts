/** Points that carry the same text, or one of the rare ones. */
export interface PointClass {
  readonly name: string
  readonly count: number
  /** Codes of the texts in it. */
  readonly codes: readonly number[]
  /** Place among the classes that have a look of their own; null for all others together. */
  readonly place: number | null
}

/** More than so many nobody tells apart. */
const MOST_CLASSES = 12
/** The name of what is left together: no text of a table has this character. */
export const OTHERS = '\u0000others'

/** The texts that occur, in their own order; where there are too many, the most frequent ones and the others together. */
export const rankClasses = (codes: Uint16Array, names: readonly string[]): readonly PointClass[] => {
  const counts = new Uint32Array(names.length)
  for (const code of codes) if (code < names.length) counts[code] = (counts[code] ?? 0) + 1
  const present = names
    .map((name, code) => ({ name, code, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
  const frequent = present.toSorted((a, b) => b.count - a.count || a.code - b.code)
  const own = new Set(
    frequent
      .slice(0, present.length > MOST_CLASSES ? MOST_CLASSES - 1 : MOST_CLASSES)
      .map(({ code }) => code),
  )
  const classes: PointClass[] = present
    .filter(({ code }) => own.has(code))
    .map(({ name, code, count }, place) => ({ name, count, codes: [code], place }))
  const rest = present.filter(({ code }) => !own.has(code))
  if (rest.length === 0) return classes
  const count = rest.reduce((sum, each) => sum + each.count, 0)
  return [...classes, { name: OTHERS, count, codes: rest.map(({ code }) => code), place: null }]
}
