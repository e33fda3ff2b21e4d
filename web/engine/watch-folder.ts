import { toAsterismError, isAbortError } from '../core/errors'
import { effectiveFacts, type ExposureRecord } from '../core/frame'
import { newId } from '../core/ids'
import type { IngestReport, OrderRecord, StepRecord, WorkOrder, WorkOrderReport } from '../core/work-order'
import type { KeptCalibration } from '../pipeline/calibration/choices'
import { createArrivals, type Arrivals } from '../ingest/watch/arrivals'
import { listFolder, type FolderFile } from '../ingest/watch/list-folder'
import { askToUse, mayUse, observeFolder } from './folder-access'
import { NO_WATCH, type WatchControl, type WatchState } from './folder-state'
import { planLiveOrders } from './plan-live-orders'

/** Kept between visits. The handle can be cloned into the store; permission is asked for again. */
interface KeptWatch {
  readonly folder: FileSystemDirectoryHandle
  readonly reduce: boolean
  readonly seen: readonly string[]
}

export interface WatchFolderInput {
  readonly keep: { read(): Promise<unknown>; write(value: KeptWatch | null): Promise<void> }
  readonly ingest: (files: readonly FolderFile[], batch: string) => Promise<IngestReport>
  readonly submit: (order: WorkOrder) => Promise<WorkOrderReport>
  readonly exposures: () => Promise<ExposureRecord[]>
  readonly orders: () => Promise<OrderRecord[]>
  readonly stepsOf: (order: string) => Promise<StepRecord[]>
  readonly calibration: () => Promise<KeptCalibration>
  readonly onState: (state: WatchState) => void
  /** Milliseconds from one look to the next. */
  readonly interval?: number
  /** Milliseconds that a file has to stand still. */
  readonly settle?: number | undefined
}

/** A camera writes a frame in seconds at the fastest; a look at a folder of a thousand files takes a third of one. */
const INTERVAL = 1500
/** A look must not take more than this part of the time. */
const SHARE = 5
/** Files remembered over a reload; others are known by their hash and cost one more read. */
const MOST_SEEN = 20_000

const isKept = (value: unknown): value is KeptWatch =>
  typeof value === 'object' && value !== null && 'folder' in value && 'seen' in value

/** Takes frames in as they arrive in a folder and, if wanted, reduces them: the live mode at the telescope. */
export const watchFolder = (input: WatchFolderInput): WatchControl & { forget(): void } => {
  let state: WatchState = NO_WATCH
  let folder: FileSystemDirectoryHandle | null = null
  let arrivals: Arrivals = createArrivals()
  let batch = newId('batch')
  let timer: ReturnType<typeof setTimeout> | undefined
  let unobserve: () => void = () => undefined
  /** Frames that wait for their order, while another one runs. */
  let fresh: string[] = []
  let reducing: Promise<void> | null = null
  /** Each start is a new watch: what an old one still has under way must not go on. */
  let round = 0
  let looking = false

  const tell = (changes: Partial<WatchState>): void => {
    state = { ...state, ...changes }
    input.onState(state)
  }
  const keep = (): Promise<void> =>
    input.keep.write(
      folder === null ? null : { folder, reduce: state.reduce, seen: arrivals.seen.slice(-MOST_SEEN) },
    )

  const reduceFresh = async (): Promise<void> => {
    while (fresh.length > 0 && state.reduce && state.status === 'on') {
      const ids = new Set(fresh)
      fresh = []
      const exposures = await input.exposures()
      const lights = exposures.filter(
        (exposure) => ids.has(exposure.id) && effectiveFacts(exposure).kind === 'light' && !exposure.excluded,
      )
      const planned = await planLiveOrders({
        fresh: lights,
        exposures,
        orders: await input.orders(),
        stepsOf: input.stepsOf,
        calibration: await input.calibration(),
      })
      for (const order of planned) {
        tell({ lastOrder: order.request })
        await input.submit(order)
      }
    }
  }
  const reduceSoon = (): void => {
    reducing ??= reduceFresh()
      .catch((error: unknown) => {
        // The watch goes on: the next frame may be a better one.
        if (!isAbortError(error)) tell({ message: toAsterismError(error).message })
      })
      .finally(() => {
        reducing = null
      })
  }

  const take = async (files: readonly FolderFile[]): Promise<void> => {
    try {
      const report = await input.ingest(files, batch)
      const added = report.frames.filter((frame) => frame.duplicate !== true)
      tell({
        taken: state.taken + added.length,
        refused: state.refused + report.rejected.length,
        message: report.rejected.at(-1)?.reason ?? null,
      })
      fresh.push(...added.filter((frame) => frame.kind === 'light').map((frame) => frame.id))
    } catch (error) {
      for (const file of files) arrivals.forget(file)
      throw error
    }
    await keep()
    if (fresh.length > 0 && state.reduce) reduceSoon()
  }

  const look = async (own: number): Promise<void> => {
    // One look at a time: the next is not far.
    if (own !== round || folder === null || looking) return
    clearTimeout(timer)
    looking = true
    const began = performance.now()
    try {
      const ready = await arrivals.look(listFolder(folder))
      if (own !== round) return
      if (ready.length > 0) await take(ready)
      if (own !== round) return
      tell({
        waiting: arrivals.waiting,
        status: 'on',
        ...(state.status === 'error' ? { message: null } : {}),
      })
    } catch (error) {
      if (own !== round) return
      const allowed = await mayUse(folder, 'read').catch(() => false)
      // A disk that was pulled out may come back: the watch goes on looking.
      if (!isAbortError(error))
        tell({
          status: allowed ? 'error' : 'waiting-for-permission',
          message: toAsterismError(error).message,
        })
      if (!allowed) return
    } finally {
      looking = false
    }
    const wait = Math.max(input.interval ?? INTERVAL, SHARE * (performance.now() - began))
    if (own === round) timer = setTimeout(() => void look(own), wait)
  }

  const start = async (): Promise<void> => {
    if (folder === null) return
    const own = ++round
    unobserve()
    tell({ status: 'on', folder: folder.name, message: null })
    let queued = false
    unobserve = await observeFolder(folder, () => {
      if (queued || own !== round) return
      queued = true
      setTimeout(() => {
        queued = false
        void look(own)
      }, 200)
    })
    await look(own)
  }

  /** Lets go without forgetting the choice of the person. */
  const forget = (): void => {
    round++
    clearTimeout(timer)
    unobserve()
    unobserve = () => undefined
    folder = null
    fresh = []
    tell({ ...NO_WATCH, reduce: state.reduce })
  }

  const control: WatchControl & { forget(): void } = {
    forget,
    state: () => state,
    choose: async (chosen) => {
      folder = chosen
      arrivals = createArrivals([], input.settle)
      batch = newId('batch')
      tell({ ...NO_WATCH, reduce: state.reduce })
      await keep()
      await control.resume()
    },
    resume: async () => {
      if (folder === null) return
      if (await askToUse(folder, 'read')) void start()
      else tell({ status: 'waiting-for-permission', folder: folder.name })
    },
    stop: async () => {
      forget()
      await keep()
    },
    setReduce: async (reduce) => {
      tell({ reduce })
      await keep()
      if (reduce && fresh.length > 0) reduceSoon()
    },
    recall: async () => {
      const kept = await input.keep.read()
      if (!isKept(kept) || folder !== null) return
      folder = kept.folder
      arrivals = createArrivals(kept.seen, input.settle)
      tell({ reduce: kept.reduce, folder: folder.name, status: 'waiting-for-permission' })
      if (await mayUse(folder, 'read')) void start()
    },
  }

  return control
}
