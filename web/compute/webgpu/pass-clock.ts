import { BUFFER_USAGE, MAP_READ } from './gpu-flags'

/** Begin and end of a pass by the card's own clock. */
export interface PassClock {
  readonly writes: GPUComputePassTimestampWrites
  copyOut(encoder: GPUCommandEncoder): void
  milliseconds(): Promise<number>
  destroy(): void
}

/** Two times of 64 bits. */
const BYTES = 16

/** Null where the device has no clock, or was not asked for it. */
export const createPassClock = (device: GPUDevice): PassClock | null => {
  if (!device.features.has('timestamp-query')) return null
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 })
  const resolved = device.createBuffer({
    size: BYTES,
    usage: BUFFER_USAGE.queryResolve | BUFFER_USAGE.copyFrom,
  })
  const staging = device.createBuffer({ size: BYTES, usage: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTo })
  return {
    writes: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    copyOut: (encoder) => {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0)
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, BYTES)
    },
    milliseconds: async () => {
      await staging.mapAsync(MAP_READ)
      const [begin = 0n, end = 0n] = new BigUint64Array(staging.getMappedRange())
      return Number(end - begin) / 1e6
    },
    destroy: () => {
      for (const it of [querySet, resolved, staging]) it.destroy()
    },
  }
}
