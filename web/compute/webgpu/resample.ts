import fixedPointCode from '../../../shaders/compute/fixed-point.wgsl?raw'
import pixelCode from '../../../shaders/compute/pixel.wgsl?raw'
import resampleCode from '../../../shaders/compute/resample.wgsl?raw'
import { lanczosWeights } from '../../science/image/lanczos-weights'
import { resampleKernel, type ResampleParams } from '../kernels/resample'
import { runSlices, spreadWorkgroups } from './cut-slices'
import type { Shader } from './gpu-host'
import { implementOnGpu } from './implement-on-gpu'
import { packParams } from './pack-params'
import { runJob } from './run-job'
import { cutRows, type RowSlice } from './source-rows'

const SHADER: Shader = {
  code: pixelCode + fixedPointCode + resampleCode,
  entry: 'resample',
  bindings: ['uniform', 'read', 'read', 'read', 'write'],
}

const METHODS = ['nearest', 'bilinear', 'lanczos3'] as const

let weights: Float32Array | null = null

const packRows = ({ method, source, target }: ResampleParams, rows: RowSlice, hasMap: boolean): ArrayBuffer =>
  packParams([
    ['i32', source.left],
    ['i32', source.top],
    ['i32', source.width],
    ['i32', source.height],
    ['i32', rows.top],
    ['u32', target.width],
    ['u32', target.width * (rows.end - rows.start)],
    ['u32', METHODS.indexOf(method)],
    ['u32', hasMap ? 1 : 0],
  ])

/** What each column and then each row adds to x and y: sums of two, rounded on the card as they are in the reference. */
const tabulatePositions = ({ transform, target }: ResampleParams, { start, end }: RowSlice): Float64Array => {
  const { a, b, c, d, e, f } = transform
  const table = new Float64Array(2 * (target.width + end - start))
  let at = 0
  for (let column = 0; column < target.width; column++) {
    const x = target.left + column
    table[at++] = a * x
    table[at++] = d * x
  }
  for (let row = start; row < end; row++) {
    const y = target.top + row
    table[at++] = b * y + c
    table[at++] = e * y + f
  }
  return table
}

/** A shift has the same weights everywhere. */
const WASM_NS_PER_BYTE = { shift: 0.2, other: 1 }

const isShift = ({ transform: { a, b, d, e } }: ResampleParams): boolean =>
  a === 1 && b === 0 && d === 0 && e === 1

/** Any transform or map; frames of which one row of the result needs no more than a buffer holds. */
export const resampleOnGpu = implementOnGpu(
  resampleKernel,
  (params) => WASM_NS_PER_BYTE[isShift(params) ? 'shift' : 'other'],
  async (host, { params, input, output, task }) => {
    const { width } = params.target
    const slices = cutRows(params, input, host.bindingBytes)
    const pipeline = await host.pipeline(SHADER)
    weights ??= Float32Array.from(lanczosWeights())
    const table = params.method === 'lanczos3' ? weights : undefined
    await runSlices(host, slices, task, async (rows) => {
      const result = output.data.subarray(rows.start * width, rows.end * width)
      if (rows.top === rows.bottom) {
        result.fill(Number.NaN)
        return
      }
      await runJob(host, (job) => {
        const plane = job.allocate(result.byteLength)
        const planes = [
          job.uniform(packRows(params, rows, input.map !== undefined)),
          job.upload(input.data.subarray(rows.top * params.source.width, rows.bottom * params.source.width)),
          job.upload(
            input.map?.subarray(2 * rows.start * width, 2 * rows.end * width) ??
              tabulatePositions(params, rows),
          ),
          job.upload(table),
          plane,
        ]
        job.dispatch(pipeline, planes, spreadWorkgroups(host, result.length))
        job.read(plane, result)
      })
    })
  },
)
