import { AsterismError } from '../core/errors'
import type { Progress } from '../core/task'
import type { RemoteWorker } from '../rpc/page-side'
import type { Remote } from 'comlink'

export interface KeptWorker<Contract> {
  call<Result>(use: (remote: Remote<Contract>) => Promise<Result>): Promise<Result>
  callTask<Result>(
    use: (remote: Remote<Contract>, port: MessagePort) => Promise<Result>,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<Result>
  kill(): void
}

/** After a cancel, a worker has this long to stop by itself before it is ended. Milliseconds. */
const GRACE = 100

/** One long-lived worker that is started when first needed and again after it died or was killed. */
export const keepWorker = <Contract>(spawn: () => RemoteWorker<Contract>): KeptWorker<Contract> => {
  let current: RemoteWorker<Contract> | null = null
  const alive = (): RemoteWorker<Contract> => {
    if (current === null || current.dead) current = spawn()
    return current
  }
  return {
    call: (use) => alive().call(use),
    callTask: async (use, options = {}) => {
      const worker = alive()
      let timer: ReturnType<typeof setTimeout> | undefined
      const onAbort = () => {
        timer = setTimeout(() => worker.kill(), GRACE)
      }
      options.signal?.addEventListener('abort', onAbort, { once: true })
      try {
        return await worker.callTask(use, options)
      } catch (error) {
        const killedByUs =
          error instanceof AsterismError && error.code === 'worker-died' && options.signal?.aborted
        if (killedByUs) options.signal?.throwIfAborted()
        throw error
      } finally {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', onAbort)
      }
    },
    kill: () => {
      current?.kill()
      current = null
    },
  }
}
