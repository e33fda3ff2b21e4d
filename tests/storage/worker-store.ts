import { AsterismError, type ErrorCode, type ErrorContext } from '../../web/core/errors'
import type { PixelStore } from '../../web/storage/pixels'
import type { StoreCall } from './pixel-store.worker'

interface Reply {
  readonly number: number
  readonly result?: unknown
  readonly failure?: { code: ErrorCode; message: string; context: ErrorContext }
}

export interface WorkerStore {
  readonly store: PixelStore
  ask(method: StoreCall['method'], ...parameters: unknown[]): Promise<unknown>
  kill(): void
}

/** The pixel store of a worker of its own, seen from the page. */
export const openWorkerStore = async (folder: string): Promise<WorkerStore> => {
  const worker = new Worker(new URL('./pixel-store.worker.ts', import.meta.url), { type: 'module' })
  const open = new Map<number, PromiseWithResolvers<unknown>>()
  worker.addEventListener('message', (event: MessageEvent<Reply>) => {
    const { number, result, failure } = event.data
    const call = open.get(number)
    open.delete(number)
    if (failure === undefined) call?.resolve(result)
    else call?.reject(new AsterismError(failure.code, failure.message, failure.context))
  })
  let count = 0
  const ask = (method: StoreCall['method'], ...parameters: unknown[]): Promise<unknown> => {
    const call = Promise.withResolvers<unknown>()
    const number = count++
    open.set(number, call)
    worker.postMessage({ number, method, parameters } satisfies StoreCall)
    return call.promise
  }
  await ask('open', folder)
  return {
    ask,
    kill: () => worker.terminate(),
    store: {
      kind: 'opfs',
      write: (id, bytes) => ask('write', id, bytes) as Promise<void>,
      read: (id, start, end) => ask('read', id, start, end) as Promise<Uint8Array<ArrayBuffer>>,
      readInto: async (id, start, target) => {
        target.set((await ask('readInto', id, start, target.byteLength)) as Uint8Array)
      },
      openPieces: async (id) => {
        const sink = await ask('openPieces', id)
        return {
          write: (start, bytes) => ask('write-piece', sink, start, bytes) as Promise<void>,
          close: () => void ask('close-pieces', sink),
        }
      },
      sealPieces: (id, size) => ask('sealPieces', id, size) as Promise<void>,
      has: (id) => ask('has', id) as Promise<boolean>,
      delete: (id) => ask('delete', id) as Promise<void>,
      size: (id) => ask('size', id) as Promise<number>,
      list: () => ask('list') as Promise<{ id: string; bytes: number }[]>,
      close: () => worker.terminate(),
    },
  }
}
