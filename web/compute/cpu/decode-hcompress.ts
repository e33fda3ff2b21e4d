import { decodeHcompress } from '../../science/fits/decode-hcompress'
import { unpackTiles } from '../../science/fits/unpack-tiles'
import { implement } from '../kernel'
import { decodeHcompressKernel } from '../kernels/decode-hcompress'

export const decodeHcompressOnCpu = implement(
  decodeHcompressKernel,
  (_host: null, { params, input, output }) => {
    const { smooth } = params
    unpackTiles(input, params, (source, count) => decodeHcompress(source, { count, smooth }), output)
  },
)
