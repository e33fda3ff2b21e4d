import { countPixels, type PixelScaling } from '../../science/fits/decode-pixels'
import { implement, NotForThisBackend } from '../kernel'
import { decodeKernel } from '../kernels/decode'
import { findBlank } from './find-blank'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface DecodeExports {
  decode(
    source: number,
    bitpix: number,
    bzero: number,
    bscale: number,
    hasBlank: number,
    blank: bigint,
    output: number,
    length: number,
  ): void
}

export const decodeOnWasm = implement(decodeKernel, (memory: WasmMemory, { params, input, output }) =>
  decodeInto(memory, params, input.bytes, output.data),
)

export const decodeInto = (
  memory: WasmMemory,
  params: PixelScaling,
  bytes: Uint8Array,
  target: Float32Array,
): void => {
  const { decode } = memory.exports as unknown as DecodeExports
  const { length } = target
  // The reference says what is wrong with them.
  if (countPixels(bytes, params.bitpix) < length) throw new NotForThisBackend()
  const size = Math.abs(params.bitpix) / 8
  const blank = findBlank(params)
  withAddresses(memory, (at) =>
    decode(
      at.input(bytes.subarray(0, length * size)),
      params.bitpix,
      params.bzero,
      params.bscale,
      blank === null ? 0 : 1,
      blank ?? 0n,
      at.output(target),
      length,
    ),
  )
}
