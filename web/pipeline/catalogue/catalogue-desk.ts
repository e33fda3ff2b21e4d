import type { OpenFileTable } from '../../core/file-table'
import type { Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { loadCatalogue, type CatalogueQuestion, type LoadedCatalogue } from '../astrometry/load-catalogue'
import { createSkyTiles, type SkyTiles } from '../astrometry/sky-tiles'
import { describeCatalogue, type DroppedCatalogue } from './dropped-catalogue'

/** What a page asks of catalogues. */
export interface CatalogueDesk {
  /** @param base address of the page, below which the tiles of Tycho-2 lie */
  load(question: CatalogueQuestion, base: string, task: Task): Promise<LoadedCatalogue>
  /** A table that came with a file, as a catalogue. */
  describe(table: string): Promise<DroppedCatalogue>
}

/** Catalogues for one thread: it remembers the tiles that it has read. */
export const createCatalogueDesk = (workspace: Workspace, openFileTable: OpenFileTable): CatalogueDesk => {
  let tiles: SkyTiles | undefined
  return {
    load: (question, base, task) => {
      const known = (tiles ??= createSkyTiles({ base }))
      const loadTiles = async (cone: CatalogueQuestion['cone'], under: Task) =>
        (await known.cone(cone, under)).stars
      return loadCatalogue(question, { workspace, loadTiles, openFileTable }, task)
    },
    describe: (table) => describeCatalogue(workspace, table, openFileTable),
  }
}
