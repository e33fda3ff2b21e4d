import type { ExposureRecord, FrameFacts } from '../core/frame'
import type { Workspace } from '../storage/workspace'
import type { Studio } from './studio'

type Edits = Pick<
  Studio,
  'correct' | 'restoreCorrections' | 'setExcluded' | 'remove' | 'restoreRemoved' | 'purgeRemoved'
>

/** What a person changes about frames. Each can be undone: former values come back, removed frames stay until purged. */
export const editFrames = (
  opened: Promise<Workspace>,
  onChange: () => void,
  requireWriter: () => Promise<void>,
): Edits => {
  const rewrite = async (
    frames: readonly string[],
    change: (record: ExposureRecord) => ExposureRecord,
  ): Promise<void> => {
    await requireWriter()
    const workspace = await opened
    await workspace.exposures.putMany((await workspace.exposures.getMany([...frames])).map(change))
    onChange()
  }
  const act = async (work: (workspace: Workspace) => Promise<unknown>): Promise<void> => {
    await requireWriter()
    await work(await opened)
    onChange()
  }
  return {
    correct: async (frames, changes) => {
      const former = new Map<string, Partial<FrameFacts>>()
      await rewrite(frames, (record) => {
        former.set(record.id, record.corrections)
        return { ...record, corrections: { ...record.corrections, ...changes } }
      })
      return former
    },
    restoreCorrections: (corrections) =>
      rewrite([...corrections.keys()], (record) => ({
        ...record,
        corrections: corrections.get(record.id) ?? {},
      })),
    setExcluded: (frames, excluded) => rewrite(frames, (record) => ({ ...record, excluded })),
    remove: (frames) => act((workspace) => workspace.removeExposures(frames)),
    restoreRemoved: (frames) => act((workspace) => workspace.restoreExposures(frames)),
    purgeRemoved: () => act((workspace) => workspace.purgeRemoved()),
  }
}
