import { AsterismError, isAbortError } from '../../core/errors'
import type { ResolvedName } from '../../core/resolved-name'
import type { Task } from '../../core/task'
import { parsePlace } from '../../science/astrometry/parse-place'
import { indexNames } from '../../science/names/name-index'
import { normaliseDesignation } from '../../science/names/normalise-designation'
import { readNameList } from '../../science/names/read-name-list'
import type { Fetch } from '../catalogue/fetch-reply'

/** Under `names/` beside the page. What comes first keeps a name that two lists have. */
export const NAME_LISTS = ['planets', 'deep-sky', 'variables', 'standards', 'stars'] as const

/** Names that are known without asking anybody. */
export interface NameBook {
  /** Null where the name is in no list. Places that are typed are places. */
  find(name: string, task: Task): Promise<ResolvedName | null>
}

const place = (text: string): ResolvedName | null => {
  const found = parsePlace(text)
  return found === null
    ? null
    : {
        name: text.trim(),
        aliases: [],
        ...found,
        type: null,
        magnitude: null,
        colour: null,
        size: null,
        motion: null,
        ephemeris: null,
        source: 'typed',
      }
}

/**
 * The lists that come with the app: fetched when the first name is asked for (some 500 kB together), and kept by the page's own cache of files
 * like everything that lies beside it.
 * @param base address of the page
 */
export const createNameBook = (base: string, fetch?: Fetch): NameBook => {
  let index: Promise<ReadonlyMap<string, ResolvedName>> | null = null
  const load = async (task: Task): Promise<ReadonlyMap<string, ResolvedName>> => {
    const lists = await Promise.all(
      NAME_LISTS.map(async (list) => {
        const address = new URL(`names/${list}.json`, base).href
        try {
          const response = await (fetch ?? globalThis.fetch)(address, { signal: task.signal })
          if (!response.ok) throw new Error(`status ${response.status}`)
          return readNameList(await response.json())
        } catch (error) {
          if (isAbortError(error) || error instanceof AsterismError) throw error
          throw new AsterismError(
            'fetch-network',
            'The lists of names could not be fetched. Connect to the net once, or type the coordinates.',
            { address },
            error,
          )
        }
      }),
    )
    return indexNames(lists)
  }
  return {
    find: async (name, task) => {
      const typed = place(name)
      if (typed !== null) return typed
      const key = normaliseDesignation(name)
      if (key === '') return null
      index ??= load(task)
      try {
        return (await index).get(key) ?? null
      } catch (error) {
        // The next one tries again.
        index = null
        throw error
      }
    },
  }
}
