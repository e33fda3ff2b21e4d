import { idleTask } from '../../web/core/task'
import { createCompute, type Compute } from '../../web/compute/create-compute'
import { createFrameSource } from '../../web/pipeline/frame-source'
import { compileKernels } from './kernel-backends'
import { runStep } from '../../web/pipeline/run-step'
import { runOrder } from '../../web/engine/run-order'
import type { StepRunner } from '../../web/engine/worker-pool'
import type { WorkOrderReport } from '../../web/core/work-order'
import type { Workspace } from '../../web/storage/workspace'

const MEMORY_BYTES = 256 * 1024 * 1024

export const openTestCompute = async (): Promise<Compute> =>
  createCompute({ module: await compileKernels(), memoryBytes: MEMORY_BYTES })

/** The steps of an order on this thread, one at a time: the same code as in a worker, without one. */
const createInProcessRunner = (workspace: Workspace): StepRunner => {
  const frames = createFrameSource(workspace)
  const opened = openTestCompute()
  return {
    size: 1,
    kill: () => undefined,
    run: async (job, { signal, onProgress }) =>
      runStep({
        ...job,
        workspace,
        frames,
        compute: await opened,
        task: { ...idleTask(), signal, report: onProgress },
      }),
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
