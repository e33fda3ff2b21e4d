import { createAbortError } from '../core/errors'
import type { Progress, Task } from '../core/task'

type ToWorker = { readonly kind: 'abort' }
type FromWorker = { readonly kind: 'progress'; readonly progress: Progress }

/** Progress is sent at most this often, so that a fast loop does not flood the page. Milliseconds. */
const PROGRESS_INTERVAL = 50

/** The caller's end: a port to hand over, and `close` for when the call has ended. */
export const openTaskPort = (options: {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}): { port: MessagePort; close: () => void } => {
  const { port1, port2 } = new MessageChannel()
  const abort = () => port1.postMessage({ kind: 'abort' } satisfies ToWorker)
  port1.onmessage = (event: MessageEvent<FromWorker>) => options.onProgress?.(event.data.progress)
  options.signal?.addEventListener('abort', abort, { once: true })
  if (options.signal?.aborted) abort()
  return {
    port: port2,
    close: () => {
      options.signal?.removeEventListener('abort', abort)
      port1.close()
    },
  }
}

/** The worker's end: runs `work` with a task that hears 'abort' and tells progress. */
export const withTaskPort = async <Result>(
  port: MessagePort,
  work: (task: Task) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController()
  let lastSent = 0
  port.onmessage = (event: MessageEvent<ToWorker>) => {
    if (event.data.kind === 'abort') controller.abort(createAbortError())
  }
  const report = (progress: Progress) => {
    const now = performance.now()
    if (now - lastSent < PROGRESS_INTERVAL && progress.done < progress.total) return
    lastSent = now
    port.postMessage({ kind: 'progress', progress } satisfies FromWorker)
  }
  try {
    return await work({ signal: controller.signal, report })
  } finally {
    port.close()
  }
}
