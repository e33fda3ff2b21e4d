import type { Cone } from '../core/catalogue'
import type { ResolvedName } from '../core/resolved-name'
import type { SkyServices } from '../core/sky-services'
import type { CatalogueQuestion, LoadedCatalogue } from '../pipeline/astrometry/load-catalogue'
import type { DroppedCatalogue } from '../pipeline/catalogue/dropped-catalogue'
import type { QueryContract } from '../rpc/contracts'
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

/** All of it is done in the worker that asks tables: the page has only the calls. */
export const askSky = (
  worker: Pick<KeptWorker<QueryContract>, 'call' | 'callTask'>,
  requireWriter: () => Promise<void>,
): SkyDesk => {
  const base = document.baseURI
  return {
    resolve: (name, options = {}) =>
      worker.callTask((remote, port) => remote.resolveName(name, base, port), options),
    around: (cone, options = {}) =>
      worker.callTask((remote, port) => remote.namesAround(cone, base, port), options),
    load: (question, options = {}) =>
      worker.callTask((remote, port) => remote.loadCatalogue(question, base, port), options),
    describe: (table) => worker.call((remote) => remote.describeCatalogue(table)),
    choose: async (table, columns) => {
      await requireWriter()
      await worker.call((remote) => remote.chooseColumns(table, columns))
    },
    services: () => worker.call((remote) => remote.readServices()),
    keepServices: async (services) => {
      await requireWriter()
      return worker.call((remote) => remote.keepServices(services))
    },
  }
}
