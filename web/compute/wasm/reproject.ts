import { tapWeights } from '../../science/reprojection/tap-weights'
import { implement } from '../kernel'
import { reprojectKernel } from '../kernels/reproject'
import { placePixelMap } from './place-pixel-map'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface ReprojectExports {
  readonly REPROJECT_JOB_BYTES: WebAssembly.Global
  reproject(job: number, method: number, left: number, top: number, width: number, height: number): void
}

/** Methods by their number in the kernel; the last two differ by their table alone. */
const METHOD_NUMBERS = { nearest: 0, bilinear: 1, bicubic: 2, lanczos3: 2 } as const

const TAP_WEIGHTS = 12

export const reprojectOnWasm = implement(reprojectKernel, (memory: WasmMemory, { params, input, output }) => {
  const { exports, buffer } = memory
  const { reproject, REPROJECT_JOB_BYTES } = exports as unknown as ReprojectExports
  const { method, map, source, target, leastCover, clamp } = params
  withAddresses(memory, (at) => {
    const byTable = method === 'bicubic' || method === 'lanczos3'
    const wantsDeviation = output.uncertainty !== undefined
    const job = at.scratch(Number(REPROJECT_JOB_BYTES.value))
    const addresses = [
      placePixelMap(memory, at, map),
      at.input(input.data),
      wantsDeviation ? at.input(input.uncertainty) : 0,
      byTable ? at.input(tapWeights(method)) : 0,
      at.output(output.data),
      at.output(output.uncertainty),
      at.output(output.coverage),
      at.scratch(16 * target.width),
      at.scratch(8 * TAP_WEIGHTS),
    ]
    new Int32Array(buffer, job, addresses.length).set(addresses)
    new Float64Array(buffer, job + 40, 4).set([
      source.left,
      source.top,
      leastCover,
      byTable && clamp !== null ? clamp : Number.NaN,
    ])
    new Int32Array(buffer, job + 72, 2).set([source.width, source.height])
    reproject(job, METHOD_NUMBERS[method], target.left, target.top, target.width, target.height)
  })
})
