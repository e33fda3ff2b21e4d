import { debayerBilinear } from '../../science/colour/debayer-bilinear'
import { debayerVng } from '../../science/colour/debayer-vng'
import { implement } from '../kernel'
import { debayerKernel } from '../kernels/debayer'

export const debayerOnCpu = implement(debayerKernel, (_host: null, { params, input, output }) => {
  const { method, ...mosaic } = params
  const debayer = method === 'vng' ? debayerVng : debayerBilinear
  const [red, green, blue] = debayer({ ...mosaic, data: input.data })
  output.red.set(red)
  output.green.set(green)
  output.blue.set(blue)
})
