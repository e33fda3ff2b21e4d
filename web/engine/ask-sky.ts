import type { Cone } from '../core/catalogue'
import type { ResolvedName } from '../core/resolved-name'
import type { SkyServices } from '../core/sky-services'
import type { Task } from '../core/task'
import type { CatalogueQuestion, LoadedCatalogue } from '../pipeline/astrometry/load-catalogue'
import { chooseColumns, type DroppedCatalogue } from '../pipeline/catalogue/dropped-catalogue'
import { keepServices, readServices } from '../pipeline/catalogue/service-settings'
import { createNameBook } from '../pipeline/names/name-book'
import { resolveName } from '../pipeline/names/resolve-name'
import type { QueryContract } from '../rpc/contracts'
import type { Workspace } from '../storage/workspace'
import type { CallOptions } from './call-options'
import type { KeptWorker } from './keep-worker'

/** Names and catalogues. Only `resolve` and `load` may ask the net, and only services that are switched on. */
export interface SkyDesk {
  /** Where something is, by its name or by coordinates: the lists that come with the app first, then the name service. */
  resolve(name: string, options?: CallOptions): Promise<ResolvedName>
  /** What of the lists that come with the app reaches into a cone, the brightest first. */
  around(cone: Cone, options?: CallOptions): Promise<readonly ResolvedName[]>
  /** Stars of a catalogue in a cone, brightest first. */
  load(question: CatalogueQuestion, options?: CallOptions): Promise<LoadedCatalogue>
  /** A table that came with a file, as a catalogue: what its columns are taken for. */
  describe(table: string): Promise<DroppedCatalogue>
  /** What a person says its columns are; null leaves it to their names again. */
  choose(table: string, columns: unknown): Promise<void>
  services(): Promise<SkyServices>
  keepServices(services: SkyServices): Promise<SkyServices>
}

const toTask = ({ signal, onProgress }: CallOptions): Task => ({
  signal: signal ?? new AbortController().signal,
  report: (progress) => onProgress?.(progress),
})

export const askSky = (
  opened: Promise<Workspace>,
  worker: Pick<KeptWorker<QueryContract>, 'call' | 'callTask'>,
  requireWriter: () => Promise<void>,
): SkyDesk => {
  const book = createNameBook(document.baseURI)
  return {
    resolve: async (name, options = {}) =>
      resolveName(name, { book, workspace: await opened }, toTask(options)),
    around: (cone, options = {}) => book.around(cone, toTask(options)),
    load: (question, options = {}) =>
      worker.callTask((remote, port) => remote.loadCatalogue(question, document.baseURI, port), options),
    describe: (table) => worker.call((remote) => remote.describeCatalogue(table)),
    choose: async (table, columns) => {
      await requireWriter()
      await chooseColumns(await opened, table, columns)
    },
    services: async () => readServices(await opened),
    keepServices: async (services) => {
      await requireWriter()
      return keepServices(await opened, services)
    },
  }
}
