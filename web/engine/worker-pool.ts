import { transfer } from 'comlink'
import type { PhaseEnd } from '../pipeline/advance-step'
import type { StepOutcome } from '../pipeline/step'
import type { ReductionContract, StepJob } from '../rpc/contracts'
import type { RemoteWorker } from '../rpc/page-side'
import { createCallPool } from './call-pool'
import { runPhases, type PhaseHost, type PhaseOptions } from './run-phases'

export interface StepRunner {
  readonly size: number
  run(job: Omit<StepJob, 'workers' | 'base'>, options: PhaseOptions): Promise<StepOutcome>
  /** Ends every worker; steps that ran are tried again on new ones. */
  kill(): void
}

/** Workers that do steps: as many as there are cores, at most eight, since storage then becomes the limit. */
const poolSize = (): number => Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2))

export const createWorkerPool = (
  spawn: () => RemoteWorker<ReductionContract>,
  { size = poolSize(), shared = globalThis.crossOriginIsolated } = {},
): StepRunner => {
  const pool = createCallPool(spawn, size)
  return {
    size,
    kill: pool.kill,
    run: (step, options) => {
      const job: StepJob = { ...step, workers: size, base: document.baseURI }
      const host: PhaseHost = {
        shared,
        start: (call) => pool.insist((remote, port) => remote.startStep(job, port), call),
        part: (request, call) => pool.insist((remote, port) => remote.runPart(job, request, port), call),
        end: (end, call) =>
          shared
            ? pool.insist((remote, port) => remote.endPhase(job, end, port), call)
            : pool.attempt((remote, port) => remote.endPhase(job, giveAwayPieces(end), port), call),
      }
      return runPhases(host, options)
    },
  }
}

/** The pieces change hands; the page keeps none of them. */
const giveAwayPieces = (end: PhaseEnd): PhaseEnd =>
  transfer(
    end,
    end.pieces.flatMap(({ planes }) =>
      planes.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer),
    ),
  )
