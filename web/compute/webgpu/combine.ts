import floatsCode from '../../../shaders/compute/combine-floats.wgsl?raw'
import { combineKernel, type CombineInput } from '../kernels/combine'
import type { Slice } from './cut-slices'
import { implementOnGpu } from './implement-on-gpu'
import { combineCost, runCombine } from './run-combine'

const BYTES = 4

/** Masks of some pixels of all planes; a plane without one is all good. */
const cutMasks = ({ planes, masks }: CombineInput, { start, end }: Slice): Uint8Array[] => {
  if (masks?.some((mask) => mask !== undefined) !== true) return []
  const good = new Uint8Array(end - start)
  return planes.map((_, index) => masks[index]?.subarray(start, end) ?? good)
}

export const combineOnGpu = implementOnGpu(
  combineKernel,
  ({ combine }) => combineCost(combine, BYTES),
  (host, { params, input, output, task }) =>
    runCombine(
      host,
      {
        ...params,
        frames: input.planes.length,
        bytesPerValue: BYTES,
        hasMasks: input.masks?.some((mask) => mask !== undefined) === true,
        code: floatsCode,
        upload: (job, slice) => [
          job.uploadAll(input.planes.map((plane) => plane.subarray(slice.start, slice.end))),
          job.uploadAll(cutMasks(input, slice)),
        ],
      },
      output,
      task,
    ),
)
