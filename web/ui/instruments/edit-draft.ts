import type { Condition } from '../../ingest/instruments/condition'
import type { InstrumentProfile } from '../../ingest/instruments/profile-schema'
import { NUMBER_FIELDS, PLAIN_FIELDS, type NumberReader } from '../../ingest/instruments/profile-words'

export const ALIAS_FIELDS = [...PLAIN_FIELDS, ...NUMBER_FIELDS] as const
export type AliasField = (typeof ALIAS_FIELDS)[number]

type AliasEntry =
  'general' | { readonly keyword: string; readonly read?: NumberReader; readonly scale?: number }
type AliasLists = Partial<Record<AliasField, readonly AliasEntry[]>>

/** One line of the form; a field whose list is empty has one with neither keyword nor `general`. */
export interface AliasRow {
  readonly field: AliasField
  readonly index: number
  readonly entry: AliasEntry | null
}

export const isNumberField = (field: AliasField): boolean =>
  (NUMBER_FIELDS as readonly string[]).includes(field)

/** An empty part of a profile is left out, so that equal profiles are written alike. */
const withPart = <Name extends keyof InstrumentProfile>(
  profile: InstrumentProfile,
  name: Name,
  part: object,
): InstrumentProfile => {
  const { [name]: _former, ...rest } = profile
  return (Object.keys(part).length === 0 ? rest : { ...rest, [name]: part }) as InstrumentProfile
}

const listsOf = (profile: InstrumentProfile): AliasLists => (profile.aliases ?? {}) as AliasLists

export const listAliasRows = (profile: InstrumentProfile): AliasRow[] =>
  ALIAS_FIELDS.flatMap((field): AliasRow[] => {
    const list = listsOf(profile)[field]
    if (list === undefined) return []
    if (list.length === 0) return [{ field, index: 0, entry: null }]
    return list.map((entry, index) => ({ field, index, entry }))
  })

const writeList = (
  profile: InstrumentProfile,
  field: AliasField,
  list: readonly AliasEntry[] | undefined,
): InstrumentProfile => {
  const { [field]: _former, ...rest } = listsOf(profile)
  return withPart(profile, 'aliases', list === undefined ? rest : { ...rest, [field]: list })
}

/** The card is believed first, and the usual ones after it. */
export const addAlias = (
  profile: InstrumentProfile,
  field: AliasField,
  keyword: string,
): InstrumentProfile => {
  const former = (listsOf(profile)[field] ?? ['general']).filter(
    (entry) => entry === 'general' || entry.keyword !== keyword,
  )
  return writeList(profile, field, [{ keyword }, ...former])
}

export const changeAlias = (
  profile: InstrumentProfile,
  row: AliasRow,
  entry: AliasEntry,
): InstrumentProfile =>
  writeList(
    profile,
    row.field,
    (listsOf(profile)[row.field] ?? []).map((former, index) => (index === row.index ? entry : former)),
  )

/** The last line of a field takes the field with it: then the usual cards count again. */
export const removeAlias = (profile: InstrumentProfile, row: AliasRow): InstrumentProfile => {
  const rest = (listsOf(profile)[row.field] ?? []).filter((_, index) => index !== row.index)
  return writeList(profile, row.field, rest.some((entry) => entry !== 'general') ? rest : undefined)
}

/** Conditions as lines; null where they lie within each other and only the text shows them. */
export const listConditions = (
  recognise: Condition,
): { readonly join: 'all' | 'any'; readonly rows: readonly Condition[] } | null => {
  if (recognise.keyword !== undefined) return { join: 'all', rows: [recognise] }
  const join = recognise.any === undefined ? 'all' : 'any'
  const rows = recognise[join]
  return rows === undefined || rows.some((row) => row.keyword === undefined) ? null : { join, rows }
}

export const writeConditions = (
  profile: InstrumentProfile,
  join: 'all' | 'any',
  rows: readonly Condition[],
): InstrumentProfile => ({ ...profile, recognise: rows.length === 0 ? { all: [] } : { [join]: rows } })

export const TESTS = ['is', 'starts', 'contains', 'like', 'present', 'above', 'below'] as const
export type Test = (typeof TESTS)[number]

export const testOf = (row: Condition): Test => TESTS.find((test) => row[test] !== undefined) ?? 'is'

/** A condition with another test, or another value, which is given as text. */
export const makeCondition = (keyword: string, test: Test, text: string): Condition => {
  if (test === 'present') return { keyword, present: text !== 'false' }
  if (test === 'above' || test === 'below') {
    const number = Number(text.trim().replace(',', '.'))
    return { keyword, [test]: Number.isFinite(number) ? number : 0 }
  }
  return { keyword, [test]: text }
}

export type Block = 'set' | 'assume'
type Values = NonNullable<InstrumentProfile['set']>
export type ValueField = Exclude<keyof Values, 'site'>

export const blockOf = (profile: InstrumentProfile, field: keyof Values): Block =>
  profile.set?.[field] === undefined ? 'assume' : 'set'

export const valueOf = <Field extends keyof Values>(
  profile: InstrumentProfile,
  field: Field,
): Values[Field] => profile.set?.[field] ?? profile.assume?.[field]

/** Puts a value into one block and takes it out of the other; undefined takes it out of both. */
export const writeValue = <Field extends keyof Values>(
  profile: InstrumentProfile,
  field: Field,
  value: Values[Field],
  block: Block = blockOf(profile, field),
): InstrumentProfile => {
  const write = (into: InstrumentProfile, name: Block): InstrumentProfile => {
    const { [field]: _former, ...rest } = into[name] ?? {}
    return withPart(into, name, name === block && value !== undefined ? { ...rest, [field]: value } : rest)
  }
  return write(write(profile, 'set'), 'assume')
}

export const writeDate = (
  profile: InstrumentProfile,
  change: Partial<NonNullable<InstrumentProfile['date']>>,
): InstrumentProfile => {
  const date = { keywords: [], ...profile.date, ...change }
  const { zone, ...rest } = date
  if (date.keywords.length === 0) return withPart(profile, 'date', {})
  return withPart(profile, 'date', zone === undefined || zone === '' ? rest : date)
}

type Kinds = NonNullable<InstrumentProfile['kinds']>

export const writeKinds = (profile: InstrumentProfile, change: Kinds): InstrumentProfile => {
  const kinds = { ...profile.kinds, ...change }
  const kept = Object.entries(kinds).filter(
    ([, value]) => value !== undefined && (typeof value === 'string' || Object.keys(value).length > 0),
  )
  return withPart(profile, 'kinds', Object.fromEntries(kept))
}

export const writeFilters = (
  profile: InstrumentProfile,
  filters: Readonly<Record<string, string>>,
): InstrumentProfile => withPart(profile, 'filters', filters)

/** `written = meant`, a line each. */
export const parsePairs = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split('='))
      .map(([from = '', ...to]) => [from.trim(), to.join('=').trim()] as const)
      .filter(([from, to]) => from !== '' && to !== ''),
  )

export const formatPairs = (pairs: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(pairs ?? {})
    .map(([from, to]) => `${from} = ${to}`)
    .join('\n')
