import { AsterismError, isAbortError } from '../../core/errors'
import type { CatalogueStars, Cone } from '../../core/catalogue'
import type { OpenFileTable } from '../../core/file-table'
import { hashRecipe, idFromHash } from '../../core/ids'
import type { Task } from '../../core/task'
import { z } from '../../core/validation'
import {
  CATALOGUE_SOURCES,
  findSource,
  type CatalogueSource,
} from '../../science/catalogue/catalogue-sources'
import { moveStars } from '../../science/catalogue/move-stars'
import { searchCone } from '../../science/catalogue/search-cone'
import { takeStars } from '../../science/catalogue/catalogue-stars'
import type { Workspace } from '../../storage/workspace'
import { askServices, MOST_ROWS } from '../catalogue/ask-service'
import { findCached, keepCone } from '../catalogue/cached-cones'
import { openCatalogue } from '../catalogue/dropped-catalogue'
import type { Fetch } from '../catalogue/fetch-reply'
import { readServices } from '../catalogue/service-settings'

/** Id of the catalogue that comes with the app. */
const BUNDLED = 'tycho2'
const TABLE = 'table:'

export interface CatalogueQuestion {
  /** `tycho2`, one that a service has (`gaia-dr3`, `refcat2`, `apass9`, `panstarrs`, `ucac4`, `tycho2-pm`), or `table:` with the id of a table. */
  readonly id: string
  readonly cone: Cone
  /** In the catalogue's first band; all when left out. */
  readonly faintest?: number
  /** Stars at most, the brightest; 20 000 when left out. */
  readonly most?: number
  /** Julian year to which stars are moved whose motion is known; the catalogue's own when left out. */
  readonly epoch?: number
}

export interface LoadedCatalogue {
  /** Brightest first. */
  readonly stars: CatalogueStars
  readonly source: {
    readonly id: string
    readonly title: string
    /** Host that gave them; null for what is here. */
    readonly service: string | null
    /** Milliseconds since 1970, when the service gave them; null for what is here. */
    readonly askedAt: number | null
    /** Whether they were asked for before and kept. */
    readonly kept: boolean
  }
  readonly coverage: {
    readonly cone: Cone
    /** All stars of the cone down to this magnitude are there, as far as the catalogue has them; null where none was left out. */
    readonly faintest: number | null
  }
  /** What was wanted and could not be had, where Tycho-2 stands in for it. */
  readonly insteadOf: { readonly id: string; readonly code: string; readonly reason: string } | null
  readonly notes: readonly string[]
}

/** What loading stands on. */
export interface CatalogueAccess {
  readonly workspace: Pick<Workspace, 'settings' | 'catalogueCones' | 'fileTables' | 'pixels'>
  /** The stars of Tycho-2 in a cone, from the tiles that come with the app. */
  readonly loadTiles: (cone: Cone, task: Task) => Promise<CatalogueStars>
  readonly openFileTable: OpenFileTable
  readonly fetch?: Fetch
}

/** Beyond this a cone is no field of a camera: degrees. */
const WIDEST = 30
const USUAL_MOST = 20_000

/** Orders and programs ask too, and may hand over anything. */
const schema = z.object({
  id: z.string().min(1).max(200),
  cone: z.object({
    rightAscension: z.number().min(0).lt(360),
    declination: z.number().min(-90).max(90),
    radius: z.number().positive().max(WIDEST),
  }),
  faintest: z.number().min(-30).max(40).optional(),
  most: z.int().min(1).max(MOST_ROWS).optional(),
  epoch: z.number().min(1800).max(2200).optional(),
})

const checkQuestion = (question: CatalogueQuestion): void => {
  const read = schema.safeParse(question)
  if (!read.success) {
    const issue = read.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw new AsterismError(
      'bad-order',
      `Stars cannot be loaded so: ${where}: ${issue?.message ?? ''}. The middle of the field is in degrees, its radius at most ${WIDEST} degrees, and from 1 to ${MOST_ROWS} stars can be asked for.`,
      { where },
    )
  }
  const { id } = question
  if (id !== BUNDLED && !id.startsWith(TABLE) && findSource(id) === undefined)
    throw new AsterismError(
      'bad-order',
      `There is no catalogue "${id}". There are ${[BUNDLED, ...CATALOGUE_SOURCES.map((source) => source.id)].join(', ')}, and tables by their ids as in ${TABLE}<id>.`,
      { catalogue: id },
    )
}

type Found = Omit<LoadedCatalogue, 'insteadOf'>

