import { implement } from '../kernel'
import { statisticsKernel } from '../kernels/statistics'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface StatisticsExports {
  readonly MEDIAN_SAMPLE: WebAssembly.Global
  measurePlane(data: number, length: number, scratch: number, output: number): void
}

export const statisticsOnWasm = implement(statisticsKernel, (memory: WasmMemory, { input, output }) => {
  const { measurePlane, MEDIAN_SAMPLE } = memory.exports as unknown as StatisticsExports
  withAddresses(memory, (at) => {
    const { length } = input.data
    const scratch = at.scratch(4 * (length + Number(MEDIAN_SAMPLE.value)))
    measurePlane(at.input(input.data), length, scratch, at.output(output.values))
  })
})
