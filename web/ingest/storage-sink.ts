import { summariseExposure } from '../core/frame'
import type { Workspace } from '../storage/workspace'
import { readOwnProfiles } from './instruments/own-profiles'
import type { IngestSink } from './ingest-files'

/** Frames into the workspace: bytes first, so that a record never stands for pixels that did not fit. */
export const createStorageSink = (workspace: Workspace): IngestSink => ({
  has: async (sha256) => {
    const known = await workspace.exposures.listBy('sha256', sha256)
    if (known.length > 0) return known.map((exposure) => exposure.id)
    return (await workspace.fileTables.listBy('sha256', sha256)).length > 0 ? [] : null
  },
  tablesOf: (sha256) => workspace.fileTables.listBy('sha256', sha256),
  summarise: async (ids) => (await workspace.exposures.getMany(ids)).map(summariseExposure),
  profiles: () => readOwnProfiles(workspace),
  save: async (exposures, headers, bytes, bytesId, tables = []) => {
    await workspace.pixels.write(bytesId, bytes)
    await workspace.saveTogether({
      exposures,
      headers: headers.map(({ id, cards }) => ({ id, cards })),
      file_tables: tables,
    })
  },
})
