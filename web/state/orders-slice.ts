import type { LogRecord, OrderRecord, WorkOrder, WorkOrderReport } from '../core/work-order'
import type { Studio } from '../engine/studio'
import type { LibrarySlice } from './library-slice'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface OrderProgress {
  readonly order: string
  readonly request: string
  /** Name of the step that ended last. */
  readonly step: string
  readonly done: number
  readonly total: number
  readonly startedAt: number
  /** Seconds; null until a tenth is done, since an early guess would lie. */
  readonly secondsLeft: number | null
}

interface SubmitOptions {
  /** Whoever asked says by himself which steps failed. */
  readonly saysFailures?: boolean
}

export interface OrdersSlice {
  /** Oldest first. */
  readonly list: readonly OrderRecord[]
  /** The order that runs now; null when none does. */
  readonly progress: OrderProgress | null
  /** Seconds of the order that finished last. */
  readonly lastSeconds: number | null
  /** Newest last, bounded. */
  readonly log: readonly LogRecord[]
  /** Failures of the last report, so that a frame can say why it was left out. */
  readonly failures: WorkOrderReport['failures']
  /** Runs an order; null when it failed or was cancelled, which has then been said. */
  readonly submit: (order: WorkOrder, options?: SubmitOptions) => Promise<WorkOrderReport | null>
  readonly cancel: () => void
  readonly refresh: () => Promise<void>
  /** Goes on with what a closed tab left unfinished. */
  readonly resumeUnfinished: () => Promise<void>
}

const MOST_LOG_LINES = 500
/** Part of the work after which a time left is worth telling. */
const HONEST_AFTER = 0.1

export const createOrdersSlice = (
  { get, set }: SliceAccess<OrdersSlice>,
  studio: Studio,
  others: { readonly notices: () => NoticesSlice; readonly library: () => Pick<LibrarySlice, 'refresh'> },
): OrdersSlice => {
  const { notices, library } = others

  // The right to write may be told of twice; an order must not be resumed twice.
  let resuming = false

  const refresh = async (): Promise<void> => set({ list: await studio.listOrders() })

  studio.subscribe((event) => {
    if (event.kind === 'order-changed') {
      const { order } = event
      set(({ list, progress }) => ({
        list: [...list.filter((known) => known.id !== order.id), order].sort(
          (a, b) => a.createdAt - b.createdAt,
        ),
        ...(order.status === 'running'
          ? {
              progress: {
                order: order.id,
                request: order.order.request,
                step: '',
                done: 0,
                total: 0,
                startedAt: Date.now(),
                secondsLeft: null,
              },
            }
          : progress?.order === order.id
            ? { progress: null, lastSeconds: order.seconds }
            : {}),
      }))
    }
    if (event.kind === 'order-progress') {
      set(({ progress }) => {
        if (progress?.order !== event.order) return {}
        const { done, total } = event.progress
        const elapsed = (Date.now() - progress.startedAt) / 1000
        const secondsLeft =
          done >= HONEST_AFTER * total && done > 0 ? (elapsed / done) * (total - done) : null
        return { progress: { ...progress, step: event.step, done, total, secondsLeft } }
      })
    }
    // Whoever has the workspace in hand, from the start or after another tab died, goes on with what was cut off.
    if (event.kind === 'writer-changed' && event.canWrite) void get().resumeUnfinished()
    if (event.kind === 'log') set(({ log }) => ({ log: [...log, event.line].slice(-MOST_LOG_LINES) }))
  })

  const submit = async (
    order: WorkOrder,
    { saysFailures = false }: SubmitOptions = {},
  ): Promise<WorkOrderReport | null> => {
    try {
      const report = await studio.submit(order)
      set({ failures: report.failures })
      if (report.failures.length > 0 && !saysFailures) {
        const [first] = report.failures
        notices().tell({
          key: 'orderPartial',
          tone: 'bad',
          values: { count: report.failures.length, reason: first?.reason ?? '' },
        })
      }
      return report
    } catch (error) {
      notices().tellError(error)
      return null
    } finally {
      await library().refresh()
    }
  }

  return {
    list: [],
    progress: null,
    lastSeconds: null,
    log: [],
    failures: [],
    submit,
    cancel: () => {
      const running = get().progress
      if (running !== null) studio.cancel(running.order)
    },
    refresh,
    resumeUnfinished: async () => {
      if (resuming) return
      resuming = true
      try {
        for (const order of await studio.listUnfinishedOrders()) {
          notices().tell({ key: 'resuming', values: { request: order.order.request } })
          await submit({ request: 'resume_file_batch', parameters: { order: order.id } })
        }
      } finally {
        resuming = false
      }
    },
  }
}
