import type { Task } from '../../core/task'
import type { Compute } from '../../compute/create-compute'
import type { BackendKind, Kernel } from '../../compute/kernel'
import type { Workspace } from '../../storage/workspace'
import type { StepContext } from '../step'

/** What work on strips is done with, and a note of who computed. */
export interface StripRoom {
  readonly workspace: Workspace
  readonly compute: Compute
  readonly task: Task
  /** Bytes that this worker may hold at once. */
  readonly budget: number
  readonly run: <Params, Input, Output>(
    kernel: Kernel<Params, Input, Output>,
    params: Params,
    input: Input,
    output: Output,
  ) => Promise<void>
  readonly usedBackends: ReadonlySet<BackendKind>
}

export const openRoom = (
  room: Pick<StripRoom, 'workspace' | 'compute' | 'task'>,
  budget = Number.POSITIVE_INFINITY,
): StripRoom => {
  const { compute, task } = room
  const usedBackends = new Set<BackendKind>()
  return {
    ...room,
    budget: Math.min(budget, compute.arena.capacity - compute.arena.used),
    usedBackends,
    run: async (kernel, params, input, output) => {
      usedBackends.add(await compute.run(kernel, params, input, output, task))
    },
  }
}

/** Half of the memory is for strips, shared among the workers; the rest holds what they make. */
export const openStripRoom = ({ workspace, compute, task, resources }: StepContext): StripRoom =>
  openRoom({ workspace, compute, task }, resources.memoryBytes / 2 / resources.workers)
