import { unpackBatch, type TileDecoder } from '../science/fits'
import type { Task } from '../core/task'
import type { Compute } from './create-compute'
import { decodeHcompressKernel } from './kernels/decode-hcompress'
import { decodeRiceKernel } from './kernels/decode-rice'

/** Decodes tiles with the kernels where there is one for their codec, else with the reference. */
export const createTileDecoder = (compute: Pick<Compute, 'run'>, task: Task): TileDecoder => ({
  unpack: async (batch, output) => {
    const { coding } = batch
    if (coding.codec === 'rice')
      await compute.run(decodeRiceKernel, { ...coding, ...batch }, batch, output, task)
    else if (coding.codec === 'hcompress')
      await compute.run(decodeHcompressKernel, { ...coding, ...batch }, batch, output, task)
    else unpackBatch(batch, output)
  },
})
