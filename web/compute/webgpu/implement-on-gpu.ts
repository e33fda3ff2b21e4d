import { implement, type Implementation, type Kernel, type Registration } from '../kernel'
import type { GpuHost } from './gpu-host'

/** An implementation on a graphics card, and what the same work costs elsewhere: see does-it-pay.ts. */
export interface GpuRegistration extends Registration<GpuHost> {
  readonly wasmNsPerByte: (params: never) => number
}

/** `wasmNsPerByte`: what WebAssembly takes on one thread for a byte of input and output. */
export const implementOnGpu = <Params, Input, Output>(
  kernel: Kernel<Params, Input, Output>,
  wasmNsPerByte: (params: Params) => number,
  run: Implementation<GpuHost, Params, Input, Output>,
): GpuRegistration => ({ ...implement(kernel, run), wasmNsPerByte })
