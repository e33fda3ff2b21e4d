import { createCpuBackend } from '../../web/compute/cpu/create-cpu-backend'
import { createWasmBackend, type WasmBackend } from '../../web/compute/wasm/create-wasm-backend'

const MEMORY_BYTES = 512 * 1024 * 1024

/** The compiled kernels, in Node and in a browser. */
export const compileKernels = async (): Promise<WebAssembly.Module> => {
  const address = new URL('../../wasm/build/kernels.wasm', import.meta.url)
  if (address.protocol === 'file:') {
    const { readFileSync } = await import(/* @vite-ignore */ 'node:fs')
    return WebAssembly.compile(readFileSync(address))
  }
  return WebAssembly.compileStreaming(fetch(address))
}

export const openTestWasm = async (): Promise<WasmBackend> =>
  createWasmBackend(await compileKernels(), MEMORY_BYTES)

export const referenceBackend = createCpuBackend()
