import type { Compute } from '../compute/create-compute'
import {
  clipBoxesKernel,
  convolveKernel,
  findAboveKernel,
  findPeaksKernel,
  subtractMeshKernel,
  type FoundPixels,
} from '../compute/kernels/detection'
import type { Image } from '../core/image'
import type { Task } from '../core/task'
import type { DetectionKernels } from '../science/detection/detection-kernels'

/** Rarely is more than so many-th of a frame's pixels above the sky; where it is, all are asked for in a second go. */
const USUAL_PART = 16

/**
 * What star finding is made of, carried out by the fast backends. Planes are lent from the arena for as long as the piece of work
 * lasts that this is made for, so that nothing is copied between kernels.
 */
export const createDetectionKernels = (compute: Compute, task: Task): DetectionKernels => {
  const { arena } = compute
  const lentBuffer = arena.float32(0).buffer
  let lent: { readonly from: Float32Array; readonly copy: Float32Array } | null = null
  let convolved: Float32Array | null = null

  /** An image that is asked for twice is brought in once. */
  const bringIn = ({ data }: Image): Float32Array => {
    if (data.buffer === lentBuffer) return data
    if (lent?.from !== data) {
      const copy = arena.float32(data.length)
      copy.set(data)
      lent = { from: data, copy }
    }
    return lent.copy
  }

  const listFound = async (
    find: (made: FoundPixels) => Promise<unknown>,
    room: number,
  ): Promise<Uint32Array> => {
    const made = { indices: new Uint32Array(room), count: new Uint32Array(1) }
    await find(made)
    const [count = 0] = made.count
    return count > room ? listFound(find, count) : made.indices.subarray(0, count)
  }

  return {
    clipBoxes: async (image, grid) => {
      const { width, height } = image
      const boxes = grid.columns * grid.rows
      const made = { level: new Float64Array(boxes), noise: new Float64Array(boxes) }
      await compute.run(clipBoxesKernel, { ...grid, width, height }, { data: bringIn(image) }, made, task)
      return made
    },
    subtractMesh: async (image, mesh) => {
      const { width, height } = image
      const data = arena.float32(width * height)
      await compute.run(
        subtractMeshKernel,
        { ...mesh, width, height },
        { data: bringIn(image) },
        { data },
        task,
      )
      return data
    },
    convolve: async ({ width, height, data }, weights) => {
      // One plane for all rounds: only the last is looked at. The first may be a part of the frame.
      if (convolved === null || convolved.length < width * height) convolved = arena.float32(width * height)
      const made = convolved.subarray(0, width * height)
      await compute.run(convolveKernel, { width, height, weights }, { data }, { data: made }, task)
      return made
    },
    findAbove: (data, level) =>
      listFound(
        (made) => compute.run(findAboveKernel, { level }, { data }, made, task),
        Math.ceil(data.length / USUAL_PART),
      ),
    findPeaks: ({ width, height, data }, level) =>
      listFound(
        (made) => compute.run(findPeaksKernel, { width, height, level }, { data }, made, task),
        Math.ceil(data.length / USUAL_PART ** 2),
      ),
  }
}
