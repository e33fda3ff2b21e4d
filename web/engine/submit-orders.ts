import type { Workspace } from '../storage/workspace'
import type { NoteForLog } from './keep-log'
import { noteOrder } from './note-work'
import { runOrder } from './run-order'
import type { Workers } from './start-workers'
import type { Studio, StudioEvent } from './studio'

interface OrderHooks {
  readonly opened: Promise<Workspace>
  readonly workers: Pick<Workers, 'reducers'>
  readonly requireWriter: () => Promise<void>
  readonly ingest: Studio['ingest']
  readonly emit: (event: StudioEvent) => void
  readonly note: NoteForLog
  /** Other tabs are to hear that there is an order. */
  readonly onBegin: () => void
  readonly onEnd: () => void
}

/** Orders that are carried out now, by their ids, and the calls that begin and end them. */
export const submitOrders = ({
  opened,
  workers,
  requireWriter,
  ingest,
  emit,
  note,
  onBegin,
  onEnd,
}: OrderHooks): {
  readonly calls: Pick<Studio, 'submit' | 'cancel'>
  readonly running: ReadonlyMap<string, AbortController>
} => {
  const running = new Map<string, AbortController>()

  const submit: Studio['submit'] = async (order, options = {}) => {
    await requireWriter()
    const controller = new AbortController()
    const forward = () => controller.abort(options.signal?.reason)
    options.signal?.addEventListener('abort', forward, { once: true })
    if (options.signal?.aborted) forward()
    let id: string | null = null
    const fetched = order.url === undefined ? null : await ingest([{ url: order.url }], options)
    const { url: _fetched, ...rest } = order
    try {
      const report = await runOrder(
        {
          workspace: await opened,
          runner: workers.reducers,
          hooks: {
            onOrder: (record) => {
              id = record.id
              running.set(record.id, controller)
              emit({ kind: 'order-changed', order: record })
              onBegin()
            },
            onStepEnd: () => undefined,
            onProgress: (orderId, step, progress) =>
              emit({ kind: 'order-progress', order: orderId, step, progress }),
            onLog: (line) => emit({ kind: 'log', line }),
          },
        },
        fetched === null ? order : { ...rest, batch: order.batch ?? fetched.batch },
        {
          signal: controller.signal,
          ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
        },
      )
      await noteOrder(note, order, report)
      return report
    } catch (error) {
      await noteOrder(note, order, { id, error })
      throw error
    } finally {
      options.signal?.removeEventListener('abort', forward)
      if (id !== null) running.delete(id)
      onEnd()
    }
  }

  return { calls: { submit, cancel: (order) => running.get(order)?.abort() }, running }
}
