import { decodePixels } from '../../science/fits/decode-pixels'
import { implement } from '../kernel'
import { decodeKernel } from '../kernels/decode'

export const decodeOnCpu = implement(decodeKernel, (_host: null, { params, input, output }) => {
  decodePixels(input.bytes, params, output.data)
})
