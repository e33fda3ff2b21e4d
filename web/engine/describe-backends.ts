import { findAdapter } from '../render/request-gpu'

/** A module of one function that adds two vectors: it compiles only where SIMD is there. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
])

/** What this browser has, and what the workers found when they checked it against the reference. A software adapter is left alone. */
export const describeBackends = async (
  threads: number,
  found: { readonly backends: readonly string[]; readonly notes: readonly string[] },
) => {
  const gpu = await findAdapter()
  return {
    cpu: true as const,
    wasm: {
      simd: WebAssembly.validate(SIMD_MODULE) && found.backends.includes('wasm'),
      threads,
    },
    webgpu: gpu === null ? null : { ...gpu, used: !gpu.software },
    notes: found.notes,
  }
}
