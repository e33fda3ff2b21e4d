import { idleTask } from '../../web/core/task'
import { createCompute, type Compute } from '../../web/compute/create-compute'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { compileKernels } from './kernel-backends'
import { endStepPhase, runStepPart, startStep } from '../../web/pipeline/run-step'
import type { SkySources } from '../../web/pipeline/astrometry/reference-supply'
import { openFileTable } from '../../web/ingest/open-file-table'
import { createShippedTiles } from './shipped-tiles'
import type { StepContext } from '../../web/pipeline/step'
import { runPhases, type PhaseOptions } from '../../web/engine/run-phases'
import { runOrder } from '../../web/engine/run-order'
import type { StepRunner } from '../../web/engine/worker-pool'
import type { WorkOrderReport } from '../../web/core/work-order'
import type { Workspace } from '../../web/storage/workspace'

const MEMORY_BYTES = 256 * 1024 * 1024

export const openTestCompute = async (): Promise<Compute> =>
  createCompute({ module: await compileKernels(), memoryBytes: MEMORY_BYTES })

/** The steps of an order on this thread, one at a time: the same code as in a worker, without one. */
export const createInProcessRunner = (
  workspace: Workspace,
  sky: SkySources = { tiles: createShippedTiles(), openFileTable },
  resources = { workers: 2, memoryBytes: MEMORY_BYTES },
): StepRunner => {
  const opened = openTestCompute().then((compute) => ({
    compute,
    frames: createFrameSource(workspace, compute),
  }))
  return {
    size: 1,
    kill: () => undefined,
    run: async (job, options) => {
      const { compute, frames } = await opened
      const context = ({ signal, onProgress }: PhaseOptions): StepContext => ({
        ...job,
        workspace,
        frames,
        compute,
        sky,
        task: { ...idleTask(), signal, report: onProgress },
        resources,
      })
      return runPhases(
        {
          shared: true,
          start: (call) => compute.inTurn(() => startStep(context(call))),
          part: (request, call) => compute.inTurn(() => runStepPart(context(call), request)),
          end: (end, call) => compute.inTurn(() => endStepPhase(context(call), end)),
        },
        options,
      )
    },
  }
}

export const runInProcess = (
  workspace: Workspace,
  order: unknown,
  signal = new AbortController().signal,
  runner = createInProcessRunner(workspace),
): Promise<WorkOrderReport> =>
  runOrder(
    {
      workspace,
      runner,
      hooks: {
        onOrder: () => undefined,
        onStepEnd: () => undefined,
        onProgress: () => undefined,
        onLog: () => undefined,
      },
    },
    order,
    { signal },
  )
