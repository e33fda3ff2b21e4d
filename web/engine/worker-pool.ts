import { AsterismError, isAbortError } from '../core/errors'
import type { Progress } from '../core/task'
import type { StepOutcome } from '../pipeline/step'
import type { ReductionContract, StepJob } from '../rpc/contracts'
import type { RemoteWorker } from '../rpc/page-side'
import { keepWorker, type KeptWorker } from './keep-worker'

export interface StepRunner {
  readonly size: number
  run(job: StepJob, options: RunOptions): Promise<StepOutcome>
  /** Ends every worker; steps that ran are tried again on new ones. */
  kill(): void
}

interface RunOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** A step whose worker died is tried this often in all; a step that kills every worker is then a failure. */
const ATTEMPTS = 3

/** Workers that do steps: as many as there are cores, at most eight, since storage then becomes the limit. */
const poolSize = (): number => Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2))

export const createWorkerPool = (
  spawn: () => RemoteWorker<ReductionContract>,
  size = poolSize(),
): StepRunner => {
  const workers = Array.from({ length: size }, () => keepWorker(spawn))
  const idle: KeptWorker<ReductionContract>[] = [...workers]
  const waiting: ((worker: KeptWorker<ReductionContract>) => void)[] = []

  const take = (): Promise<KeptWorker<ReductionContract>> => {
    const worker = idle.pop()
    return worker === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(worker)
  }
  const giveBack = (worker: KeptWorker<ReductionContract>) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }

  const attempt = async (job: StepJob, options: RunOptions): Promise<StepOutcome> => {
    const worker = await take()
    try {
      options.signal.throwIfAborted()
      return await worker.callTask((remote, port) => remote.runStep(job, port), options)
    } finally {
      giveBack(worker)
    }
  }

  return {
    size,
    run: async (job, options) => {
      for (let tried = 1; ; tried++) {
        try {
          return await attempt(job, options)
        } catch (error) {
          const died = error instanceof AsterismError && error.code === 'worker-died' && !isAbortError(error)
          if (!died || tried >= ATTEMPTS) throw error
        }
      }
    },
    kill: () => {
      for (const worker of workers) worker.kill()
    },
  }
}
