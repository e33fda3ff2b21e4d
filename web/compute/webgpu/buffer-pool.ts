import { BUFFER_USAGE } from './gpu-flags'

/** What buffers are for: pixels that shaders read and write, parameters, and the way back to the processor. */
const USAGES = {
  storage: BUFFER_USAGE.storage | BUFFER_USAGE.copyFrom | BUFFER_USAGE.copyTo,
  uniform: BUFFER_USAGE.uniform | BUFFER_USAGE.copyTo,
  staging: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTo,
} as const

export type BufferPurpose = keyof typeof USAGES

/** Lends buffers and takes them back. Contents are those of whoever had them before. */
export interface BufferPool {
  /** At least so many bytes. */
  lend(purpose: BufferPurpose, bytes: number): GPUBuffer
  giveBack(buffer: GPUBuffer): void
  /** Bytes on the card that nobody uses now, and buffers that somebody does. */
  readonly idleBytes: number
  readonly lent: number
  destroy(): void
}

const SMALLEST = 256
const MIB = 1024 * 1024
/** More than so much is not kept for later: the card belongs to the picture on the screen as well. */
const KEPT_BYTES = 256 * MIB
/** A buffer this many times too large is left for somebody who needs it. */
const WASTE = 2

/** Few sizes, so that strips of nearly one size share buffers: powers of two, then whole MiB. */
const roundSize = (bytes: number): number =>
  bytes >= MIB
    ? Math.ceil(bytes / MIB) * MIB
    : Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.max(1, bytes))))

export const createBufferPool = (device: GPUDevice): BufferPool => {
  /** Longest unused first. */
  const idle: GPUBuffer[] = []
  const lent = new Set<GPUBuffer>()
  const idleBytes = (): number => idle.reduce((sum, { size }) => sum + size, 0)
  const { maxBufferSize } = device.limits

  const findIdle = (usage: number, bytes: number): GPUBuffer | undefined => {
    const most = Math.max(SMALLEST, WASTE * bytes)
    let best: GPUBuffer | undefined
    for (const buffer of idle) {
      if (buffer.usage !== usage || buffer.size < bytes || buffer.size > most) continue
      if (best === undefined || buffer.size < best.size) best = buffer
    }
    return best
  }

  return {
    lend: (purpose, bytes) => {
      const usage = USAGES[purpose]
      const known = findIdle(usage, bytes)
      if (known !== undefined) idle.splice(idle.indexOf(known), 1)
      const size = Math.min(roundSize(bytes), Math.max(bytes, maxBufferSize))
      const buffer = known ?? device.createBuffer({ size, usage })
      lent.add(buffer)
      return buffer
    },
    giveBack: (buffer) => {
      if (!lent.delete(buffer)) return
      idle.push(buffer)
      while (idleBytes() > KEPT_BYTES) idle.shift()?.destroy()
    },
    get idleBytes() {
      return idleBytes()
    },
    get lent() {
      return lent.size
    },
    destroy: () => {
      for (const buffer of [...idle, ...lent]) buffer.destroy()
      idle.length = 0
      lent.clear()
    },
  }
}
