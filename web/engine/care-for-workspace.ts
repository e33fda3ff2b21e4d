import { AsterismError } from '../core/errors'
import type { StoreDescription, WorkspaceCheck, WorkspaceFault } from '../core/workspace-care'
import type { InspectionContract } from '../rpc/contracts'
import { repairWorkspace } from '../storage/repair-workspace'
import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import type { KeptWorker } from './keep-worker'
import type { CallOptions } from './call-options'

/** How the stores are, what contradicts itself, and what can be done about it. */
export interface WorkspaceCare {
  describe(): Promise<StoreDescription[]>
  /** `thorough`: reads every original again and compares its hash. */
  check(options?: CallOptions & { readonly thorough?: boolean }): Promise<WorkspaceCheck>
  /** Does what the faults say that mends them; gives back how many bytes are free again. */
  repair(faults: readonly WorkspaceFault[]): Promise<number>
  /** Removed frames for good, and log lines older than so many days; null keeps all lines. */
  compact(options: { readonly logDays: number | null }): Promise<{
    readonly frames: number
    readonly files: number
    readonly lines: number
  }>
}

interface CareHooks {
  readonly worker: Pick<KeptWorker<InspectionContract>, 'call' | 'callTask'>
  readonly running: ReadonlyMap<string, unknown>
  /** True while files come in or an order runs: what is half done looks like a fault. */
  readonly isBusy: () => boolean
  readonly requireWriter: () => Promise<void>
  /** Throws while a project comes in. */
  readonly requireSettledBytes: () => void
  readonly note: NoteForLog
  readonly onChange: () => void
}

const DAY = 86_400_000

export const careForWorkspace = (opened: Promise<Workspace>, hooks: CareHooks): WorkspaceCare => {
  const { worker, running, isBusy, requireWriter, requireSettledBytes, note, onChange } = hooks
  const requireRest = async (): Promise<void> => {
    await requireWriter()
    requireSettledBytes()
    if (isBusy())
      throw new AsterismError(
        'bad-order',
        'Something is at work in the workspace. Wait until it is done, or cancel it, and try again.',
      )
  }
  return {
    describe: () => worker.call((remote) => remote.describeStores()),
    check: ({ thorough = false, ...options } = {}) =>
      worker.callTask((remote, port) => remote.checkWorkspace([...running.keys()], thorough, port), options),
    repair: async (faults) => {
      await requireRest()
      const freed = await repairWorkspace(await opened, faults)
      const mended = faults.filter(({ repair }) => repair !== 'none').length
      await note(`The workspace was repaired: ${mended} faults mended, ${freed} bytes freed`, {
        context: { faults: faults.map(({ code, id }) => `${code} ${id}`).join('; ') },
      })
      onChange()
      return freed
    },
    compact: async ({ logDays }) => {
      await requireRest()
      const workspace = await opened
      const { exposures, files } = await workspace.purgeRemoved()
      const old =
        logDays === null
          ? []
          : await workspace.log.listIdsBy('time', IDBKeyRange.upperBound(Date.now() - logDays * DAY))
      await workspace.log.deleteMany(old)
      await note(
        `The workspace was compacted: ${exposures} removed frames and ${old.length} lines of the log deleted`,
      )
      onChange()
      return { frames: exposures, files, lines: old.length }
    },
  }
}
