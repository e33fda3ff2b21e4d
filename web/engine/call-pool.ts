import type { Remote } from 'comlink'
import { AsterismError } from '../core/errors'
import type { Progress } from '../core/task'
import type { RemoteWorker } from '../rpc/page-side'
import { keepWorker, type KeptWorker } from './keep-worker'

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export type Call<Contract, Result> = (remote: Remote<Contract>, port: MessagePort) => Promise<Result>

/** Several workers of one kind, each doing one call at a time; calls wait for the next that is free. */
export interface CallPool<Contract> {
  readonly size: number
  /** Rejects with 'worker-died' when the worker dies. */
  attempt<Result>(use: Call<Contract, Result>, options: CallOptions): Promise<Result>
  /** A call whose worker dies is made again on a new one, so it must be one that can be made twice. */
  insist<Result>(use: Call<Contract, Result>, options: CallOptions): Promise<Result>
  /** Ends every worker; calls that were insisted on are made again. */
  readonly kill: () => void
}

/** A call that kills every worker is in the end a failure. */
const ATTEMPTS = 3

export const isWorkerDeath = (error: unknown): boolean =>
  error instanceof AsterismError && error.code === 'worker-died'

export const createCallPool = <Contract>(
  spawn: () => RemoteWorker<Contract>,
  size: number,
): CallPool<Contract> => {
  const workers = Array.from({ length: size }, () => keepWorker(spawn))
  const idle: KeptWorker<Contract>[] = [...workers]
  const waiting: ((worker: KeptWorker<Contract>) => void)[] = []

  const take = (): Promise<KeptWorker<Contract>> => {
    const worker = idle.pop()
    return worker === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(worker)
  }
  const giveBack = (worker: KeptWorker<Contract>) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }

  const attempt = async <Result>(use: Call<Contract, Result>, options: CallOptions): Promise<Result> => {
    const worker = await take()
    try {
      options.signal?.throwIfAborted()
      return await worker.callTask(use, options)
    } finally {
      giveBack(worker)
    }
  }

  return {
    size,
    attempt,
    insist: async (use, options) => {
      for (let tried = 1; ; tried++) {
        try {
          return await attempt(use, options)
        } catch (error) {
          if (!isWorkerDeath(error) || tried >= ATTEMPTS) throw error
        }
      }
    },
    kill: () => {
      for (const worker of workers) worker.kill()
    },
  }
}
