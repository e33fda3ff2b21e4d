import { summariseExposure } from '../core/frame'
import type { Workspace } from '../storage/workspace'
import { readOwnProfiles } from './instruments/own-profiles'
import type { IngestSink } from './ingest-files'

/** Frames into the workspace: bytes first, so that a record never stands for pixels that did not fit. */
export const createStorageSink = (workspace: Workspace): IngestSink => ({
  has: async (sha256) => {
    const known = await workspace.exposures.listBy('sha256', sha256)
    return known.length === 0 ? null : known.map((exposure) => exposure.id)
  },
  summarise: async (ids) => (await workspace.exposures.getMany(ids)).map(summariseExposure),
  profiles: () => readOwnProfiles(workspace),
  save: async (exposures, headers, bytes, bytesId) => {
    await workspace.pixels.write(bytesId, bytes)
    const cardsOf = new Map(headers.map((header) => [header.id, header.cards]))
    await workspace.saveExposures(
      exposures.map((exposure) => ({ exposure, cards: cardsOf.get(exposure.id) ?? [] })),
    )
  },
})
