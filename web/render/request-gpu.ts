/** Adapters that compute on the processor: slower than the 2-D canvas, which is drawn by the browser's own best way. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|warp|basic render/i

export interface AdapterFacts {
  readonly adapter: string
  readonly software: boolean
}

const describeAdapter = ({ info }: GPUAdapter): AdapterFacts => {
  const adapter = [info.vendor, info.architecture, info.device, info.description]
    .filter((part) => part !== '')
    .join(' ')
  return { adapter, software: SOFTWARE.test(adapter) }
}

/** What WebGPU would run on here; null where there is none. */
export const findAdapter = async (): Promise<AdapterFacts | null> => {
  try {
    const gpu = (navigator as { gpu?: GPU }).gpu
    const adapter = await gpu?.requestAdapter({ powerPreference: 'low-power' })
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
    // Missing in many browsers, whatever the types say.
    const gpu = (navigator as { gpu?: GPU }).gpu
    const adapter = await gpu?.requestAdapter({ powerPreference: 'low-power' })
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
