import { AsterismError } from '../core/errors'

/** Lines of the cache, and of v128 loads. */
const ALIGNMENT = 64
const PAGE = 4096
/** Planes that lie a power of two apart fall into one cache set and push each other out: this much more keeps them apart. */
const STAGGER = PAGE + ALIGNMENT

/**
 * Memory that is lent for the length of one piece of work and then taken back all at once. Arrays from an arena must not be
 * kept: after `scope` ends their bytes belong to somebody else. Contents are not cleared.
 */
export interface Arena {
  readonly capacity: number
  /** Bytes lent now, and the most that were lent at once since the arena was made. */
  readonly used: number
  readonly peak: number
  float32(length: number): Float32Array<ArrayBuffer>
  float64(length: number): Float64Array<ArrayBuffer>
  int32(length: number): Int32Array<ArrayBuffer>
  uint16(length: number): Uint16Array<ArrayBuffer>
  uint8(length: number): Uint8Array<ArrayBuffer>
  /** `count` planes at one stride, off powers of two: what the combine kernels take without copying. */
  planes(count: number, length: number): Float32Array<ArrayBuffer>[]
  /** The same for raw bytes. */
  bytePlanes(count: number, length: number): Uint8Array<ArrayBuffer>[]
  /** Runs `work` and takes back all that was lent during it, whether it succeeds or fails. */
  scope<Result>(work: () => Promise<Result>): Promise<Result>
  mark(): number
  release(mark: number): void
}

/** Bytes of a plane of `length` bytes with the gap after it. */
const planeStride = (length: number): number => {
  const aligned = Math.ceil(length / ALIGNMENT) * ALIGNMENT
  return aligned % PAGE === 0 ? aligned + STAGGER : aligned + ALIGNMENT
}

/** An arena over [start, buffer.byteLength) of a buffer that never moves. */
export const createArena = (buffer: ArrayBuffer, start = 0): Arena => {
  let used = Math.ceil(start / ALIGNMENT) * ALIGNMENT
  let peak = used
  const take = (bytes: number): number => {
    const at = used
    const end = at + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    if (end > buffer.byteLength) {
      throw new AsterismError(
        'out-of-memory',
        `A piece of work asked for ${bytes} bytes and ${buffer.byteLength - at} are left. Raise the memory limit in the settings.`,
        { asked: bytes, left: buffer.byteLength - at },
      )
    }
    used = end
    peak = Math.max(peak, used)
    return at
  }
  const release = (mark: number): void => {
    used = mark
  }
  const takePlanes = (count: number, bytes: number): number[] => {
    const stride = planeStride(bytes)
    const first = take(stride * count)
    return Array.from({ length: count }, (_, index) => first + index * stride)
  }
  return {
    capacity: buffer.byteLength,
    get used() {
      return used
    },
    get peak() {
      return peak
    },
    float32: (length) => new Float32Array(buffer, take(length * 4), length),
    float64: (length) => new Float64Array(buffer, take(length * 8), length),
    int32: (length) => new Int32Array(buffer, take(length * 4), length),
    uint16: (length) => new Uint16Array(buffer, take(length * 2), length),
    uint8: (length) => new Uint8Array(buffer, take(length), length),
    planes: (count, length) =>
      takePlanes(count, length * 4).map((at) => new Float32Array(buffer, at, length)),
    bytePlanes: (count, length) => takePlanes(count, length).map((at) => new Uint8Array(buffer, at, length)),
    scope: async (work) => {
      const before = used
      try {
        return await work()
      } finally {
        release(before)
      }
    },
    mark: () => used,
    release,
  }
}
