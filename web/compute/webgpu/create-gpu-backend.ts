import type { GpuBackend } from '../create-compute'
import { createBackend } from '../kernel'
import { calibrateOnGpu } from './calibrate'
import { combineOnGpu } from './combine'
import { combineRawOnGpu } from './combine-raw'
import { convolveOnGpu } from './convolve'
import { resampleOnGpu } from './resample'
import { describeAdapter, findGpu } from './describe-adapter'
import { doesItPay } from './does-it-pay'
import { createGpuHost, type GpuHostOptions } from './gpu-host'
import type { GpuRegistration } from './implement-on-gpu'

/** One line for each kernel that a card carries out. */
const KERNELS: readonly GpuRegistration[] = [
  calibrateOnGpu,
  combineOnGpu,
  combineRawOnGpu,
  convolveOnGpu,
  resampleOnGpu,
]

export interface GpuBackendOptions extends GpuHostOptions {
  /** What `navigator.gpu` is in a browser; to be given where there is no navigator. */
  readonly gpu?: GPU | null
  /** Takes a software adapter too: for tests and for measuring. */
  readonly acceptSoftware?: boolean
  /** How many workers share the card; see does-it-pay.ts. 1 if left out. */
  readonly workers?: number
  /** Told of the device that was given: a test takes it away again. */
  readonly onDevice?: (device: GPUDevice) => void
}

const requestDevice = async (adapter: GPUAdapter, timed: boolean): Promise<GPUDevice> => {
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits
  return adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
    requiredFeatures: timed && adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
  })
}

/** A backend on the graphics card of this machine, with the largest buffers that it gives. Null where there is none. Never throws. */
export const createGpuBackend = async (options: GpuBackendOptions = {}): Promise<GpuBackend | null> => {
  const { gpu = findGpu(), acceptSoftware = false, workers, onDevice, onTimes, bindingBytes } = options
  try {
    const given = await gpu?.requestAdapter({ powerPreference: 'high-performance' })
    if (given === null || given === undefined) return null
    const { adapter, software } = describeAdapter(given)
    if (software && !acceptSoftware) return null
    const device = await requestDevice(given, onTimes !== undefined)
    onDevice?.(device)
    const host = createGpuHost(device, { onTimes, bindingBytes })
    const costs = new Map(KERNELS.map(({ kernel, wasmNsPerByte }) => [kernel.name, wasmNsPerByte]))
    return {
      ...createBackend('webgpu', host, KERNELS),
      kind: 'webgpu',
      adapter,
      software,
      get lost() {
        return host.lost !== null
      },
      pays: (kernel, params, bytes) =>
        !software && doesItPay(bytes, costs.get(kernel.name)?.(params as never) ?? 0, workers),
    }
  } catch {
    return null
  }
}
