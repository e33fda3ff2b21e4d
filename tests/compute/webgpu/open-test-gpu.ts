import { inject } from 'vitest'
import type { GpuBackend } from '../../../web/compute/create-compute'
import { createGpuBackend, type GpuBackendOptions } from '../../../web/compute/webgpu/create-gpu-backend'
import { createGpuHost, type GpuHost, type GpuHostOptions } from '../../../web/compute/webgpu/gpu-host'

/** A backend on whatever adapter this browser has, be it software. Null where there is none, unless all is required. */
export const openTestGpu = async (options: GpuBackendOptions = {}): Promise<GpuBackend | null> => {
  const gpu = await createGpuBackend({ acceptSoftware: true, ...options })
  if (gpu === null && inject('requireAll')) throw new Error('REQUIRE_ALL=1 and there is no WebGPU adapter')
  return gpu
}

export const NO_ADAPTER = 'this browser has no WebGPU adapter'

/** The same within a test, which is skipped with the reason where the answer is null. */
export const openGpuOrSkip = async (
  skip: (reason: string) => void,
  options?: GpuBackendOptions,
): Promise<GpuBackend | null> => {
  const gpu = await openTestGpu(options)
  if (gpu === null) skip(NO_ADAPTER)
  return gpu
}

/** What kernels on a card work with, by itself. */
export const openHostOrSkip = async (
  skip: (reason: string) => void,
  options?: GpuHostOptions,
): Promise<GpuHost | null> => {
  const adapter = await navigator.gpu?.requestAdapter()
  if (adapter !== null && adapter !== undefined) {
    const requiredFeatures: GPUFeatureName[] = adapter.features.has('timestamp-query')
      ? ['timestamp-query']
      : []
    return createGpuHost(await adapter.requestDevice({ requiredFeatures }), options)
  }
  if (inject('requireAll')) throw new Error('REQUIRE_ALL=1 and there is no WebGPU adapter')
  skip(NO_ADAPTER)
  return null
}
