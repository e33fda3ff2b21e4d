import { implement } from '../kernel'
import { decodeHcompressKernel, HCOMPRESS_SCRATCH_PER_PIXEL } from '../kernels/decode-hcompress'
import { tileArguments, type TileArguments } from './tile-arguments'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface DecodeHcompressExports {
  decodeHcompress(smooth: number, scratch: number, ...rest: TileArguments): void
}

export const decodeHcompressOnWasm = implement(
  decodeHcompressKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { decodeHcompress } = memory.exports as unknown as DecodeHcompressExports
    withAddresses(memory, (at) =>
      decodeHcompress(
        params.smooth ? 1 : 0,
        at.scratch(params.pixelsPerTile * HCOMPRESS_SCRATCH_PER_PIXEL),
        ...tileArguments(at, params, input, output),
      ),
    )
  },
)
