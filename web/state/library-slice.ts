import type { CameraReportRecord } from '../core/camera-report'
import type { CompositeRecord } from '../core/composite'
import type { ExposureRecord, FrameFacts } from '../core/frame'
import type { FrameStatisticsRecord } from '../core/frame-statistics'
import type { LightCurveRecord } from '../core/light-curve'
import type { MasterRecord } from '../core/master'
import type { ReducedRecord } from '../core/reduced'
import type { FrameQuality } from '../core/source-list'
import type { StackRecord } from '../core/stack'
import type { Studio, StorageState } from '../engine/studio'
import { settleSubtracted } from '../pipeline/settle-subtracted'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface LibrarySlice {
  /** False until the workspace has been read once; then an empty list means that it is empty. */
  readonly loaded: boolean
  readonly exposures: readonly ExposureRecord[]
  readonly masters: readonly MasterRecord[]
  readonly reduced: readonly ReducedRecord[]
  /** Oldest first. */
  readonly stacks: readonly StackRecord[]
  /** What each frame looks like, by exposure id, where its stars have been found. */
  readonly qualities: ReadonlyMap<string, FrameQuality>
  /** What the raw pixels of each frame are like, by exposure id, where they have been measured. */
  readonly statistics: ReadonlyMap<string, FrameStatisticsRecord>
  /** Oldest first. */
  readonly curves: readonly LightCurveRecord[]
  /** Oldest first. */
  readonly cameras: readonly CameraReportRecord[]
  /** Pictures in colour, oldest first. */
  readonly composites: readonly CompositeRecord[]
  readonly storage: StorageState | null
  /** False while another tab has the workspace in hand. */
  readonly canWrite: boolean
  readonly refresh: () => Promise<void>
  /** Adds the frames that are not in the list yet: what it costs depends on how many came, not on how many there are. */
  readonly showArrivals: () => Promise<void>
  readonly correct: (frames: readonly string[], changes: Partial<FrameFacts>) => Promise<void>
  readonly setExcluded: (frames: readonly string[], excluded: boolean) => Promise<void>
  readonly remove: (frames: readonly string[]) => Promise<void>
}

/** Changes come in bursts while an order runs; the lists are read again at most this often. Milliseconds. */
const REFRESH_INTERVAL = 250

const byCreation = (a: { createdAt: number }, b: { createdAt: number }): number => a.createdAt - b.createdAt

export const createLibrarySlice = (
  { get, set }: SliceAccess<LibrarySlice>,
  studio: Studio,
  notices: () => NoticesSlice,
): LibrarySlice => {
  const refresh = async (): Promise<void> => {
    try {
      const [exposures, masters, reduced, stacks, sources, measured, curves, cameras, composites, storage] =
        await Promise.all([
          studio.listExposures(),
          studio.listMasters(),
          studio.listReduced(),
          studio.listStacks(),
          studio.listSources(),
          studio.listFrameStatistics(),
          studio.listLightCurves(),
          studio.listCameraReports(),
          studio.listComposites(),
          studio.storage(),
        ])
      const qualities = new Map(sources.sort(byCreation).map((list) => [list.exposure, list.quality]))
      set({
        loaded: true,
        exposures: settleSubtracted(exposures),
        masters,
        reduced: reduced.sort(byCreation),
        stacks: stacks.sort(byCreation),
        qualities,
        statistics: new Map(measured.map((record) => [record.id, record])),
        curves: curves.sort(byCreation),
        cameras: cameras.sort(byCreation),
        composites: composites.sort(byCreation),
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

  const showArrivals = async (): Promise<void> => {
    try {
      const known = new Set(get().exposures.map(({ id }) => id))
      const fresh = await studio.listNewExposures(known)
      if (fresh.length > 0) set(({ exposures }) => ({ exposures: [...exposures, ...fresh] }))
    } catch {
      // The list is read whole when the intake ends, and what is wrong is said then.
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
    stacks: [],
    qualities: new Map(),
    statistics: new Map(),
    curves: [],
    cameras: [],
    composites: [],
    storage: null,
    canWrite: true,
    refresh,
    showArrivals,
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
  }
}
