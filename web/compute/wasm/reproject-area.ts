import { implement } from '../kernel'
import { reprojectAreaKernel } from '../kernels/reproject-area'
import { placePixelMap } from './place-pixel-map'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface AreaExports {
  readonly AREA_JOB_BYTES: WebAssembly.Global
  readonly QUAD_OVERLAP_BYTES: WebAssembly.Global
  reprojectArea(job: number, left: number, top: number, width: number, height: number): void
}

export const reprojectAreaOnWasm = implement(
  reprojectAreaKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { exports, buffer } = memory
    const { reprojectArea, AREA_JOB_BYTES, QUAD_OVERLAP_BYTES } = exports as unknown as AreaExports
    const { map, source, target, per, leastCover } = params
    withAddresses(memory, (at) => {
      const job = at.scratch(Number(AREA_JOB_BYTES.value))
      const addresses = [
        placePixelMap(memory, at, map),
        at.input(input.data),
        at.input(input.uncertainty),
        at.output(output.data),
        at.output(output.uncertainty),
        at.output(output.coverage),
        at.scratch(32 * (target.width + 1)),
        at.scratch(Number(QUAD_OVERLAP_BYTES.value)),
      ]
      new Int32Array(buffer, job, addresses.length).set(addresses)
      new Float64Array(buffer, job + 32, 3).set([source.left, source.top, leastCover])
      const numbers = [source.width, source.height, per === 'target-pixel' ? 1 : 0]
      new Int32Array(buffer, job + 56, numbers.length).set(numbers)
      reprojectArea(job, target.left, target.top, target.width, target.height)
    })
  },
)
