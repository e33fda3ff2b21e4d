import type { Cone } from '../../core/catalogue'
import type { OpenFileTable } from '../../core/file-table'
import type { ResolvedName } from '../../core/resolved-name'
import type { SkyServices } from '../../core/sky-services'
import type { Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { loadCatalogue, type CatalogueQuestion, type LoadedCatalogue } from '../astrometry/load-catalogue'
import { createSkyTiles, type SkyTiles } from '../astrometry/sky-tiles'
import { createNameBook, type NameBook } from '../names/name-book'
import { resolveName } from '../names/resolve-name'
import { chooseColumns, describeCatalogue, type DroppedCatalogue } from './dropped-catalogue'
import { keepServices, readServices } from './service-settings'

/** What a page asks of names and catalogues. `base` is its address, below which tiles and lists of names lie. */
export interface CatalogueDesk {
  resolve(name: string, base: string, task: Task): Promise<ResolvedName>
  /** Things of the lists in a cone. */
  around(cone: Cone, base: string, task: Task): Promise<readonly ResolvedName[]>
  load(question: CatalogueQuestion, base: string, task: Task): Promise<LoadedCatalogue>
  /** A table that came with a file, as a catalogue. */
  describe(table: string): Promise<DroppedCatalogue>
  choose(table: string, columns: unknown): Promise<void>
  services(): Promise<SkyServices>
  keepServices(services: SkyServices): Promise<SkyServices>
}

/** Names and catalogues for one thread: it remembers the lists and tiles that it has read. */
export const createCatalogueDesk = (workspace: Workspace, openFileTable: OpenFileTable): CatalogueDesk => {
  let tiles: SkyTiles | undefined
  let book: NameBook | undefined
  const bookOf = (base: string): NameBook => (book ??= createNameBook(base))
  return {
    resolve: (name, base, task) => resolveName(name, { book: bookOf(base), workspace }, task),
    around: (cone, base, task) => bookOf(base).around(cone, task),
    load: (question, base, task) => {
      const known = (tiles ??= createSkyTiles({ base }))
      const loadTiles = async (cone: CatalogueQuestion['cone'], under: Task) =>
        (await known.cone(cone, under)).stars
      return loadCatalogue(question, { workspace, loadTiles, openFileTable }, task)
    },
    describe: (table) => describeCatalogue(workspace, table, openFileTable),
    choose: (table, columns) => chooseColumns(workspace, table, columns),
    services: () => readServices(workspace),
    keepServices: (services) => keepServices(workspace, services),
  }
}
