import integersCode from '../../../shaders/compute/combine-integers.wgsl?raw'
import { decodePixels, type PixelScaling } from '../../science/fits/decode-pixels'
import { combineRawKernel } from '../kernels/combine-raw'
import { implementOnGpu } from './implement-on-gpu'
import { combineCost, runCombine } from './run-combine'

const BYTES = 2
const INTEGERS = 65_536

/** The value of every 16-bit integer, so that scaling is that of the reference whatever BSCALE is. */
const tabulateMeanings = (scaling: PixelScaling): Float32Array => {
  const all = new Uint8Array(BYTES * INTEGERS)
  for (let stored = 0; stored < INTEGERS; stored++) {
    all[2 * stored] = stored >> 8
    all[2 * stored + 1] = stored & 0xff
  }
  return decodePixels(all, scaling)
}

export const combineRawOnGpu = implementOnGpu(
  combineRawKernel,
  ({ combine }) => combineCost(combine, BYTES),
  (host, { params, input, output, task }) => {
    const meanings = tabulateMeanings(params.scaling)
    return runCombine(
      host,
      {
        combine: params.combine,
        frames: input.planes.length,
        bytesPerValue: BYTES,
        hasMasks: false,
        code: integersCode,
        upload: (job, { start, end }) => [
          job.uploadAll(input.planes.map((plane) => plane.subarray(BYTES * start, BYTES * end))),
          job.upload(meanings),
        ],
      },
      output,
      task,
    )
  },
)
