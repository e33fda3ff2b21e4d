import { AsterismError } from '../core/errors'
import type { Task } from '../core/task'
import { decodeBzip2 } from './decode-bzip2'
import { decodeLzw } from './decode-lzw'
import { collectPieces, gunzip, type InflateLimit } from './inflate'
import { sniff, SNIFF_LENGTH } from './sniff'

/** Wrappers of one file in another: `.gz`, `.bz2`, and `.Z` of Unix compress. */
type Wrapping = 'gzip' | 'bzip2' | 'compress'

/** A file wrapped more often than this was made to be a nuisance. */
const MOST_WRAPPINGS = 3

const ENDINGS: Readonly<Record<Wrapping, readonly [RegExp, RegExp]>> = {
  gzip: [/\.gz$/i, /\.tgz$/i],
  bzip2: [/\.bz2$/i, /\.(?:tbz2?|tb2)$/i],
  compress: [/\.Z$/i, /\.taz$/i],
}

const stripEnding = (path: string, wrapping: Wrapping): string => {
  const [plain, archive] = ENDINGS[wrapping]
  return path.replace(plain, '').replace(archive, '.tar')
}

const wrappingOf = (head: Uint8Array): Wrapping | null => {
  const kind = sniff(head)
  return kind === 'gzip' || kind === 'bzip2' || kind === 'compress' ? kind : null
}

const readPacked = async (blob: Blob, limit: InflateLimit): Promise<Uint8Array> => {
  if (blob.size > limit.maxBytes)
    throw new AsterismError(
      'too-large',
      `${limit.path} has ${Math.round(blob.size / 1e6)} MB; at most ${Math.round(limit.maxBytes / 1e6)} MB can be taken in. Cut it into parts first.`,
      { bytes: blob.size },
    )
  return new Uint8Array(await blob.arrayBuffer())
}

const unwrapOnce = async (
  blob: Blob,
  wrapping: Wrapping,
  limit: InflateLimit,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (wrapping === 'gzip') return gunzip(blob, limit, task)
  const packed = await readPacked(blob, limit)
  return collectPieces(wrapping === 'bzip2' ? decodeBzip2(packed) : decodeLzw(packed), limit, task)
}

export interface Unwrapped {
  /** Without the endings of what was unwrapped. */
  readonly path: string
  /** Null where there was nothing to unwrap. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
}

/** What a file holds under its gzip, bzip2 or compress, each layer bounded by the same number of bytes and shown to `look`. */
export const unwrap = async (
  file: { readonly path: string; readonly blob: Blob },
  maxBytes: number,
  task: Task,
  look?: InflateLimit['look'],
): Promise<Unwrapped> => {
  let { path, blob } = file
  let bytes: Uint8Array<ArrayBuffer> | null = null
  for (let layer = 0; layer < MOST_WRAPPINGS; layer++) {
    const head: Uint8Array =
      bytes?.subarray(0, SNIFF_LENGTH) ?? new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer())
    const wrapping = wrappingOf(head)
    if (wrapping === null) break
    bytes = await unwrapOnce(blob, wrapping, { maxBytes, path, ...(look && { look }) }, task)
    path = stripEnding(path, wrapping)
    blob = new Blob([bytes])
  }
  return { path, bytes }
}
