import { coloursOf } from '../../science/colour/bayer'
import { implement } from '../kernel'
import { debayerKernel } from '../kernels/debayer'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface DebayerExports {
  debayerScratch(): number
  /** data, width, height, colours, vng, scratch, red, green, blue */
  debayer(...numbers: number[]): void
}

export const debayerOnWasm = implement(debayerKernel, (memory: WasmMemory, { params, input, output }) => {
  const { debayer, debayerScratch } = memory.exports as unknown as DebayerExports
  const { width, height, pattern, method } = params
  const colours = coloursOf(pattern).reduce((all, colour, place) => all | (colour << (8 * place)), 0)
  withAddresses(memory, (at) =>
    debayer(
      at.input(input.data),
      width,
      height,
      colours,
      method === 'vng' ? 1 : 0,
      at.scratch(debayerScratch()),
      at.output(output.red),
      at.output(output.green),
      at.output(output.blue),
    ),
  )
})
