import { implement } from '../kernel'
import { drizzleKernel } from '../kernels/drizzle'
import { placePixelMap } from './place-pixel-map'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface DrizzleExports {
  readonly DRIZZLE_JOB_BYTES: WebAssembly.Global
  readonly QUAD_OVERLAP_BYTES: WebAssembly.Global
  drizzle(job: number): void
}

export const drizzleOnWasm = implement(drizzleKernel, (memory: WasmMemory, { params, input, output }) => {
  const { exports, buffer } = memory
  const { drizzle, DRIZZLE_JOB_BYTES, QUAD_OVERLAP_BYTES } = exports as unknown as DrizzleExports
  const { map, source, target, pixfrac, per, weight } = params
  withAddresses(memory, (at) => {
    const job = at.scratch(Number(DRIZZLE_JOB_BYTES.value))
    const numbers = [
      placePixelMap(memory, at, map),
      at.input(input.data),
      at.input(input.uncertainty),
      at.input(input.weights),
      at.output(output.flux),
      at.output(output.weight),
      at.output(output.variance),
      at.scratch(5 * 16 * source.width),
      at.scratch(Number(QUAD_OVERLAP_BYTES.value)),
      source.left,
      source.top,
      source.width,
      source.height,
      target.left,
      target.top,
      target.width,
      target.height,
      per === 'target-pixel' ? 1 : 0,
    ]
    new Int32Array(buffer, job, numbers.length).set(numbers)
    new Float64Array(buffer, job + 72, 2).set([pixfrac, weight])
    drizzle(job)
  })
})
