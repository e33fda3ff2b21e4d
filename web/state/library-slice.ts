import type { ExposureRecord, FrameFacts } from '../core/frame'
import type { LightCurveRecord } from '../core/light-curve'
import type { MasterRecord } from '../core/master'
import type { ReducedRecord } from '../core/reduced'
import type { FrameQuality } from '../core/source-list'
import type { IngestReport } from '../core/work-order'
import type { IngestInput, Studio, StorageState } from '../engine/studio'
import type { Progress } from '../core/task'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface LibrarySlice {
  /** False until the workspace has been read once; then an empty list means that it is empty. */
  readonly loaded: boolean
  readonly exposures: readonly ExposureRecord[]
  readonly masters: readonly MasterRecord[]
  readonly reduced: readonly ReducedRecord[]
  /** What each frame looks like, by exposure id, where its stars have been found. */
  readonly qualities: ReadonlyMap<string, FrameQuality>
  /** Oldest first. */
  readonly curves: readonly LightCurveRecord[]
  /** Files that were not taken in, from the latest drops, until dismissed. */
  readonly rejected: IngestReport['rejected']
  readonly storage: StorageState | null
  /** False while another tab has the workspace in hand. */
  readonly canWrite: boolean
  /** How far the intake is; null when nothing comes in. */
  readonly intake: Progress | null
  readonly refresh: () => Promise<void>
  /** `after`: what goes before, such as a first look at a file. */
  readonly ingest: (inputs: readonly IngestInput[], after?: Promise<void>) => Promise<IngestReport | null>
  readonly simulate: () => Promise<IngestReport | null>
  readonly cancelIntake: () => void
  readonly correct: (frames: readonly string[], changes: Partial<FrameFacts>) => Promise<void>
  readonly setExcluded: (frames: readonly string[], excluded: boolean) => Promise<void>
  readonly remove: (frames: readonly string[]) => Promise<void>
  readonly dismissRejected: () => void
}

/** Changes come in bursts while an order runs; the lists are read again at most this often. Milliseconds. */
const REFRESH_INTERVAL = 250

/** While frames come in the new ones are shown this often, and how far the intake is this often. Milliseconds. */
const ARRIVALS_INTERVAL = 1500
const COUNT_INTERVAL = 100

const byCreation = (a: { createdAt: number }, b: { createdAt: number }): number => a.createdAt - b.createdAt

export const createLibrarySlice = (
  { get, set }: SliceAccess<LibrarySlice>,
  studio: Studio,
  notices: () => NoticesSlice,
): LibrarySlice => {
  let intakeControl: AbortController | null = null

  const refresh = async (): Promise<void> => {
    try {
      const [exposures, masters, reduced, sources, curves, storage] = await Promise.all([
        studio.listExposures(),
        studio.listMasters(),
        studio.listReduced(),
        studio.listSources(),
        studio.listLightCurves(),
        studio.storage(),
      ])
      const qualities = new Map(sources.sort(byCreation).map((list) => [list.exposure, list.quality]))
      set({
        loaded: true,
        exposures,
        masters,
        reduced: reduced.sort(byCreation),
        qualities,
        curves: curves.sort(byCreation),
        storage,
      })
    } catch (error) {
      notices().tellError(error)
    }
  }

  let timer: ReturnType<typeof setTimeout> | null = null
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      void refresh()
    }, REFRESH_INTERVAL)
  }
  studio.subscribe((event) => {
    if (event.kind === 'frames-changed' || event.kind === 'results-changed') refreshSoon()
    if (event.kind === 'writer-changed') set({ canWrite: event.canWrite })
  })

  let lastShown = 0
  /** Frames appear while they come in, and not only when the last one is there. */
  const showArrivals = async (): Promise<void> => {
    const now = Date.now()
    if (now - lastShown < ARRIVALS_INTERVAL) return
    lastShown = now
    try {
      const known = new Set(get().exposures.map(({ id }) => id))
      const fresh = await studio.listNewExposures(known)
      if (fresh.length > 0) set(({ exposures }) => ({ exposures: [...exposures, ...fresh] }))
    } catch {
      // The list is read whole when the intake ends, and what is wrong is said then.
    }
  }

  let lastCounted = 0
  const showCount = (intake: Progress): void => {
    const now = Date.now()
    if (now - lastCounted < COUNT_INTERVAL && intake.done < intake.total) return
    lastCounted = now
    set({ intake })
  }

  const takeIn = async <Report extends IngestReport>(
    work: (options: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<Report>,
  ): Promise<Report | null> => {
    const control = new AbortController()
    intakeControl = control
    set({ intake: { label: '', done: 0, total: 1 } })
    try {
      const report = await work({
        signal: control.signal,
        onProgress: (intake) => {
          showCount(intake)
          void showArrivals()
        },
      })
      const fresh = report.frames.filter((frame) => frame.duplicate !== true).length
      const duplicates = report.frames.length - fresh
      set(({ rejected }) => ({ rejected: [...rejected, ...report.rejected] }))
      notices().tell({
        key: duplicates > 0 ? 'takenInTwice' : 'takenIn',
        values: { count: fresh, duplicates },
        tone: 'good',
      })
      if (report.rejected.length > 0)
        notices().tell({ key: 'rejected', values: { count: report.rejected.length }, tone: 'bad' })
      return report
    } catch (error) {
      notices().tellError(error)
      return null
    } finally {
      intakeControl = null
      set({ intake: null })
      await refresh()
    }
  }

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      notices().tellError(error)
    }
  }

  return {
    loaded: false,
    exposures: [],
    masters: [],
    reduced: [],
    qualities: new Map(),
    curves: [],
    rejected: [],
    storage: null,
    canWrite: true,
    intake: null,
    refresh,
    ingest: (inputs, after) =>
      takeIn(async (options) => {
        await after
        return studio.ingest(inputs, options)
      }),
    simulate: () => takeIn((options) => studio.simulateNight(options)),
    cancelIntake: () => intakeControl?.abort(),
    correct: (frames, changes) =>
      attempt(async () => {
        const former = await studio.correct(frames, changes)
        notices().tell({
          key: 'corrected',
          values: { count: frames.length },
          undo: () => void studio.restoreCorrections(former),
        })
      }),
    setExcluded: (frames, excluded) =>
      attempt(async () => {
        await studio.setExcluded(frames, excluded)
        const undo = () => void studio.setExcluded(frames, !excluded)
        notices().tell({ key: excluded ? 'excluded' : 'included', values: { count: frames.length }, undo })
      }),
    remove: (frames) =>
      attempt(async () => {
        await studio.remove(frames)
        notices().tell({
          key: 'removed',
          values: { count: frames.length },
          undo: () => void studio.restoreRemoved(frames),
        })
      }),
    dismissRejected: () => set({ rejected: [] }),
  }
}
