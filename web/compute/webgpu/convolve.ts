import convolveCode from '../../../shaders/compute/convolve.wgsl?raw'
import pixelCode from '../../../shaders/compute/pixel.wgsl?raw'
import { NotForThisBackend } from '../kernel'
import { convolveKernel, type ConvolveParams } from '../kernels/detection'
import { cutSlices, runSlices, spreadWorkgroups, type Slice } from './cut-slices'
import type { Shader } from './gpu-host'
import { implementOnGpu } from './implement-on-gpu'
import { packParams } from './pack-params'
import { runJob } from './run-job'

const shaderOf = (entry: string): Shader => ({
  code: pixelCode + convolveCode,
  entry,
  bindings: ['uniform', 'read', 'write'],
})

/** Numbers that the shader has room for. */
const MOST_WEIGHTS = 64

/** For one number of the half kernel. */
const WASM_NS_PER_BYTE = 0.07

const packBand = ({ width, weights }: ConvolveParams, band: Slice, made: Slice): ArrayBuffer => {
  const padded = [...weights, ...Array<number>(MOST_WEIGHTS - weights.length).fill(0)]
  return packParams([
    ['i32', width],
    ['i32', band.end - band.start],
    ['i32', made.start - band.start],
    ['i32', made.end - made.start],
    ['i32', weights.length - 1],
    // The array of weights begins at a multiple of 16 bytes.
    ['u32', 0],
    ['u32', 0],
    ['u32', 0],
    ...padded.map((weight): ['f32', number] => ['f32', weight]),
  ])
}

/** Kernels of up to 64 numbers a half, in bands of rows with their neighbours around them. */
export const convolveOnGpu = implementOnGpu(
  convolveKernel,
  ({ weights }) => WASM_NS_PER_BYTE * weights.length,
  async (host, { params, input, output, task }) => {
    const { width, height, weights } = params
    const reach = weights.length - 1
    if (weights.length > MOST_WEIGHTS) throw new NotForThisBackend(`${weights.length} weights are too many.`)
    const around = 2 * reach * width
    const room = { largest: 4, all: 12, step: width, spare: around }
    const slices = cutSlices(host, width * height, room)
    const [alongRows, alongColumns] = await Promise.all(
      ['convolveRows', 'convolveColumns'].map((entry) => host.pipeline(shaderOf(entry))),
    )
    await runSlices(host, slices, task, ({ start, end }) => {
      const made = { start: start / width, end: end / width }
      const band = { start: Math.max(0, made.start - reach), end: Math.min(height, made.end + reach) }
      const pixels = (band.end - band.start) * width
      return runJob(host, (job) => {
        const fields = job.uniform(packBand(params, band, made))
        const source = job.upload(input.data.subarray(band.start * width, band.end * width))
        const [rows, result] = [job.allocate(4 * pixels), job.allocate(4 * (end - start))]
        job.dispatch(alongRows!, [fields, source, rows], spreadWorkgroups(host, pixels))
        job.dispatch(alongColumns!, [fields, rows, result], spreadWorkgroups(host, end - start))
        job.read(result, output.data.subarray(start, end))
      })
    })
  },
)