/** The brightest of all stars that there are, and how deep they go. */
const cutStars = (
  all: CatalogueStars,
  { cone, faintest, most = USUAL_MOST }: CatalogueQuestion,
): { readonly stars: CatalogueStars; readonly faintest: number | null } => {
  const inside = searchCone(all, cone, faintest ?? Infinity)
  if (inside.rightAscension.length <= most) return { stars: inside, faintest: faintest ?? null }
  const stars = takeStars(
    inside,
    Array.from({ length: most }, (_, at) => at),
  )
  return { stars, faintest: stars.magnitude[most - 1] ?? null }
}

const loadBundled = async (
  question: CatalogueQuestion,
  access: CatalogueAccess,
  task: Task,
): Promise<Found> => {
  const { stars, faintest } = cutStars(await access.loadTiles(question.cone, task), question)
  return {
    stars,
    source: { id: BUNDLED, title: 'Tycho-2', service: null, askedAt: null, kept: false },
    coverage: { cone: question.cone, faintest },
    notes: [],
  }
}

const loadTable = async (question: CatalogueQuestion, access: CatalogueAccess): Promise<Found> => {
  const table = question.id.slice(TABLE.length)
  const { stars: all, title, notes } = await openCatalogue(access.workspace, table, access.openFileTable)
  const { stars, faintest } = cutStars(all, question)
  return {
    stars,
    source: { id: question.id, title, service: null, askedAt: null, kept: false },
    coverage: { cone: question.cone, faintest },
    notes,
  }
}

const loadFromService = async (
  question: CatalogueQuestion,
  source: CatalogueSource,
  access: CatalogueAccess,
  task: Task,
): Promise<Found> => {
  const { cone, faintest = null, most = USUAL_MOST } = question
  const wanted = { catalogue: source.id, cone, faintest, most }
  const cached = await findCached(access.workspace, wanted)
  if (cached !== null) {
    const { record } = cached
    const cut = cutStars(cached.stars, question)
    const { id, title } = source
    return {
      stars: cut.stars,
      source: { id, title, service: record.service, askedAt: record.createdAt, kept: true },
      coverage: { cone, faintest: cut.faintest },
      notes: [],
    }
  }
  const services = await readServices(access.workspace)
  const answer = await askServices({ source, cone, faintest, most }, services, task, access.fetch)
  const { stars, cut, service } = answer
  const last = stars.magnitude[stars.magnitude.length - 1]
  const deepest = cut ? (last ?? faintest) : faintest
  const askedAt = Date.now()
  const kept = await keepCone(access.workspace, {
    id: idFromHash('cone', await hashRecipe({ ...wanted, service })),
    catalogue: source.id,
    service,
    cone,
    faintest: deepest,
    stars,
    createdAt: askedAt,
  })
  return {
    stars,
    source: { id: source.id, title: source.title, service, askedAt, kept: false },
    coverage: { cone, faintest: deepest },
    notes: kept ? answer.notes : [...answer.notes, 'There is no room to keep these stars for later.'],
  }
}

/**
 * The stars of a catalogue in a cone, brightest first, moved to an epoch. What a service gave once is kept and serves smaller and brighter
 * questions in it without asking again. Where a service cannot be had, Tycho-2 stands in, and the result says so (`insteadOf`). Only a
 * question about a catalogue of a service goes out to the net, and a question is only asked when a person or an order does.
 */
export const loadCatalogue = async (
  question: CatalogueQuestion,
  access: CatalogueAccess,
  task: Task,
): Promise<LoadedCatalogue> => {
  checkQuestion(question)
  const move = (found: Found, insteadOf: LoadedCatalogue['insteadOf']): LoadedCatalogue => ({
    ...found,
    stars: question.epoch === undefined ? found.stars : moveStars(found.stars, question.epoch),
    insteadOf,
  })
  if (question.id === BUNDLED) return move(await loadBundled(question, access, task), null)
  if (question.id.startsWith(TABLE)) return move(await loadTable(question, access), null)
  const source = findSource(question.id)
  if (source === undefined) throw new AsterismError('unexpected', 'A catalogue was checked and is not there.')
  try {
    return move(await loadFromService(question, source, access, task), null)
  } catch (error) {
    if (!(error instanceof AsterismError) || isAbortError(error) || error.code === 'bad-order') throw error
    const { code, message } = error
    const instead = { id: source.id, code, reason: message }
    const { faintest: _faintest, ...plain } = question
    const found = await loadBundled(plain, access, task)
    return move(
      { ...found, notes: [`${source.title} could not be had, and Tycho-2 stands in for it: ${message}`] },
      instead,
    )
  }
}
