import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { buildWasm } from '../build-wasm.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MEMORY_BYTES = 3 * 2 ** 30

/**
 * @typedef {{ upload: number, kernel: number, readBack: number }} Times milliseconds
 * @typedef {{ params: unknown, input: unknown, output: () => unknown }} Sample
 * @typedef {{ name: string, tolerance: unknown, sample: () => Sample }} Kernel
 * @typedef {{ has: (kernel: Kernel) => boolean, run: (...job: unknown[]) => Promise<void> }} Backend
 * @typedef {Backend & { adapter: string, software: boolean }} GpuBackend
 * @typedef {object} Arena
 * @property {(length: number) => Float32Array} float32
 * @property {(count: number, length: number) => Float32Array[]} planes
 * @property {(count: number, length: number) => Uint8Array[]} bytePlanes
 * @property {() => number} mark
 * @property {(mark: number) => void} release
 * @typedef {Backend & { arena: Arena }} WasmBackend
 * @typedef {{ normal: () => number }} Random
 */

/**
 * The functions of the app that are needed here.
 * @typedef {object} App
 * @property {(options: object) => Promise<GpuBackend | null>} createGpuBackend
 * @property {() => Backend} createCpuBackend
 * @property {(module: WebAssembly.Module, bytes: number) => Promise<WasmBackend>} createWasmBackend
 * @property {(expected: unknown, found: unknown, tolerance: unknown) => string | null} findDifference
 * @property {() => unknown} idleTask
 * @property {(seed: string) => Random} createRandom
 * @property {(bytes: number, wasmNsPerByte: number) => boolean} doesItPay
 * @property {number} SUBMISSION_NS
 * @property {number} TRANSFER_NS_PER_BYTE
 */

const PATHS = [
  '/web/compute/webgpu/create-gpu-backend.ts',
  '/web/compute/webgpu/does-it-pay.ts',
  '/web/compute/cpu/create-cpu-backend.ts',
  '/web/compute/wasm/create-wasm-backend.ts',
  '/web/compute/self-check.ts',
  '/web/core/task.ts',
  '/web/science/math/random.ts',
]

/** The app's own sources, which are TypeScript with shaders as text: Vite makes them run in Node. */
export const loadApp = async () => {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    cacheDir: '.cache/bench-gpu',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  const modules = await Promise.all(PATHS.map((path) => server.ssrLoadModule(path)))
  const app = /** @type {App} */ (Object.assign({}, ...modules))
  return {
    app,
    /** @param {string} stem @param {string} name */
    loadKernel: async (stem, name) =>
      /** @type {Kernel} */ ((await server.ssrLoadModule(`/web/compute/kernels/${stem}.ts`))[name]),
    openWasm: async () => {
      buildWasm()
      const module = await WebAssembly.compile(readFileSync(`${ROOT}/wasm/build/kernels.wasm`))
      return app.createWasmBackend(module, MEMORY_BYTES)
    },
    close: () => server.close(),
  }
}
