import type { Task } from '../core/task'

export type BackendKind = 'cpu' | 'wasm' | 'webgpu'

/** How far a fast backend may be from the reference: |fast - reference| <= abs + rel |reference|. */
export interface Tolerance {
  readonly abs: number
  readonly rel: number
  /** Why it is not zero, in a sentence. */
  readonly reason: string
}

export interface Shape {
  /** Of the output. */
  readonly width: number
  readonly height: number
}

/**
 * One heavy loop, whatever carries it out. Inputs are borrowed and never written; outputs are lent by the caller, whole, and
 * every element of them is written; nothing is kept across calls; data never throws: what NaN and masks do is in the definition.
 */
export interface Kernel<Params, Input, Output> {
  readonly name: string
  readonly tolerance: Tolerance
  /** Bytes of input, output and scratch that a run holds at once, so that tiles can be cut to a budget. */
  bytes(params: Params, shape: Shape): number
  sample(): Sample<Params, Input, Output>
  /** Never there: ties the types of a definition together. */
  readonly types?: { readonly params: Params; readonly input: Input; readonly output: Output }
}

export interface KernelName {
  readonly name: string
}

/** A kernel whose types do not matter here: what is looked up, listed and checked. */
export type AnyKernel = Kernel<never, never, never>

/** A small job with all cases in it; `create-compute` runs it on every backend at start-up and compares. */
export interface Sample<Params, Input, Output> {
  readonly params: Params
  readonly input: Input
  /** Every array of it is compared. */
  readonly output: () => Output
}

/** Thrown by an implementation that does not do these parameters or sizes: the next backend does them, nothing is wrong. */
export class NotForThisBackend extends Error {
  override readonly name = 'NotForThisBackend'
}

/** A kernel carried out by one backend. `Host` is what the backend works with: its memory, its device. */
export type Implementation<Host, Params, Input, Output> = (
  host: Host,
  job: { readonly params: Params; readonly input: Input; readonly output: Output; readonly task: Task },
) => void | Promise<void>

/** An implementation with the kernel that it is of; the types of the two are checked where they are tied. */
export interface Registration<Host> {
  readonly kernel: AnyKernel
  readonly run: (host: Host, job: never) => void | Promise<void>
}

export const implement = <Host, Params, Input, Output>(
  kernel: Kernel<Params, Input, Output>,
  run: Implementation<Host, Params, Input, Output>,
): Registration<Host> => ({ kernel: kernel as unknown as AnyKernel, run })

export interface Backend {
  readonly kind: BackendKind
  readonly kernels: readonly AnyKernel[]
  has(kernel: KernelName): boolean
  run<Params, Input, Output>(
    kernel: Kernel<Params, Input, Output>,
    params: Params,
    input: Input,
    output: Output,
    task: Task,
  ): Promise<void>
}

/** The same dispatch for every backend: by name, over what was registered. */
export const createBackend = <Host>(
  kind: BackendKind,
  host: Host,
  registrations: readonly Registration<Host>[],
): Backend => {
  const byName = new Map(registrations.map(({ kernel, run }) => [kernel.name, run]))
  return {
    kind,
    kernels: registrations.map(({ kernel }) => kernel),
    has: (kernel) => byName.has(kernel.name),
    run: async (kernel, params, input, output, task) => {
      const run = byName.get(kernel.name) as
        Implementation<Host, typeof params, typeof input, typeof output> | undefined
      if (run === undefined) throw new Error(`The ${kind} backend has no kernel "${kernel.name}".`)
      await run(host, { params, input, output, task })
    },
  }
}
