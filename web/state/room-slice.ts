import type { StorageState, Studio } from '../engine/studio'
import { requestPersistence } from '../storage/estimate-storage'
import { fitFiles } from '../storage/fit-files'
import type { LibrarySlice } from './library-slice'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

interface FileToKeep {
  readonly path: string
  readonly blob: Blob
}

/** What a person is asked when files do not all fit. */
export interface RoomQuestion {
  readonly files: number
  /** Paths of those that do not fit. */
  readonly left: readonly string[]
  readonly neededBytes: number
  readonly freeBytes: number
  /** What removed frames still take, which can be let go at once. */
  readonly removed: { readonly frames: number; readonly tables: number; readonly bytes: number }
}

export type RoomAnswer = 'those-that-fit' | 'all' | 'none' | 'purge'

export interface RoomSlice {
  readonly question: RoomQuestion | null
  /** The files to take in: all, or what the person decided; empty when nothing is to be taken. */
  readonly settle: <File extends FileToKeep>(files: readonly File[]) => Promise<readonly File[]>
  readonly answer: (answer: RoomAnswer) => void
}

export const createRoomSlice = (
  { set }: SliceAccess<RoomSlice>,
  studio: Studio,
  others: {
    readonly notices: () => NoticesSlice
    readonly library: () => Pick<LibrarySlice, 'refresh'>
  },
): RoomSlice => {
  const { notices, library } = others
  let decide: ((answer: RoomAnswer) => void) | null = null
  let asked = false

  // Once there is something to lose, and once a visit: asked at the start, a person would not know what for.
  const askToPersist = async (): Promise<void> => {
    if (asked) return
    asked = true
    const { persisted } = await studio.storage()
    if (!persisted && (await requestPersistence())) await library().refresh()
  }
  studio.subscribe((event) => {
    if (event.kind === 'frames-changed') void askToPersist().catch(() => undefined)
  })

  const ask = async (
    files: readonly FileToKeep[],
    storage: StorageState,
  ): Promise<{ answer: RoomAnswer; left: ReadonlySet<string> }> => {
    const sizes = files.map(({ path, blob }) => ({ path, bytes: blob.size }))
    const { left, neededBytes, freeBytes } = fitFiles(sizes, storage)
    const paths = left.map(({ path }) => path)
    if (left.length === 0) return { answer: 'all', left: new Set() }
    const removed = await studio.weighRemoved()
    const answer = await new Promise<RoomAnswer>((resolve) => {
      decide = resolve
      set({ question: { files: files.length, left: paths, neededBytes, freeBytes, removed } })
    })
    set({ question: null })
    return { answer, left: new Set(paths) }
  }

  return {
    question: null,
    settle: async (files) => {
      for (;;) {
        const { answer, left } = await ask(files, await studio.storage())
        if (answer === 'all') return files
        if (answer === 'none') return []
        if (answer === 'those-that-fit') return files.filter(({ path }) => !left.has(path))
        try {
          await studio.purgeRemoved()
        } catch (error) {
          notices().tellError(error)
          return []
        }
      }
    },
    answer: (answer) => {
      decide?.(answer)
      decide = null
    },
  }
}
