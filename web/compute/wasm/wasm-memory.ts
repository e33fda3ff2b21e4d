import { createArena, type Arena } from '../arena'

export interface WasmMemory {
  readonly exports: WebAssembly.Exports
  readonly buffer: ArrayBuffer
  readonly arena: Arena
}

const PAGE = 65_536
const LEAST_BYTES = 64 * 1024 * 1024

/**
 * Memory is asked for once and never grown, since growing would detach every array that was lent. What is not touched costs
 * address space and no memory. A system that has not even that much to give gets asked for half, and half again.
 */
const reserveMemory = (bytes: number): WebAssembly.Memory => {
  for (let size = bytes; ; size = Math.floor(size / 2)) {
    const pages = Math.ceil(size / PAGE)
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages })
    } catch (error) {
      if (!(error instanceof RangeError) || size / 2 < LEAST_BYTES) throw error
    }
  }
}

const abort = (message: number, file: number, line: number): never => {
  throw new Error(`A kernel stopped (${message}, ${file}, ${line}).`)
}

/** An instance of the kernels with memory of its own, of which the arena lends all that the module does not use itself. */
export const openWasm = async (module: WebAssembly.Module, bytes: number): Promise<WasmMemory> => {
  const memory = reserveMemory(bytes)
  const { exports } = await WebAssembly.instantiate(module, { env: { memory, abort } })
  const base = exports['heapBase']
  const start = base instanceof WebAssembly.Global ? Number(base.value) : 0
  return { exports, buffer: memory.buffer, arena: createArena(memory.buffer, start) }
}
