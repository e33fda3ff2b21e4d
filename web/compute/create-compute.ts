import { isAbortError } from '../core/errors'
import type { Task } from '../core/task'
import { createArena, type Arena } from './arena'
import { createCpuBackend } from './cpu/create-cpu-backend'
import type { AnyKernel, Backend, BackendKind, Kernel } from './kernel'
import { checkKernel } from './self-check'
import { createWasmBackend } from './wasm/create-wasm-backend'

/** A backend on a graphics card. */
export interface GpuBackend extends Backend {
  readonly kind: 'webgpu'
  /** As the system names it. */
  readonly adapter: string
  /** A processor that plays a graphics card: exact enough for tests, never fast. */
  readonly software: boolean
  readonly lost: boolean
  /** Does it pay to carry so many bytes to the card and back for this kernel? */
  pays(kernel: AnyKernel, bytes: number): boolean
}

export interface ComputeOptions {
  /** The compiled kernels; null where they cannot be had, and everything is then done by the reference. */
  readonly module: WebAssembly.Module | null
  readonly gpu?: GpuBackend | null
  /** Bytes for lent arrays and scratch, of this thread. */
  readonly memoryBytes: number
}

export interface Compute {
  /** Arrays for kernels to work on where they lie. */
  readonly arena: Arena
  /** Which backend did it: goes into provenance. */
  run<Params, Input, Output>(
    kernel: Kernel<Params, Input, Output>,
    params: Params,
    input: Input,
    output: Output,
    task: Task,
  ): Promise<BackendKind>
  /** What was found wrong with a fast backend, here or at start-up; the work went on without it. */
  readonly notes: readonly string[]
  readonly backends: readonly BackendKind[]
}

const isLost = (backend: Backend): boolean => 'lost' in backend && backend.lost === true

/**
 * Chooses who carries out a kernel: a real graphics card where it pays, else WebAssembly, else the reference. A fast kernel is
 * used only after it has agreed with the reference on its sample; one that fails in mid-run is left out from then on, and the
 * run is done again by the next, so that a lost device costs time and nothing else.
 */
export const createCompute = async (options: ComputeOptions): Promise<Compute> => {
  const notes: string[] = []
  const reference = createCpuBackend()
  const wasm =
    options.module === null
      ? null
      : await createWasmBackend(options.module, options.memoryBytes).catch((error: unknown) => {
          notes.push(`WebAssembly: ${error instanceof Error ? error.message : String(error)}`)
          return null
        })
  const gpu = options.gpu ?? null
  const fast: readonly Backend[] = [gpu, wasm].filter((backend) => backend !== null)
  const good = new Map<Backend, Set<string>>()
  for (const backend of fast) {
    const passed = new Set<string>()
    good.set(backend, passed)
    for (const kernel of backend.kernels) {
      const fault = await checkKernel(kernel, reference, backend)
      if (fault === null) passed.add(kernel.name)
      else notes.push(`${backend.kind}, ${kernel.name}: ${fault}`)
    }
  }

  const suits = (backend: Backend, kernel: AnyKernel, bytes: number): boolean => {
    if (good.get(backend)?.has(kernel.name) !== true || isLost(backend)) return false
    return backend !== gpu || gpu.pays(kernel, bytes)
  }

  return {
    arena: wasm?.arena ?? createArena(new ArrayBuffer(options.memoryBytes)),
    notes,
    backends: ['cpu', ...fast.map((backend) => backend.kind)],
    run: async (kernel, params, input, output, task) => {
      const any = kernel as unknown as AnyKernel
      const bytes = sizeOf(input) + sizeOf(output)
      for (const backend of fast) {
        if (!suits(backend, any, bytes)) continue
        try {
          await backend.run(kernel, params, input, output, task)
          return backend.kind
        } catch (error) {
          if (isAbortError(error)) throw error
          good.get(backend)?.delete(kernel.name)
          notes.push(
            `${backend.kind}, ${kernel.name}: ${error instanceof Error ? error.message : String(error)}`,
          )
        }
      }
      await reference.run(kernel, params, input, output, task)
      return 'cpu'
    },
  }
}

/** Bytes of all arrays in an input or an output, one level of lists deep. */
const sizeOf = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + sizeOf(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, item: unknown) => sum + sizeOf(item), 0)
}
