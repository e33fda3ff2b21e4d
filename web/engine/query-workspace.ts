import { AsterismError } from '../core/errors'
import { gatherProvenance } from '../pipeline/provenance/gather-provenance'
import { estimateStorage } from '../storage/estimate-storage'
import { queryTable } from '../storage/query'
import type { Workspace } from '../storage/workspace'
import type { Studio } from './studio'

type Queries = Pick<
  Studio,
  | 'listExposures'
  | 'listNewExposures'
  | 'listMasters'
  | 'listReduced'
  | 'listStacks'
  | 'listFrameStatistics'
  | 'listSources'
  | 'listLightCurves'
  | 'listCameraReports'
  | 'listComposites'
  | 'listOrders'
  | 'listSteps'
  | 'listUnfinishedOrders'
  | 'listLog'
  | 'provenance'
  | 'query'
  | 'header'
  | 'cards'
  | 'findWcs'
  | 'listSolutions'
  | 'storage'
>

/** Header cards of a raw frame, or of the original behind a reduced one. */
const readCards = async (workspace: Workspace, frame: string) => {
  const reduced = await workspace.reduced.get(frame)
  const stored = await workspace.headers.get(reduced?.exposure ?? frame)
  if (stored === undefined)
    throw new AsterismError('not-found', 'This frame has no header in the workspace.', { frame })
  return stored.cards
}

/** Everything that is read from the store and needs no pixels, on the page's own thread. */
export const queryWorkspace = (
  opened: Promise<Workspace>,
  running: ReadonlyMap<string, unknown>,
): Queries => ({
  listExposures: async () => (await opened).exposures.list(),
  listNewExposures: async (known) => {
    const { exposures } = await opened
    const fresh = (await exposures.listIds()).filter((id) => !known.has(id))
    return (await exposures.getMany(fresh)).filter(({ removedAt }) => removedAt === undefined)
  },
  listMasters: async () => (await opened).masters.list(),
  listReduced: async () => (await opened).reduced.list(),
  listStacks: async () => (await opened).stacks.list(),
  listFrameStatistics: async () => (await opened).frameStatistics.list(),
  listSources: async () => (await opened).sources.list(),
  listLightCurves: async () => (await opened).lightcurves.list(),
  listCameraReports: async () => (await opened).cameraReports.list(),
  listComposites: async () => (await opened).composites.list(),
  listOrders: async () => (await (await opened).orders.list()).sort((a, b) => a.createdAt - b.createdAt),
  listSteps: async (order) =>
    (await (await opened).steps.listBy('order', order)).sort((a, b) => a.index - b.index),
  listUnfinishedOrders: async () =>
    (await (await opened).orders.list()).filter(
      ({ id, status }) => (status === 'running' || status === 'queued') && !running.has(id),
    ),
  listLog: async () => (await (await opened).log.list()).sort((a, b) => a.time - b.time),
  provenance: async (id) => gatherProvenance(await opened, id),
  query: async (table, filter = {}) => queryTable(await opened, table, filter),
  header: async (frame) =>
    (await readCards(await opened, frame)).map(({ keyword, value, comment }) => ({
      keyword,
      value,
      comment,
    })),
  cards: async (frame) => readCards(await opened, frame),
  findWcs: async (frame) => {
    // All projections that there are: more than a page without a picture needs.
    const { findFrameWcs } = await import('../pipeline/astrometry/find-frame-wcs')
    return findFrameWcs(await opened, frame)
  },
  listSolutions: async () => (await opened).plateSolutions.list(),
  storage: async () => {
    const workspace = await opened
    return { ...(await estimateStorage()), backend: workspace.pixels.kind }
  },
})
