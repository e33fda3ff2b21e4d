import { AsterismError } from '../../core/errors'
import { profileSchema, type InstrumentProfile } from './profile-schema'

const MOST_CHARACTERS = 200_000
/** Deeper than any profile: what nests further is refused before it is looked at. */
const DEEPEST = 16

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

/** More than any profile has; conditions are looked at for every frame. */
const MOST_PARTS = 10_000

/** How many parts a value has, all levels together; Infinity where it nests too deeply. Stops counting at the bound. */
const countParts = (value: unknown, left = DEEPEST): number => {
  if (typeof value !== 'object' || value === null) return 1
  if (left === 0) return Infinity
  let parts = 1
  for (const member of Object.values(value)) {
    parts += countParts(member, left - 1)
    if (parts > MOST_PARTS) break
  }
  return parts
}

const nameFields = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[')

/** Of several forms that a value may have, the one that it comes closest to: it failed deepest within. */
const settleUnion = (issue: Issue): Issue[] => {
  const forms = (issue.errors ?? []).filter((form) => form.length > 0)
  const depth = (form: readonly Issue[]): number => Math.max(...form.map((each) => each.path.length))
  const rank = (form: readonly Issue[]): number =>
    depth(form) + (form.some((each) => each.code === 'unrecognized_keys') ? 0.5 : 0)
  const closest = [...forms].sort((a, b) => rank(b) - rank(a))[0]
  if (closest === undefined || rank(closest) === 0) return [issue]
  return closest.flatMap((each) => flatten({ ...each, path: [...issue.path, ...each.path] }))
}

const flatten = (issue: Issue): Issue[] => (issue.code === 'invalid_union' ? settleUnion(issue) : [issue])

const wordIssue = ({ code, message, keys, received }: Issue & { readonly received: string }): string => {
  if (code === 'unrecognized_keys') {
    const names = (keys ?? []).map((key) => `"${key}"`).join(', ')
    return `there is no field ${names} in a profile.`
  }
  if (code === 'invalid_type' && received === 'undefined') return 'is missing.'
  return message.endsWith('.') ? message : `${message}.`
}

const describeIssue = (issue: Issue): string => {
  const where = nameFields(issue.path)
  const received = /received (\w+)/.exec(issue.message)?.[1] ?? ''
  const words = wordIssue({ ...issue, received })
  if (where === '') return words.charAt(0).toUpperCase() + words.slice(1)
  return words === 'is missing.' ? `${where} ${words}` : `${where}: ${words}`
}

export interface CheckedProfile {
  readonly profile: InstrumentProfile | null
  /** What is wrong, a sentence each, with the field in front. */
  readonly faults: readonly string[]
}

const MOST_FAULTS = 8

/** Checks a profile from outside. Every fault names its field. */
export const checkProfile = (given: unknown): CheckedProfile => {
  const parts = countParts(given)
  if (parts === Infinity) return { profile: null, faults: ['The profile is nested too deeply.'] }
  if (parts > MOST_PARTS) return { profile: null, faults: ['The profile has far too many parts.'] }
  const result = profileSchema.safeParse(given)
  if (result.success) return { profile: result.data, faults: [] }
  const faults = (result.error.issues as readonly Issue[]).flatMap(flatten).map(describeIssue)
  return { profile: null, faults: [...new Set(faults)].slice(0, MOST_FAULTS) }
}

/** A profile from the text of a file. */
export const parseProfile = (text: string): InstrumentProfile => {
  if (text.length > MOST_CHARACTERS)
    throw new AsterismError(
      'bad-profile',
      `The file has ${text.length.toLocaleString('en')} characters; an instrument profile has at most ${MOST_CHARACTERS.toLocaleString('en')}. Choose a profile file.`,
    )
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    throw new AsterismError(
      'bad-profile',
      `It is not valid JSON (${error instanceof Error ? error.message : String(error)}). Export the profile again.`,
    )
  }
  const { profile, faults } = checkProfile(given)
  if (profile === null) throw new AsterismError('bad-profile', faults.join(' '))
  return profile
}
