import type { ImportReport, ProjectSummary } from '../core/import-report'
import type { Progress } from '../core/task'
import { NO_MIRROR, NO_WATCH, type MirrorState, type WatchState } from '../engine/folder-state'
import type { CallOptions } from '../engine/call-options'
import type { Studio } from '../engine/studio'
import type { LibrarySlice } from './library-slice'
import type { NoticesSlice } from './notices-slice'
import type { OrdersSlice } from './orders-slice'
import type { SliceAccess } from './slice-access'

interface OfferedFile {
  readonly path: string
  readonly blob: Blob
}

export interface ProjectSlice {
  /** What is under way; null when nothing is. */
  readonly work: { readonly kind: 'save' | 'open'; readonly progress: Progress } | null
  /** A project that was dropped and waits for a word. */
  readonly offered: {
    readonly name: string
    readonly blob: Blob
    readonly summary: ProjectSummary
  } | null
  /** Of the project that came in last, until it is put away. */
  readonly report: ImportReport | null
  readonly watch: WatchState
  readonly mirror: MirrorState
  /** Into a file that the person chose, or, without one, into a blob; null when it was cancelled or failed, which has been said. */
  readonly save: (chosen: FileSystemFileHandle | null) => Promise<Blob | null>
  /** Asks about those that are projects and gives the others. */
  readonly sortOut: <File extends OfferedFile>(files: readonly File[]) => Promise<readonly File[]>
  /** Takes the offered project in. */
  readonly accept: () => Promise<void>
  readonly decline: () => void
  readonly cancel: () => void
  readonly putAway: () => void
  /** Does something with one of the folders and says what went wrong. */
  readonly withFolder: (act: (studio: Studio) => Promise<void>) => Promise<void>
}

const isZip = ({ path }: OfferedFile): boolean => /\.zip$/i.test(path)

export const createProjectSlice = (
  { get, set }: SliceAccess<ProjectSlice>,
  studio: Studio,
  others: {
    readonly notices: () => NoticesSlice
    readonly library: () => Pick<LibrarySlice, 'refresh'>
    readonly orders: () => Pick<OrdersSlice, 'refresh'>
  },
): ProjectSlice => {
  const { notices, library, orders } = others
  let control: AbortController | null = null

  studio.subscribe((event) => {
    if (event.kind === 'watch-changed') set({ watch: event.state })
    if (event.kind === 'mirror-changed') set({ mirror: event.state })
  })

  const run = async <Result>(
    kind: 'save' | 'open',
    work: (options: CallOptions) => Promise<Result>,
  ): Promise<Result | null> => {
    if (get().work !== null) return null
    const own = new AbortController()
    control = own
    set({ work: { kind, progress: { label: '', done: 0, total: 1 } } })
    try {
      return await work({
        signal: own.signal,
        onProgress: (progress) => set({ work: { kind, progress } }),
      })
    } catch (error) {
      notices().tellError(error)
      return null
    } finally {
      control = null
      set({ work: null })
    }
  }

  const openProject = async (zip: Blob): Promise<void> => {
    const report = await run('open', (options) => studio.importProject(zip, options))
    if (report !== null) {
      set({ report })
      notices().tell({
        key: 'projectOpened',
        tone: report.rejected.length > 0 ? 'bad' : 'good',
        values: { count: report.frames, rejected: report.rejected.length },
      })
    }
    await library().refresh()
    await orders().refresh()
  }

  return {
    work: null,
    offered: null,
    report: null,
    watch: NO_WATCH,
    mirror: NO_MIRROR,
    save: (chosen) =>
      run('save', async (options) => {
        if (chosen === null) return studio.exportProject(options)
        await studio.saveProject(chosen, options)
        notices().tell({ key: 'projectSaved', tone: 'good', values: { name: chosen.name } })
        return null
      }),
    sortOut: async (files) => {
      const rest: (typeof files)[number][] = []
      for (const file of files) {
        if (!isZip(file)) {
          rest.push(file)
          continue
        }
        try {
          const summary = await studio.inspectProject(file.blob)
          if (summary === null) rest.push(file)
          else set({ offered: { name: file.path.split('/').at(-1) ?? file.path, blob: file.blob, summary } })
        } catch (error) {
          notices().tellError(error)
        }
      }
      return rest
    },
    accept: async () => {
      const { offered } = get()
      set({ offered: null })
      if (offered !== null) await openProject(offered.blob)
    },
    decline: () => set({ offered: null }),
    cancel: () => control?.abort(),
    putAway: () => set({ report: null }),
    withFolder: async (act) => {
      try {
        await act(studio)
      } catch (error) {
        notices().tellError(error)
      }
    },
  }
}
