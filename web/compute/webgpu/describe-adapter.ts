/** Adapters that compute on the processor: exact enough for tests, slower than whatever else the processor can do. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|warp|basic render/i

export interface AdapterFacts {
  /** As the system names it. */
  readonly adapter: string
  readonly software: boolean
}

export const describeAdapter = ({ info }: GPUAdapter): AdapterFacts => {
  const adapter = [info.vendor, info.architecture, info.device, info.description]
    .filter((part) => part !== '')
    .join(' ')
  // Browsers that do not know the word yet leave it undefined, whatever the types say.
  return { adapter, software: info.isFallbackAdapter || SOFTWARE.test(adapter) }
}

/** Missing in many browsers and in bare Node, whatever the types say. */
export const findGpu = (): GPU | null =>
  typeof navigator === 'undefined' ? null : ((navigator as { gpu?: GPU }).gpu ?? null)
