import { createBufferPool, type BufferPool } from './buffer-pool'

/** Milliseconds of one run, added up over its slices. */
export interface GpuTimes {
  readonly upload: number
  /** By the card's own clock where it has one, else from handing over to the end. */
  readonly kernel: number
  readonly readBack: number
}

export type BindingKind = 'uniform' | 'read' | 'write'

/** A compute shader, what it is bound to (binding 0, 1, ...) and the constants that it is compiled with. */
export interface Shader {
  readonly code: string
  readonly bindings: readonly BindingKind[]
  readonly entry: string
  readonly constants?: Readonly<Record<string, number>>
}

/** What implementations on a graphics card work with. */
export interface GpuHost {
  readonly device: GPUDevice
  readonly pool: BufferPool
  /** Largest piece of a buffer that a shader may see. */
  readonly bindingBytes: number
  /** Made once for each shader and set of constants, then kept. */
  pipeline(shader: Shader): Promise<GPUComputePipeline>
  /** In words, why the device is gone; null while it is there. */
  readonly lost: string | null
  /** Told how long each job took; asking costs speed, since every part is then waited for. */
  readonly onTimes: ((times: GpuTimes) => void) | null
}

export interface GpuHostOptions {
  /** Less than the device would take: for tests, which want many small slices. */
  readonly bindingBytes?: number | undefined
  readonly onTimes?: ((times: GpuTimes) => void) | undefined
}

const LAYOUTS: Record<BindingKind, GPUBufferBindingType> = {
  uniform: 'uniform',
  read: 'read-only-storage',
  write: 'storage',
}
/** GPUShaderStage.COMPUTE of the standard. */
const COMPUTE = 0x4

const makePipeline = async (device: GPUDevice, shader: Shader): Promise<GPUComputePipeline> => {
  const { code, bindings, entry, constants = {} } = shader
  // Not 'auto': that drops a binding which a set of constants leaves unused, and then nothing fits.
  const layout = device.createBindGroupLayout({
    entries: bindings.map((kind, binding) => ({
      binding,
      visibility: COMPUTE,
      buffer: { type: LAYOUTS[kind] },
    })),
  })
  const module = device.createShaderModule({ code })
  try {
    return await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: entry, constants },
    })
  } catch (error) {
    const { messages } = await module.getCompilationInfo()
    const found = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`)
    throw new Error(`The shader "${entry}" does not compile. ${found.join('; ')}`, { cause: error })
  }
}

export const createGpuHost = (device: GPUDevice, options: GpuHostOptions = {}): GpuHost => {
  const pool = createBufferPool(device)
  const pipelines = new Map<string, Promise<GPUComputePipeline>>()
  let lost: string | null = null
  const watch = async (): Promise<void> => {
    const { reason, message } = await device.lost
    lost = message === '' ? reason : message
    pool.destroy()
  }
  void watch()
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits
  return {
    device,
    pool,
    bindingBytes: Math.min(maxStorageBufferBindingSize, maxBufferSize, options.bindingBytes ?? Infinity),
    pipeline: (shader) => {
      const key = JSON.stringify(shader)
      const known = pipelines.get(key)
      if (known !== undefined) return known
      const made = makePipeline(device, shader)
      pipelines.set(key, made)
      return made
    },
    get lost() {
      return lost
    },
    onTimes: options.onTimes ?? null,
  }
}
