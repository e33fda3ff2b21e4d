import type { ExposureRecord, FrameFacts } from '../core/frame'
import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import type { Studio } from './studio'

type Edits = Pick<
  Studio,
  | 'correct'
  | 'restoreCorrections'
  | 'setExcluded'
  | 'remove'
  | 'restoreRemoved'
  | 'purgeRemoved'
  | 'weighRemoved'
>

interface EditHooks {
  readonly onChange: () => void
  readonly requireWriter: () => Promise<void>
  readonly note: NoteForLog
  /** Throws while bytes are there whose records are still to come. */
  readonly requireSettledBytes: () => void
}

const countFrames = (frames: readonly string[]): string =>
  frames.length === 1 ? '1 frame' : `${frames.length} frames`

/** Removed tables that came with files, and the bytes of those files of which nothing else is there. */
const weighTables = async ({
  fileTables,
  exposures,
  pixels,
}: Workspace): Promise<{ readonly count: number; readonly bytes: number }> => {
  const removed = await fileTables.listRemoved()
  if (removed.length === 0) return { count: 0, bytes: 0 }
  const sizes = new Map((await pixels.list()).map(({ id, bytes }) => [id, bytes]))
  let bytes = 0
  for (const [sha256, bytesId] of new Map(removed.map((table) => [table.sha256, table.bytesId]))) {
    const others = [
      ...(await exposures.listBy('sha256', sha256)),
      ...(await fileTables.listBy('sha256', sha256)),
    ]
    if (others.length === 0) bytes += sizes.get(bytesId) ?? 0
  }
  return { count: removed.length, bytes }
}

/** What a person changes about frames. Each can be undone: former values come back, removed frames stay until purged. */
export const editFrames = (
  opened: Promise<Workspace>,
  { onChange, requireWriter, note, requireSettledBytes }: EditHooks,
): Edits => {
  const rewrite = async (
    what: string,
    frames: readonly string[],
    change: (record: ExposureRecord) => ExposureRecord,
  ): Promise<void> => {
    await requireWriter()
    const workspace = await opened
    await workspace.exposures.putMany((await workspace.exposures.getMany([...frames])).map(change))
    await note(`${countFrames(frames)} ${what}`, { context: { frames: frames.join(' ') } })
    onChange()
  }
  const act = async (
    what: string,
    frames: readonly string[],
    work: (workspace: Workspace) => Promise<unknown>,
  ): Promise<void> => {
    await requireWriter()
    await work(await opened)
    await note(`${countFrames(frames)} ${what}`, { context: { frames: frames.join(' ') } })
    onChange()
  }
  return {
    correct: async (frames, changes) => {
      const former = new Map<string, Partial<FrameFacts>>()
      await rewrite(`corrected by hand: ${JSON.stringify(changes)}`, frames, (record) => {
        former.set(record.id, record.corrections)
        return { ...record, corrections: { ...record.corrections, ...changes } }
      })
      return former
    },
    restoreCorrections: (corrections) =>
      rewrite('set back to what they were before a correction', [...corrections.keys()], (record) => ({
        ...record,
        corrections: corrections.get(record.id) ?? {},
      })),
    setExcluded: (frames, excluded) =>
      rewrite(excluded ? 'left out of orders' : 'taken back into orders', frames, (record) => ({
        ...record,
        excluded,
      })),
    remove: (frames) => act('removed', frames, (workspace) => workspace.removeExposures(frames)),
    restoreRemoved: (frames) =>
      act('brought back', frames, (workspace) => workspace.restoreExposures(frames)),
    purgeRemoved: async () => {
      await requireWriter()
      requireSettledBytes()
      const { exposures, files } = await (await opened).purgeRemoved()
      await note(`${exposures} removed frames deleted for good, with ${files} files.`)
      onChange()
    },
    weighRemoved: async () => {
      const workspace = await opened
      const removed = await workspace.exposures.listRemoved()
      const bytes = removed.reduce((sum, { pixels }) => sum + pixels.headerOffset + pixels.dataLength, 0)
      const tables = await weighTables(workspace)
      return { frames: removed.length, tables: tables.count, bytes: bytes + tables.bytes }
    },
  }
}
