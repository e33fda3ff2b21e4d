import { findCard, type Header } from '../../core/header'
import { z } from '../../core/validation'
import { matchGlob } from './match-glob'

const TESTS = ['is', 'starts', 'contains', 'like', 'present', 'above', 'below'] as const

/** One test of one card, or several conditions together. Text counts alike in small letters and capitals. */
export interface Condition {
  readonly all?: readonly Condition[] | undefined
  readonly any?: readonly Condition[] | undefined
  readonly not?: Condition | undefined
  readonly keyword?: string | undefined
  readonly is?: string | number | boolean | undefined
  readonly starts?: string | undefined
  readonly contains?: string | undefined
  /** With `*` for any run of characters and `?` for any one. */
  readonly like?: string | undefined
  readonly present?: boolean | undefined
  readonly above?: number | undefined
  readonly below?: number | undefined
}

const LONGEST_TEXT = 120

export const keywordSchema = z
  .string()
  .regex(/^[\w -]{1,68}$/, 'A keyword has letters, digits, hyphens, underscores and blanks.')

const text = z.string().min(1).max(LONGEST_TEXT)

const count = (condition: Condition, keys: readonly (keyof Condition)[]): number =>
  keys.filter((key) => condition[key] !== undefined).length

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      all: z.array(conditionSchema).max(20).optional(),
      any: z.array(conditionSchema).min(1).max(20).optional(),
      not: conditionSchema.optional(),
      keyword: keywordSchema.optional(),
      is: z.union([text, z.number(), z.boolean()]).optional(),
      starts: text.optional(),
      contains: text.optional(),
      like: text.optional(),
      present: z.boolean().optional(),
      above: z.number().optional(),
      below: z.number().optional(),
    })
    .refine((condition) => count(condition, ['all', 'any', 'not', 'keyword']) === 1, {
      message: 'A condition has exactly one of "all", "any", "not" and "keyword".',
    })
    .refine((condition) => count(condition, TESTS) === (condition.keyword === undefined ? 0 : 1), {
      message: `A condition on a keyword has exactly one of ${TESTS.map((test) => `"${test}"`).join(', ')}.`,
    }),
)

/** How much a test that holds says: that a card has one value more than that it is there. */
const WEIGHTS: Readonly<Record<(typeof TESTS)[number], number>> = {
  is: 4,
  starts: 3,
  like: 3,
  contains: 2,
  present: 1,
  above: 1,
  below: 1,
}

const textsOf = (header: Header, keyword: string): string[] => {
  if (keyword === 'HISTORY' || keyword === 'COMMENT') {
    return header.filter((card) => card.keyword === keyword).map((card) => card.comment.trim())
  }
  const value = findCard(header, keyword)?.value
  return value === undefined || value === null ? [] : [String(value).trim()]
}

const holds = (condition: Condition, header: Header, keyword: string): boolean => {
  const texts = textsOf(header, keyword)
  const { is, starts, contains, like, present, above, below } = condition
  if (present !== undefined) return texts.length > 0 === present
  return texts.some((given) => {
    const lower = given.toLowerCase()
    if (typeof is === 'number') return Number(given) === is
    if (typeof is === 'boolean') return given === String(is)
    if (is !== undefined) return lower === is.trim().toLowerCase()
    if (starts !== undefined) return lower.startsWith(starts.toLowerCase())
    if (contains !== undefined) return lower.includes(contains.toLowerCase())
    if (like !== undefined) return matchGlob(like, given)
    const number = given === '' ? NaN : Number(given)
    return above !== undefined ? number > above : below !== undefined && number < below
  })
}

/**
 * How well a header fits: null where it does not, else the sum of what its tests weigh. Of `any` the weightiest counts; `not` adds nothing.
 */
export const weighCondition = (condition: Condition, header: Header): number | null => {
  if (condition.all !== undefined) {
    const weights = condition.all.map((part) => weighCondition(part, header))
    return weights.reduce<number | null>(
      (sum, weight) => (sum === null || weight === null ? null : sum + weight),
      0,
    )
  }
  if (condition.any !== undefined) {
    const weights = condition.any
      .map((part) => weighCondition(part, header))
      .filter((weight) => weight !== null)
    return weights.length === 0 ? null : Math.max(...weights)
  }
  if (condition.not !== undefined) return weighCondition(condition.not, header) === null ? 0 : null
  if (condition.keyword === undefined || !holds(condition, header, condition.keyword)) return null
  const test = TESTS.find((name) => condition[name] !== undefined)
  return test === undefined ? null : WEIGHTS[test]
}
