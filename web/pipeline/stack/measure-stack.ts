import type { Compute } from '../../compute/create-compute'
import { AsterismError } from '../../core/errors'
import type { FrameQuality } from '../../core/source-list'
import type { Task } from '../../core/task'
import { detectStarsWithQuality } from '../../science/detection/detect-stars'
import type { Workspace } from '../../storage/workspace'
import { createDetectionKernels } from '../detection-kernels'
import type { FrameSource } from '../frame-source'

/** Sigmas from which a star counts, as in an order that says nothing of it. */
const THRESHOLD = 5

/** What a stack is like, measured as its frames were: width of the stars, sky and its noise, in pixels and in the unit of the stack. */
export const measureStack = async (
  workspace: Workspace,
  compute: Compute,
  frames: FrameSource,
  id: string,
  task: Task,
): Promise<FrameQuality> => {
  const stack = await workspace.stacks.get(id)
  if (stack === undefined)
    throw new AsterismError('not-found', 'This stack is not in the workspace any more.', { stack: id })
  const image = await frames.stored(stack, 0)
  const kernels = createDetectionKernels(compute, task)
  const { quality } = await detectStarsWithQuality(
    image,
    { threshold: THRESHOLD, fwhm: 'auto', saturation: null },
    task,
    kernels,
  )
  return quality
}
