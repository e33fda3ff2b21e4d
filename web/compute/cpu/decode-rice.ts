import { decodeRice } from '../../science/fits/decode-rice'
import { unpackTiles } from '../../science/fits/unpack-tiles'
import { implement } from '../kernel'
import { decodeRiceKernel } from '../kernels/decode-rice'

export const decodeRiceOnCpu = implement(decodeRiceKernel, (_host: null, { params, input, output }) =>
  unpackTiles(input, params, (source, count) => decodeRice(source, { ...params, count }), output),
)
