import { AsterismError, isAbortError } from '../../core/errors'
import type { Cone } from '../../core/catalogue'
import type { ResolvedName } from '../../core/resolved-name'
import type { Task } from '../../core/task'
import { parsePlace } from '../../science/astrometry/parse-place'
import { indexNames } from '../../science/names/name-index'
import { normaliseDesignation } from '../../science/names/normalise-designation'
import { readNameList } from '../../science/names/read-name-list'
import type { Fetch } from '../catalogue/fetch-reply'

/** Under `names/` beside the page. What comes first keeps a name that two lists have. */
const NAME_LISTS = ['planets', 'deep-sky', 'variables', 'standards', 'stars'] as const

/** Names that are known without asking anybody. */
export interface NameBook {
  /** Null where the name is in no list. Places that are typed are places. */
  find(name: string, task: Task): Promise<ResolvedName | null>
  /** Everything of the lists that reaches into a cone, each thing once, the brightest first; what has no magnitude comes last. */
  around(cone: Cone, task: Task): Promise<readonly ResolvedName[]>
}

const RADIAN = Math.PI / 180

/** Degrees from the middle of a cone, by the haversine. */
const distanceFrom = (cone: Cone, { rightAscension, declination }: ResolvedName): number => {
  const half = (angle: number): number => Math.sin((angle * RADIAN) / 2) ** 2
  const across = Math.cos(cone.declination * RADIAN) * Math.cos(declination * RADIAN)
  const share = half(declination - cone.declination) + across * half(rightAscension - cone.rightAscension)
  return (2 * Math.asin(Math.min(1, Math.sqrt(share)))) / RADIAN
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

/** What a browser keeps of answers; of the real thing these two calls. */
type ListCache = Pick<Cache, 'match' | 'put'>

const CACHE_NAME = 'asterism-names'

/** Null where the browser keeps nothing, as on a page without https. */
const openBrowserCache = async (): Promise<ListCache | null> => {
  try {
    return await globalThis.caches.open(CACHE_NAME)
  } catch {
    return null
  }
}

interface BookSupply {
  readonly fetch?: Fetch
  readonly openCache?: () => Promise<ListCache | null>
}

/**
 * The lists that come with the app: fetched when the first name is asked for (some 450 kB together), and kept by the browser for when there is
 * no net.
 * @param base address of the page
 */
export const createNameBook = (
  base: string,
  { fetch = (...call) => globalThis.fetch(...call), openCache = openBrowserCache }: BookSupply = {},
): NameBook => {
  let index: Promise<ReadonlyMap<string, ResolvedName>> | null = null

  const fetchList = async (address: string, shelf: ListCache | null, task: Task): Promise<Response> => {
    try {
      const response = await fetch(address, { signal: task.signal })
      if (!response.ok) throw new Error(`status ${response.status}`)
      // A full disk is no reason not to know a name.
      await shelf?.put(address, response.clone()).catch(() => undefined)
      return response
    } catch (error) {
      if (isAbortError(error)) throw error
      const kept = await shelf?.match(address)
      if (kept !== undefined) return kept
      throw new AsterismError(
        'fetch-network',
        'The lists of names could not be fetched, and they are not kept here yet. Connect to the net once, or type the coordinates.',
        { address },
        error,
      )
    }
  }

  const load = async (task: Task): Promise<ReadonlyMap<string, ResolvedName>> => {
    const shelf = await openCache()
    const lists = await Promise.all(
      NAME_LISTS.map(async (list) => {
        const response = await fetchList(new URL(`names/${list}.json`, base).href, shelf, task)
        return readNameList(await response.json().catch(() => null))
      }),
    )
    return indexNames(lists)
  }
  const open = async (task: Task): Promise<ReadonlyMap<string, ResolvedName>> => {
    index ??= load(task)
    try {
      return await index
    } catch (error) {
      // The next one tries again.
      index = null
      throw error
    }
  }

  return {
    find: async (name, task) => {
      const typed = place(name)
      if (typed !== null) return typed
      const key = normaliseDesignation(name)
      return key === '' ? null : ((await open(task)).get(key) ?? null)
    },
    around: async (cone, task) =>
      [...new Set((await open(task)).values())]
        .filter((thing) => distanceFrom(cone, thing) <= cone.radius + (thing.size ?? 0) / 120)
        .sort((a, b) => (a.magnitude ?? Infinity) - (b.magnitude ?? Infinity)),
  }
}
