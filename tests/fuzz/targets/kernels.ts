import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCpuBackend } from '../../../web/compute/cpu/create-cpu-backend'
import { createWasmBackend, type WasmBackend } from '../../../web/compute/wasm/create-wasm-backend'
import { ROOT } from '../root'

const MEMORY_BYTES = 256 * 1024 * 1024

let opened: Promise<WasmBackend> | null = null

/** One instance for all cases of a thread, as in the app: a trap that spoils it shows in the cases that come after. */
export const openKernels = (): Promise<WasmBackend> =>
  (opened ??= WebAssembly.compile(readFileSync(join(ROOT, 'wasm/build/kernels.wasm'))).then((module) =>
    createWasmBackend(module, MEMORY_BYTES),
  ))

export const reference = createCpuBackend()

/** Bit by bit, any NaN like any other. Index of the first that differs, or -1. */
export const findDifference = (first: ArrayLike<number>, second: ArrayLike<number>): number => {
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const [a, b] = [first[index], second[index]]
    if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return index
  }
  return -1
}
