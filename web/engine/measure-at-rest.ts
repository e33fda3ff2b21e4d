import type { FrameStatisticsRecord } from '../core/frame-statistics'
import type { MasterQuality } from '../core/master'
import type { TableName } from '../core/work-order'
import type { Workspace } from '../storage/workspace'
import type { CallOptions } from './call-options'
import { measureFrames } from './measure-frames'
import { measureMasters } from './measure-masters'

/** Milliseconds of rest after an order or an intake before anything is measured. */
const DELAY = 3000
/** Milliseconds between two notices that frames were measured: each has the lists read again. */
const NOTICE_INTERVAL = 2000

interface RestHooks {
  readonly opened: Promise<Workspace>
  /** False in a tab that only looks on: it could not keep what it measures. */
  readonly mayWrite: () => Promise<boolean>
  readonly isBusy: () => boolean
  readonly measureMaster: (id: string) => Promise<MasterQuality>
  readonly measureFrame: (id: string) => Promise<FrameStatisticsRecord>
  readonly changed: (tables: readonly TableName[]) => void
}

interface Resting {
  readonly measureMasters: () => Promise<number>
  readonly measureFrames: (options?: CallOptions) => Promise<number>
  /** New masters and frames are measured when the machine has come to rest, so that nobody waits for it. */
  readonly whenIdle: () => void
}

/** One call at a time; who asks meanwhile gets the answer of the one that is under way. */
const once = <Options>(work: (options: Options) => Promise<number>) => {
  let running: Promise<number> | null = null
  return (options: Options): Promise<number> => {
    running ??= work(options).finally(() => {
      running = null
    })
    return running
  }
}

/** What is measured of masters and frames beside the work that people wait for. */
export const measureAtRest = (hooks: RestHooks): Resting => {
  const { opened, isBusy, changed } = hooks
  const measureAll = once(async (_options: null) => {
    if (!(await hooks.mayWrite())) return 0
    const count = await measureMasters(await opened, hooks.measureMaster)
    if (count > 0) changed(['masters'])
    return count
  })
  const measureEach = once(async ({ signal, onProgress }: CallOptions) => {
    if (!(await hooks.mayWrite())) return 0
    let told = Date.now()
    const count = await measureFrames(await opened, {
      measure: hooks.measureFrame,
      mayGoOn: () => !isBusy() && signal?.aborted !== true,
      onProgress: (done, total) => {
        onProgress?.({ label: 'measure-frames', done, total })
        if (done === 0 || Date.now() - told < NOTICE_INTERVAL) return
        told = Date.now()
        changed(['exposures'])
      },
    })
    if (count > 0) changed(['exposures'])
    return count
  })
  return {
    measureMasters: () => measureAll(null),
    measureFrames: (options = {}) => measureEach(options),
    whenIdle: () => {
      setTimeout(() => {
        if (isBusy()) return
        // What fails here is said where somebody asks for the numbers.
        void measureAll(null)
          .then(() => measureEach({}))
          .catch(() => 0)
      }, DELAY)
    },
  }
}
