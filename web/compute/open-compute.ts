import { createCompute, type Compute } from './create-compute'
import { createGpuBackend } from './webgpu/create-gpu-backend'

/** Compiled while it is loaded. Null where WebAssembly or SIMD is not there; the reference then does all the work. */
const loadModule = async (): Promise<WebAssembly.Module | null> => {
  try {
    const address = new URL('../../wasm/build/kernels.wasm', import.meta.url)
    return await WebAssembly.compileStreaming(fetch(address))
  } catch {
    return null
  }
}

/** What a worker computes with. `memoryBytes` bounds what is lent at once in this worker. */
export const openCompute = async (memoryBytes: number): Promise<Compute> => {
  const gpu = createGpuBackend({ workers: navigator.hardwareConcurrency })
  return createCompute({ module: await loadModule(), memoryBytes, gpu })
}
