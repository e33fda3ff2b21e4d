import type { WorkspaceFault } from '../core/workspace-care'
import type { Workspace } from './workspace'

const STORES = {
  masters: 'masters',
  stacks: 'stacks',
  file_tables: 'fileTables',
  headers: 'headers',
  reduced: 'reduced',
  sources: 'sources',
  photometry_frames: 'photometryFrames',
  steps: 'steps',
  row_flags: 'rowFlags',
} as const satisfies Readonly<Record<string, keyof Workspace>>

const isDeletable = (store: string): store is keyof typeof STORES => Object.hasOwn(STORES, store)

const idsOf = (faults: readonly WorkspaceFault[], repair: WorkspaceFault['repair']): string[] => [
  ...new Set(faults.filter((fault) => fault.repair === repair).map(({ id }) => id)),
]

const stopOrders = async (workspace: Workspace, ids: readonly string[]): Promise<void> => {
  const orders = await workspace.orders.getMany(ids)
  await workspace.orders.putMany(
    orders.map((order) => ({ ...order, status: 'cancelled' as const, endedAt: Date.now() })),
  )
}

/**
 * Does what each fault says that mends it. Records go before bytes: a kill in between leaves bytes that the next check finds, and never a
 * record without its bytes. Frames are hidden and not purged, so that they can come back.
 * @returns bytes that were given back
 */
export const repairWorkspace = async (
  workspace: Workspace,
  faults: readonly WorkspaceFault[],
): Promise<number> => {
  for (const store of Object.keys(STORES)) {
    if (!isDeletable(store)) continue
    const ids = idsOf(
      faults.filter((fault) => fault.store === store),
      'delete-record',
    )
    if (ids.length > 0) await workspace[STORES[store]].deleteMany(ids)
  }
  await workspace.removeExposures(idsOf(faults, 'remove-frame'))
  await stopOrders(workspace, idsOf(faults, 'stop-order'))
  for (const id of idsOf(faults, 'delete-bytes')) await workspace.pixels.delete(id)
  return faults.filter(({ repair }) => repair === 'delete-bytes').reduce((sum, { bytes }) => sum + bytes, 0)
}
