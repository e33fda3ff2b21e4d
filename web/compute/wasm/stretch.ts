import { implement } from '../kernel'
import { stretchKernel } from '../kernels/stretch'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface StretchExports {
  /** data, length, low, high, root, blank, table, last, colours */
  stretch(...numbers: number[]): void
}

export const stretchOnWasm = implement(stretchKernel, (memory: WasmMemory, { params, input, output }) => {
  const { stretch } = memory.exports as unknown as StretchExports
  const { low, high, root, blank } = params
  withAddresses(memory, (at) =>
    stretch(
      at.input(input.data),
      input.data.length,
      low,
      high,
      root ? 1 : 0,
      blank,
      at.input(input.table),
      input.table.length - 1,
      at.output(output.colours),
    ),
  )
})
