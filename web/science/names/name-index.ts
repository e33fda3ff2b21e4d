import type { ResolvedName } from '../../core/resolved-name'
import { normaliseDesignation } from './normalise-designation'

/** Said of many, and left away by most: the Ring is the Ring Nebula. */
const NOUN = /\s(?:nebula|galaxy|galaxies|cluster|star cloud)$/i

const formsOf = ({ name, aliases }: ResolvedName): string[] =>
  [name, ...aliases].flatMap((form) => (NOUN.test(form) ? [form, form.replace(NOUN, '')] : [form]))

/**
 * Things by all of their names. The first list has the first say, a planet before its star, a variable star before the same star among all
 * others; within a list names count before other names.
 */
export const indexNames = (
  lists: readonly (readonly ResolvedName[])[],
): ReadonlyMap<string, ResolvedName> => {
  const index = new Map<string, ResolvedName>()
  const add = (form: string, thing: ResolvedName): void => {
    const key = normaliseDesignation(form)
    if (key !== '' && !index.has(key)) index.set(key, thing)
  }
  for (const list of lists) {
    for (const thing of list) add(thing.name, thing)
    for (const thing of list) for (const form of formsOf(thing)) add(form, thing)
  }
  return index
}
