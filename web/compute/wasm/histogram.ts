import { implement } from '../kernel'
import { histogramKernel } from '../kernels/histogram'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface HistogramExports {
  /** data, length, lower, upper, scale, bins, counts */
  countValues(...numbers: number[]): void
}

export const histogramOnWasm = implement(histogramKernel, (memory: WasmMemory, { params, input, output }) => {
  const { countValues } = memory.exports as unknown as HistogramExports
  const { lower, upper, bins } = params
  const scale = upper > lower ? bins / (upper - lower) : 0
  withAddresses(memory, (at) => {
    const places = 4 * (bins + 3)
    const address = at.scratch(4 * places)
    const counts = new Uint32Array(memory.buffer, address, places).fill(0)
    countValues(at.input(input.data), input.data.length, lower, upper, scale, bins, address)
    output.counts.set(counts.subarray(0, bins))
    output.outside.set(counts.subarray(bins, bins + 3))
  })
})
