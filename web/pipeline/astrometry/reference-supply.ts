import type { CatalogueStars, Cone } from '../../core/catalogue'
import type { OpenFileTable } from '../../core/file-table'
import type { UsedCatalogue } from '../../core/plate-solution'
import type { Task } from '../../core/task'
import { createReferenceSky, type ReferenceSky } from '../../science/astrometry/solve/reference-sky'
import { takeStars } from '../../science/catalogue/catalogue-stars'
import { moveStars } from '../../science/catalogue/move-stars'
import type { Workspace } from '../../storage/workspace'
import { loadCatalogue } from './load-catalogue'
import type { SkyPlace } from './list-hints'
import type { SkyTiles, TiledStars } from './sky-tiles'

/** What a step may ask for that is no record: files beside the page, and how the tables of dropped files are opened. */
export interface SkySources {
  readonly tiles: SkyTiles
  readonly openFileTable: OpenFileTable
  /** Where an object is, as far as it is known without asking anybody; null where it is not. */
  readonly resolveName?: (name: string, task: Task) => Promise<SkyPlace | null>
}

/** Stars of a catalogue at the frame's epoch, ready for the solver. */
export interface References {
  readonly stars: CatalogueStars
  readonly sky: ReferenceSky
  readonly used: UsedCatalogue
  /** What a person ought to know, such as that another catalogue stands in. */
  readonly flags: readonly string[]
}

/** Where the solver's stars come from. */
export interface ReferenceSupply {
  /** Stars of the catalogue that was asked for. */
  chosen(cone: Cone, task: Task): Promise<References>
  /** Stars of the catalogue that comes with the app, for finding the place: bright ones, and wherever one looks. */
  bundled(cone: Cone, task: Task): Promise<References>
  bright(task: Task): Promise<References>
  whole(task: Task): Promise<References>
}

/** Id of the catalogue that comes with the app. */
export const BUNDLED_CATALOGUE = 'tycho2'

const faintestOf = ({ magnitude }: CatalogueStars): number | null => {
  let faintest = -Infinity
  for (const value of magnitude) if (value > faintest) faintest = value
  return Number.isFinite(faintest) ? faintest : null
}

const describeTiles = (found: TiledStars, stars: CatalogueStars): UsedCatalogue => ({
  id: BUNDLED_CATALOGUE,
  name: found.name,
  band: found.band,
  epoch: stars.epoch,
  moving: stars.motion !== null,
  limit: faintestOf(stars),
  stars: stars.rightAscension.length,
  files: found.files,
})

/** The bright sky of a worker: making it takes a fifth of a second, and every lost frame asks for it. */
let brightSky: { readonly tiles: SkyTiles; readonly epoch: number; readonly references: References } | null =
  null

const loadBright = async (tiles: SkyTiles, epoch: number, task: Task): Promise<References> => {
  if (brightSky !== null && brightSky.tiles === tiles && brightSky.epoch === epoch)
    return brightSky.references
  const found = await tiles.bright(task)
  const stars = moveStars(found.stars, epoch)
  const references = {
    stars,
    sky: createReferenceSky(stars),
    used: describeTiles(found, stars),
    flags: [],
  }
  brightSky = { tiles, epoch, references }
  return references
}

/** Some hundred megabytes: kept as long as there is room for it. */
let wholeSky: { readonly tiles: SkyTiles; readonly references: WeakRef<References> } | null = null

/** Fainter stars would cost seconds, and hardly any field has too few without them and enough with them. */
const FAINTEST_OF_WHOLE = 11.5

const loadWhole = async (tiles: SkyTiles, epoch: number, task: Task): Promise<References> => {
  const kept = wholeSky?.tiles === tiles ? wholeSky.references.deref() : undefined
  if (kept !== undefined && (kept.stars.motion === null || kept.stars.epoch === epoch)) return kept
  const found = await tiles.whole(task)
  const { magnitude } = found.stars
  const bright = [...magnitude.keys()].filter((star) => magnitude[star]! <= FAINTEST_OF_WHOLE)
  const stars = moveStars(takeStars(found.stars, bright), epoch)
  const references = { stars, sky: createReferenceSky(stars), used: describeTiles(found, stars), flags: [] }
  wholeSky = { tiles, references: new WeakRef(references) }
  return references
}

/** Stars of one catalogue, moved to the Julian year of a frame where their motion is known. */
export const createReferenceSupply = (
  { tiles, openFileTable }: SkySources,
  workspace: Parameters<typeof loadCatalogue>[1]['workspace'] & Pick<Workspace, 'settings'>,
  { catalogue, epoch }: { readonly catalogue: string; readonly epoch: number },
): ReferenceSupply => {
  const bundled: ReferenceSupply['bundled'] = async (cone, task) => {
    const found = await tiles.cone(cone, task)
    const stars = moveStars(found.stars, epoch)
    return { stars, sky: createReferenceSky(stars), used: describeTiles(found, stars), flags: [] }
  }
  const chosen: ReferenceSupply['chosen'] = async (cone, task) => {
    if (catalogue === BUNDLED_CATALOGUE) return bundled(cone, task)
    const files: { path: string; sha256: string }[] = []
    const loadTiles = async (wanted: Cone, under: Task): Promise<CatalogueStars> => {
      const found = await tiles.cone(wanted, under)
      files.push(...found.files)
      return found.stars
    }
    const loaded = await loadCatalogue(
      { id: catalogue, cone, epoch },
      { workspace, loadTiles, openFileTable },
      task,
    )
    const { stars, source, coverage, insteadOf } = loaded
    const answer =
      source.service === null
        ? []
        : [
            {
              path: `${source.service} ${source.askedAt === null ? '' : new Date(source.askedAt).toISOString()}`.trim(),
              sha256: '',
            },
          ]
    return {
      stars,
      sky: createReferenceSky(stars),
      used: {
        id: source.id,
        name: source.title,
        band: stars.bands?.[0]?.name ?? '',
        epoch: stars.epoch,
        moving: stars.motion !== null,
        limit: coverage.faintest ?? faintestOf(stars),
        stars: stars.rightAscension.length,
        files: [...files, ...answer],
      },
      flags: insteadOf === null ? [] : ['other-catalogue'],
    }
  }
  return {
    chosen,
    bundled,
    bright: (task) => loadBright(tiles, epoch, task),
    whole: (task) => loadWhole(tiles, epoch, task),
  }
}
