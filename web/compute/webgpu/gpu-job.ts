import type { PixelArray } from '../wasm/with-addresses'
import type { GpuHost } from './gpu-host'

/** Bytes on the card, of a buffer that may be longer. */
export interface Plane {
  readonly buffer: GPUBuffer
  readonly bytes: number
}

export type Workgroups = readonly [x: number, y: number, z: number]

/** One submission: what goes up, what is done and what comes back. */
export interface GpuJob {
  /** A copy on the card; what is not there becomes a plane of nothing, since a shader wants every binding. */
  upload(array: PixelArray | undefined): Plane
  /** Arrays one after the other in one plane, each from a whole word on; none at all makes a plane of nothing. */
  uploadAll(arrays: readonly PixelArray[]): Plane
  uniform(bytes: ArrayBuffer): Plane
  allocate(bytes: number): Plane
  /** All zero, before the first dispatch. */
  allocateZeros(bytes: number): Plane
  dispatch(pipeline: GPUComputePipeline, planes: readonly Plane[], workgroups: Workgroups): void
  /** When all is done: the bytes of the plane from `offset` on (whole words) into the array, until it is full. */
  read(plane: Plane, into: PixelArray, offset?: number): void
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline
  readonly group: GPUBindGroup
  readonly workgroups: Workgroups
}

interface Reading {
  readonly from: GPUBuffer
  readonly offset: number
  readonly bytes: number
  readonly staging: GPUBuffer
  readonly into: PixelArray
}

/** A job put together: everything is uploaded, nothing is handed over yet. */
export interface GatheredJob {
  readonly dispatches: readonly Dispatch[]
  readonly zeros: readonly Plane[]
  readonly readings: readonly Reading[]
}

/** Sizes of copies and bindings are whole words. */
const WORD = 4
/** A plane of nothing holds one element of the widest type, or it could not be bound. */
const WIDEST = 16
const wholeWords = (bytes: number): number => Math.max(WORD, Math.ceil(bytes / WORD) * WORD)

/** A queue takes no memory that threads share. */
const ownBytes = ({ buffer, byteOffset, byteLength }: PixelArray): Uint8Array<ArrayBuffer> =>
  buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength))

const writeBytes = (
  queue: GPUQueue,
  buffer: GPUBuffer,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
): void => {
  const whole = bytes.length - (bytes.length % WORD)
  if (whole > 0) queue.writeBuffer(buffer, offset, bytes, 0, whole)
  if (whole === bytes.length) return
  const rest = new Uint8Array(WORD)
  rest.set(bytes.subarray(whole))
  queue.writeBuffer(buffer, offset + whole, rest)
}

/** Puts a job together. Buffers that it lends are added to `lent`, also when it breaks off. */
export const gatherJob = (
  { device, pool }: GpuHost,
  lent: GPUBuffer[],
  describe: (job: GpuJob) => void,
): GatheredJob => {
  const dispatches: Dispatch[] = []
  const zeros: Plane[] = []
  const readings: Reading[] = []
  const lend = (purpose: 'storage' | 'uniform' | 'staging', size: number): Plane => {
    const bytes = wholeWords(size)
    const buffer = pool.lend(purpose, bytes)
    lent.push(buffer)
    return { buffer, bytes }
  }
  const uploadAll = (arrays: readonly PixelArray[]): Plane => {
    const bytes = arrays.reduce((sum, { byteLength }) => sum + wholeWords(byteLength), 0)
    const plane = lend('storage', Math.max(bytes, WIDEST))
    let offset = 0
    for (const array of arrays) {
      writeBytes(device.queue, plane.buffer, offset, ownBytes(array))
      offset += wholeWords(array.byteLength)
    }
    return plane
  }
  describe({
    upload: (array) => (array === undefined ? lend('storage', WIDEST) : uploadAll([array])),
    uploadAll,
    uniform: (bytes) => {
      const plane = lend('uniform', bytes.byteLength)
      device.queue.writeBuffer(plane.buffer, 0, bytes)
      return plane
    },
    allocate: (bytes) => lend('storage', bytes),
    allocateZeros: (bytes) => {
      const plane = lend('storage', bytes)
      zeros.push(plane)
      return plane
    },
    dispatch: (pipeline, planes, workgroups) => {
      const entries = planes.map(({ buffer, bytes }, binding) => ({
        binding,
        resource: { buffer, offset: 0, size: bytes },
      }))
      const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })
      dispatches.push({ pipeline, group, workgroups })
    },
    read: ({ buffer: from }, into, offset = 0) => {
      const { buffer: staging, bytes } = lend('staging', into.byteLength)
      readings.push({ from, offset, bytes, staging, into })
    },
  })
  return { dispatches, zeros, readings }
}
