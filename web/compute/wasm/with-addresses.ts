import type { WasmMemory } from './wasm-memory'

export type PixelArray =
  Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array

/** Addresses for one call: arrays that lie in the kernels' memory are used where they are, others are copied in and back. */
export interface Addresses {
  /** 0 for an array that is not there: no array lies at address 0. */
  input(array: PixelArray | undefined): number
  output(array: PixelArray | undefined): number
  /** Address of the first of several arrays at one stride, and that stride in bytes; copied together unless they are so already. */
  inputs(arrays: readonly PixelArray[]): { readonly address: number; readonly stride: number }
  scratch(bytes: number): number
}

const bytesOf = (array: PixelArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/** v128 loads need no alignment, but a plane that starts off a cache line costs a fifth more. */
const strideOf = (arrays: readonly PixelArray[], buffer: ArrayBuffer): number | null => {
  const [first, second] = arrays
  if (first === undefined || second === undefined) return null
  const stride = second.byteOffset - first.byteOffset
  if (stride < first.byteLength) return null
  const regular = arrays.every(
    (array, index) => array.buffer === buffer && array.byteOffset === first.byteOffset + index * stride,
  )
  return regular ? stride : null
}

/** Runs one call of a kernel; scratch and copies are taken from the arena and given back when it has ended. */
export const withAddresses = (memory: WasmMemory, call: (addresses: Addresses) => void): void => {
  const { arena, buffer } = memory
  const before = arena.mark()
  const toCopyBack: { readonly to: PixelArray; readonly from: number }[] = []
  const whole = new Uint8Array(buffer)
  const copyIn = (array: PixelArray): number => {
    const bytes = bytesOf(array)
    const copy = arena.uint8(bytes.length)
    copy.set(bytes)
    return copy.byteOffset
  }
  const input = (array: PixelArray | undefined): number =>
    array === undefined ? 0 : array.buffer === buffer ? array.byteOffset : copyIn(array)
  try {
    call({
      input,
      output: (array) => {
        if (array === undefined) return 0
        if (array.buffer === buffer) return array.byteOffset
        const copy = arena.uint8(array.byteLength)
        toCopyBack.push({ to: array, from: copy.byteOffset })
        return copy.byteOffset
      },
      inputs: (arrays) => {
        const known = strideOf(arrays, buffer)
        if (known !== null) return { address: arrays[0]?.byteOffset ?? 0, stride: known }
        const copies = arena.bytePlanes(arrays.length, arrays[0]?.byteLength ?? 0)
        for (const [index, array] of arrays.entries()) copies[index]?.set(bytesOf(array))
        const address = copies[0]?.byteOffset ?? 0
        return { address, stride: (copies[1]?.byteOffset ?? address) - address }
      },
      scratch: (bytes) => arena.uint8(bytes).byteOffset,
    })
    for (const { to, from } of toCopyBack) bytesOf(to).set(whole.subarray(from, from + to.byteLength))
  } finally {
    arena.release(before)
  }
}
