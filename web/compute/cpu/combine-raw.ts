import { combineInto } from '../../science/calibration/combine-frames'
import { decodePixels } from '../../science/fits'
import { implement } from '../kernel'
import { combineRawKernel } from '../kernels/combine-raw'

export const combineRawOnCpu = implement(combineRawKernel, (_host: null, { params, input, output }) => {
  const strips = input.planes.map((bytes) => decodePixels(bytes, params.scaling))
  combineInto({ combine: params.combine, strips }, output)
})
