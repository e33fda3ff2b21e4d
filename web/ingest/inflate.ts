import { Gunzip, Inflate } from 'fflate'
import { AsterismError } from '../core/errors'
import { throwIfAborted, type Task } from '../core/task'
import { SNIFF_LENGTH } from './sniff'

export interface InflateLimit {
  /** Bytes; more are refused, however small the packed file is. */
  readonly maxBytes: number
  /** For messages. */
  readonly path: string
  /** Is shown the first bytes that came out, once there are enough of them to tell what they are; throws to be given no more. */
  readonly look?: (head: Uint8Array) => void
}

const refuseSize = (limit: InflateLimit): AsterismError =>
  new AsterismError(
    'too-large',
    `${limit.path} unpacks to more than ${Math.round(limit.maxBytes / 1e6)} MB and was left out. Unpack it and cut it into parts first.`,
    { limit: limit.maxBytes },
  )

const refuseDamage = (limit: InflateLimit, cause: unknown): AsterismError =>
  new AsterismError(
    'bad-archive',
    `${limit.path} is damaged or cut off and cannot be unpacked. Fetch or copy it again.`,
    {},
    cause,
  )

const SMALLEST_BLOCK = 2 ** 16
const LARGEST_BLOCK = 2 ** 24

/** Gives memory back now, where the browser can: what waits for its collector may be gigabytes when one large file follows another. */
const letGo = ({ buffer }: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && 'transfer' in buffer) buffer.transfer(0)
}

/** Joins chunks into one array, counting against the limit as they come. They are copied, so that the one who made them can let them go. */
class ChunkCollector {
  private readonly blocks: Uint8Array[] = []
  /** Bytes of the last block that are in use. */
  private used = 0
  private length = 0
  private readonly limit: InflateLimit
  private looked = false

  constructor(limit: InflateLimit) {
    this.limit = limit
  }

  add(chunk: Uint8Array): void {
    this.length += chunk.length
    if (this.length > this.limit.maxBytes) {
      for (const block of this.blocks) letGo(block)
      this.blocks.length = 0
      throw refuseSize(this.limit)
    }
    for (let at = 0; at < chunk.length;) {
      const block = this.openBlock()
      const taken = chunk.subarray(at, at + block.length - this.used)
      block.set(taken, this.used)
      this.used += taken.length
      at += taken.length
    }
    if (this.looked || this.length < SNIFF_LENGTH) return
    this.looked = true
    this.limit.look?.(this.copy())
  }

  /** All of it; nothing is left behind. */
  join(): Uint8Array<ArrayBuffer> {
    const output = this.copy(letGo)
    this.blocks.length = 0
    return output
  }

  private copy(copied?: (block: Uint8Array) => void): Uint8Array<ArrayBuffer> {
    const output = new Uint8Array(this.length)
    let offset = 0
    for (const block of this.blocks) {
      const part = block.subarray(0, Math.min(block.length, this.length - offset))
      output.set(part, offset)
      offset += part.length
      copied?.(block)
    }
    return output
  }

  /** The last block, or a new one where that is full: the longer the file, the longer the blocks. */
  private openBlock(): Uint8Array {
    const last = this.blocks.at(-1)
    if (last !== undefined && this.used < last.length) return last
    const block = new Uint8Array(Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, this.length)))
    this.blocks.push(block)
    this.used = 0
    return block
  }
}

const collect = async (
  stream: ReadableStream<Uint8Array>,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const collector = new ChunkCollector(limit)
  const reader = stream.getReader()
  try {
    for (;;) {
      throwIfAborted(task)
      const { done, value } = await reader.read()
      if (done) return collector.join()
      collector.add(value)
      letGo(value)
    }
  } finally {
    // Without waiting: a stream that failed has nothing more to say.
    reader.cancel().catch(() => undefined)
  }
}

/** The browser's own inflater stops at the end of the first gzip member; this one goes on, as gzip itself does. */
const gunzipMembers = async (
  blob: Blob,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const collector = new ChunkCollector(limit)
  const gunzip = new Gunzip((chunk) => collector.add(chunk))
  const reader = blob.stream().getReader()
  for (;;) {
    throwIfAborted(task)
    const { done, value } = await reader.read()
    gunzip.push(done ? new Uint8Array(0) : value, done)
    if (done) return collector.join()
  }
}

const keepOrWrap = (error: unknown, limit: InflateLimit): unknown =>
  error instanceof AsterismError || (error instanceof Error && error.name === 'AbortError')
    ? error
    : refuseDamage(limit, error)

/** The inflated length modulo 2^32 that the last member claims is compared, since the second road checks no sums. */
const checkLength = async (blob: Blob, bytes: Uint8Array, limit: InflateLimit): Promise<void> => {
  const tail = new DataView(await blob.slice(-4).arrayBuffer())
  const claimed = tail.byteLength === 4 ? tail.getUint32(0, true) : -1
  if (claimed > bytes.length)
    throw refuseDamage(limit, new Error(`${claimed} bytes were promised, ${bytes.length} came`))
}

/** All members of a gzip file, one after the other. */
export const gunzip = async (
  blob: Blob,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  try {
    return await collect(blob.stream().pipeThrough(new DecompressionStream('gzip')), limit, task)
  } catch (error) {
    if (error instanceof AsterismError || (error instanceof Error && error.name === 'AbortError')) throw error
  }
  try {
    const bytes = await gunzipMembers(blob, limit, task)
    await checkLength(blob, bytes, limit)
    return bytes
  } catch (error) {
    throw keepOrWrap(error, limit)
  }
}

/** Pieces between two looks at the clock and at the signal. */
const BREATH_MILLISECONDS = 50

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * All that a decoder gives, up to the limit. A decoder in TypeScript holds the thread while it works, so it is left now and then: a cancel
 * could not come in otherwise.
 */
export const collectPieces = async (
  pieces: Iterable<Uint8Array>,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const collector = new ChunkCollector(limit)
  let last = performance.now()
  try {
    for (const piece of pieces) {
      collector.add(piece)
      if (performance.now() - last < BREATH_MILLISECONDS) continue
      await breathe()
      throwIfAborted(task)
      last = performance.now()
    }
    return collector.join()
  } catch (error) {
    throw keepOrWrap(error, limit)
  }
}

/** Deflate data without a wrapper, as zip holds it. */
export const inflateRaw = async (
  blob: Blob,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const collector = new ChunkCollector(limit)
  const inflate = new Inflate((chunk) => collector.add(chunk))
  const reader = blob.stream().getReader()
  try {
    for (;;) {
      throwIfAborted(task)
      const { done, value } = await reader.read()
      inflate.push(done ? new Uint8Array(0) : value, done)
      if (done) return collector.join()
    }
  } catch (error) {
    throw keepOrWrap(error, limit)
  }
}
