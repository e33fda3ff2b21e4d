import { AsterismError, isAbortError } from '../core/errors'
import type { Task } from '../core/task'
import { createArena, type Arena } from './arena'
import { createCpuBackend } from './cpu/create-cpu-backend'
import { NotForThisBackend, type AnyKernel, type Backend, type BackendKind, type Kernel } from './kernel'
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
  /** Does it pay to carry so many bytes to the card and back for this kernel with these parameters? */
  pays(kernel: AnyKernel, params: unknown, bytes: number): boolean
}

export interface ComputeOptions {
  /** The compiled kernels; null where they cannot be had, and everything is then done by the reference. */
  readonly module: WebAssembly.Module | null
  /** A promise is not waited for: work begins without the card, and goes over to it when it is there. */
  readonly gpu?: GpuBackend | null | Promise<GpuBackend | null>
  /** Bytes for lent arrays and scratch, of this thread. */
  readonly memoryBytes: number
}

export interface Compute {
  /** Arrays for kernels to work on where they lie. */
  readonly arena: Arena
  /**
   * Does one piece of work with lent memory and takes all of it back. Pieces wait for each other: what is lent last must be given
   * back first. Every entry of a worker that computes goes through here, once; within it `arena.scope` nests.
   */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>
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

const isTooLarge = (error: unknown): boolean =>
  error instanceof AsterismError && error.code === 'out-of-memory'

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
  let gpu: GpuBackend | null = null
  const fast: Backend[] = wasm === null ? [] : [wasm]
  const checks = new Map<Backend, Map<string, Promise<boolean>>>(fast.map((backend) => [backend, new Map()]))
  const welcome = (card: GpuBackend | null): void => {
    if (card === null) return
    gpu = card
    checks.set(card, new Map())
    fast.unshift(card)
  }
  if (options.gpu instanceof Promise) void options.gpu.then(welcome, () => undefined)
  else welcome(options.gpu ?? null)
  const isGood = (backend: Backend, kernel: AnyKernel): Promise<boolean> => {
    const known = checks.get(backend)?.get(kernel.name)
    if (known !== undefined) return known
    const check = checkKernel(kernel, reference, backend).then((fault) => {
      if (fault !== null) notes.push(`${backend.kind}, ${kernel.name}: ${fault}`)
      return fault === null
    })
    checks.get(backend)?.set(kernel.name, check)
    return check
  }
  // All of WebAssembly at once; a shader takes a while to compile and is checked when there is first something to do for it.
  if (wasm !== null) for (const kernel of wasm.kernels) await isGood(wasm, kernel)

  const suits = async (
    backend: Backend,
    kernel: AnyKernel,
    params: unknown,
    bytes: number,
  ): Promise<boolean> => {
    if (!backend.has(kernel) || isLost(backend)) return false
    if (gpu !== null && backend === gpu && !gpu.pays(kernel, params, bytes)) return false
    return isGood(backend, kernel)
  }

  const arena = wasm?.arena ?? createArena(new ArrayBuffer(options.memoryBytes))
  let before: Promise<unknown> = Promise.resolve()

  return {
    arena,
    inTurn: (work) => {
      const own = before.then(() => arena.scope(work))
      before = own.catch(() => undefined)
      return own
    },
    notes,
    get backends() {
      return ['cpu' as const, ...fast.map((backend) => backend.kind)]
    },
    run: async (kernel, params, input, output, task) => {
      const any = kernel as unknown as AnyKernel
      const bytes = sizeOf(input) + sizeOf(output)
      for (const backend of fast) {
        if (!(await suits(backend, any, params, bytes))) continue
        try {
          await backend.run(kernel, params, input, output, task)
          return backend.kind
        } catch (error) {
          if (isAbortError(error)) throw error
          // A picture too large for one backend says nothing about the next picture.
          if (error instanceof NotForThisBackend || isTooLarge(error)) continue
          checks.get(backend)?.set(kernel.name, Promise.resolve(false))
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
