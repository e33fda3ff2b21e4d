import { AsterismError, toAsterismError, isAbortError } from '../core/errors'
import { throwIfAborted, type Task } from '../core/task'
import { crc32 } from './crc32'
import { inflateRaw } from './inflate'
import { listTar } from './list-tar'
import { refuseUseless } from './refuse-kind'
import { sniff, SNIFF_LENGTH, type FileKind } from './sniff'
import { unwrap } from './unwrap'
import { listZipEntries, normalisePath, sliceZipEntry, type ZipEntry } from './zip-directory'

export interface UnpackLimits {
  readonly maxEntries: number
  /** Bytes of one unpacked file. */
  readonly maxEntryBytes: number
  /** Bytes of all unpacked files of one archive together. */
  readonly maxTotalBytes: number
}

export const DEFAULT_LIMITS: UnpackLimits = {
  maxEntries: 20_000,
  maxEntryBytes: 2 ** 30 + 2 ** 20,
  maxTotalBytes: 200e9,
}

/** A file that came out, or the reason why it did not. `of` and `number` count the files of the archive. */
export type Unpacked = { readonly path: string; readonly number: number; readonly of: number } & (
  { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly error: AsterismError }
)

interface PackedFile {
  readonly path: string
  readonly blob: Blob
}

// What file managers leave in archives and nobody means.
const CLUTTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i

const sniffBlob = async (blob: Blob): Promise<FileKind> =>
  sniff(new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer()))

const readWhole = async (file: PackedFile, limits: UnpackLimits): Promise<Uint8Array<ArrayBuffer>> => {
  if (file.blob.size > limits.maxEntryBytes) {
    throw new AsterismError(
      'too-large',
      `The file has ${Math.round(file.blob.size / 1e6)} MB; at most ${Math.round(limits.maxEntryBytes / 1e6)} MB can be taken in. Cut it into parts first.`,
      { bytes: file.blob.size },
    )
  }
  return new Uint8Array(await file.blob.arrayBuffer())
}

const unpackEntry = async (
  archive: PackedFile,
  entry: ZipEntry,
  limits: UnpackLimits,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (entry.encrypted)
    throw new AsterismError(
      'bad-archive',
      `${entry.path} is locked with a password. Unpack the archive first.`,
    )
  if (entry.method !== 0 && entry.method !== 8) {
    throw new AsterismError(
      'bad-archive',
      `${entry.path} is packed by method ${entry.method}, which cannot be opened here. Pack it as an ordinary zip.`,
    )
  }
  const packed = await sliceZipEntry(archive.blob, entry)
  const limit = { maxBytes: limits.maxEntryBytes, path: entry.path, look: refuseUseless }
  const bytes =
    entry.method === 0
      ? await readWhole({ path: entry.path, blob: packed }, limits)
      : await inflateRaw(packed, limit, task)
  if (bytes.length !== entry.length || crc32(bytes) !== entry.crc32) {
    throw new AsterismError(
      'bad-archive',
      `${entry.path} is damaged: its checksum does not fit. Fetch or copy the archive again.`,
    )
  }
  return bytes
}

const refuseTotal = (limits: UnpackLimits): AsterismError =>
  new AsterismError(
    'too-large',
    `The archive unpacks to more than ${Math.round(limits.maxTotalBytes / 1e6)} MB; the files after this were left out. Split it into parts.`,
    { limit: limits.maxTotalBytes },
  )

async function* unpackZip(archive: PackedFile, limits: UnpackLimits, task: Task): AsyncGenerator<Unpacked> {
  const entries = (await listZipEntries(archive.blob, limits.maxEntries)).filter(
    (entry) => !entry.path.endsWith('/') && !CLUTTER.test(entry.path),
  )
  let total = 0
  for (const [index, entry] of entries.entries()) {
    throwIfAborted(task)
    const place = {
      path: `${archive.path}/${normalisePath(entry.path)}`,
      number: index + 1,
      of: entries.length,
    }
    try {
      const packed = await unpackEntry(archive, entry, limits, task)
      const inner = await unwrap(
        { path: place.path, blob: new Blob([packed]) },
        limits.maxEntryBytes,
        task,
        refuseUseless,
      )
      const { path, bytes } = { path: inner.path, bytes: inner.bytes ?? packed }
      total += bytes.length
      if (total <= limits.maxTotalBytes) yield { ...place, path, bytes }
    } catch (error) {
      if (isAbortError(error)) throw error
      yield { ...place, error: toAsterismError(error) }
    }
    if (total > limits.maxTotalBytes) {
      yield { ...place, error: refuseTotal(limits) }
      return
    }
  }
}

async function* unpackTar(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  limits: UnpackLimits,
  task: Task,
): AsyncGenerator<Unpacked> {
  const files = listTar(bytes, limits.maxEntries).filter((file) => !CLUTTER.test(file.path))
  let total = 0
  for (const [index, file] of files.entries()) {
    throwIfAborted(task)
    const place = { path: `${path}/${normalisePath(file.path)}`, number: index + 1, of: files.length }
    try {
      const own = bytes.slice(file.start, file.end)
      const inner = await unwrap(
        { path: place.path, blob: new Blob([own]) },
        limits.maxEntryBytes,
        task,
        refuseUseless,
      )
      total += (inner.bytes ?? own).length
      if (total <= limits.maxTotalBytes) yield { ...place, path: inner.path, bytes: inner.bytes ?? own }
    } catch (error) {
      if (isAbortError(error)) throw error
      yield { ...place, error: toAsterismError(error) }
    }
    if (total > limits.maxTotalBytes) {
      yield { ...place, error: refuseTotal(limits) }
      return
    }
  }
}

/**
 * What a dropped file holds: itself, what its gzip, bzip2 or compress held, or the files of its zip or tar (packed once more or not), one
 * at a time so that only one is in memory (a tar is read whole). A damaged file of an archive is given with its error, and the others
 * still come. A tile-compressed `.fits.fz` is a FITS file and stays as it is.
 */
export async function* unpack(
  file: PackedFile,
  task: Task,
  limits: UnpackLimits = DEFAULT_LIMITS,
): AsyncGenerator<Unpacked> {
  throwIfAborted(task)
  if ((await sniffBlob(file.blob)) === 'zip') {
    yield* unpackZip(file, limits, task)
    return
  }
  const inner = await unwrap(file, limits.maxEntryBytes, task, refuseUseless)
  const bytes = inner.bytes ?? (await readWhole(file, limits))
  if (sniff(bytes) === 'tar') yield* unpackTar(inner.path, bytes, limits, task)
  else yield { path: inner.path, number: 1, of: 1, bytes }
}
