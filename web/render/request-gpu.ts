import { describeAdapter, findGpu, type AdapterFacts } from '../compute/webgpu/describe-adapter'

/** What WebGPU would run on here; null where there is none. */
export const findAdapter = async (): Promise<AdapterFacts | null> => {
  try {
    const adapter = await findGpu()?.requestAdapter({ powerPreference: 'low-power' })
    return adapter === null || adapter === undefined ? null : describeAdapter(adapter)
  } catch {
    return null
  }
}

export interface GpuWish {
  /** Takes a software adapter too: for tests, which have no other. */
  readonly acceptSoftware?: boolean
  /** Told of the device that was given: a test takes it away again. */
  readonly onDevice?: (device: GPUDevice) => void
}

/** A device of a real adapter with the largest textures it gives, or null. Never throws: no WebGPU is nothing unusual. */
export const requestGpuDevice = async ({
  acceptSoftware = false,
  onDevice,
}: GpuWish = {}): Promise<GPUDevice | null> => {
  try {
    const adapter = await findGpu()?.requestAdapter({ powerPreference: 'low-power' })
    if (adapter === null || adapter === undefined) return null
    if (describeAdapter(adapter).software && !acceptSoftware) return null
    const { maxTextureDimension2D, maxBufferSize } = adapter.limits
    const given = await adapter.requestDevice({ requiredLimits: { maxTextureDimension2D, maxBufferSize } })
    onDevice?.(given)
    return given
  } catch {
    return null
  }
}
