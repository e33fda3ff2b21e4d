import { implement } from '../kernel'
import { decodeRiceKernel } from '../kernels/decode-rice'
import { tileArguments, type TileArguments } from './tile-arguments'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface DecodeRiceExports {
  decodeRice(blockSize: number, bytesPerPixel: number, ...rest: TileArguments): void
}

export const decodeRiceOnWasm = implement(
  decodeRiceKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { decodeRice } = memory.exports as unknown as DecodeRiceExports
    const { blockSize, bytesPerPixel } = params
    withAddresses(memory, (at) =>
      decodeRice(blockSize, bytesPerPixel, ...tileArguments(at, params, input, output)),
    )
  },
)
