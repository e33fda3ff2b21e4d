import { AsterismError, isAbortError, toAsterismError } from '../core/errors'
import { summariseExposure, type ExposureRecord, type FrameSummary } from '../core/frame'
import { summariseFileTable, type FileTableRecord, type FileTableSummary } from '../core/file-table'
import type { HeaderCard } from '../core/header'
import { hashBytes } from '../core/ids'
import { throwIfAborted, type Task } from '../core/task'
import type { InstrumentProfile } from './instruments'
import { convertForeign, isForeign } from './foreign/convert-foreign'
import { bytesIdOf, readExposures, type FileToRead, type ReadExposures } from './read-exposure'
import { readFitsTables, readTextTables } from './read-file-tables'
import { refuseKind } from './refuse-kind'
import { sniff, type FileKind } from './sniff'
import { DEFAULT_LIMITS, unpack, type Unpacked, type UnpackLimits } from './unpack'

/** Where frames go; storage is behind it. */
export interface IngestSink {
  /** Ids of the frames that these bytes gave before (none, if they gave tables alone), or null when they are new. */
  has(sha256: string): Promise<string[] | null>
  /** Those frames as they are kept, with their names and what people corrected. Without it they are read anew from the bytes. */
  summarise?(ids: readonly string[]): Promise<FrameSummary[]>
  /** Instrument profiles that a person made or brought along. */
  profiles?(): Promise<readonly InstrumentProfile[]>
  /** Tables that these bytes gave before. */
  tablesOf?(sha256: string): Promise<FileTableRecord[]>
  /** Keeps all of it or, when it throws, nothing. `bytes` is the sender's no more. */
  save(
    exposures: ExposureRecord[],
    headers: ReadonlyArray<{ readonly id: string; readonly cards: HeaderCard[] }>,
    bytes: Uint8Array<ArrayBuffer>,
    bytesId: string,
    tables?: FileTableRecord[],
  ): Promise<void>
}

export interface DroppedFile {
  /** Folder and file as it was dropped, '/' separated. */
  readonly path: string
  readonly blob: Blob
  readonly batch: string
}

export interface RejectedFile {
  readonly name: string
  readonly code: string
  /** What is wrong and what to do. */
  readonly reason: string
}

/** What one file gave. */
interface Taken {
  readonly frames: FrameSummary[]
  readonly tables: FileTableSummary[]
}

export interface IngestOutcome extends Taken {
  readonly rejected: RejectedFile[]
}

const explain = (error: AsterismError): string => {
  if (error.code === 'quota')
    return `${error.message} The file was not kept; what was there before is untouched. Free some space and drop it again.`
  if (error.code === 'unexpected') return `The file could not be read: ${error.message}`
  return error.message
}

const NO_IMAGE = 'This FITS file holds no image and no table: its headers announce no data.'

/** Frames and tables of the bytes, without keeping them. */
const readAll = (
  file: FileToRead,
  kind: FileKind,
): ReadExposures & { readonly tables: FileTableRecord[] } => {
  if (kind !== 'fits') {
    const format = kind === 'text' ? 'csv' : kind
    if (format !== 'csv' && format !== 'ecsv' && format !== 'votable') throw refuseNested(kind)
    return { exposures: [], ...readTextTables(file, format) }
  }
  const { exposures, headers } = readExposures(file)
  const found = readFitsTables(file)
  const [error] = found.errors
  if (exposures.length + found.tables.length === 0) throw error ?? new AsterismError('no-image', NO_IMAGE)
  const [first, ...others] = exposures
  // A table that cannot be read is no reason to refuse the pictures beside it.
  const warnings = found.errors.map(({ message }) => `A table of this file could not be read: ${message}`)
  return {
    exposures:
      first === undefined ? [] : [{ ...first, warnings: [...first.warnings, ...warnings] }, ...others],
    headers: [...headers, ...found.headers],
    tables: found.tables,
  }
}

/** Files of other formats as the FITS files that are kept instead of them, with what to say about it. */
const openForeign = async (
  given: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<{
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly kind: FileKind
  readonly notes: string[]
}> => {
  const kind = sniff(given)
  if (!isForeign(kind)) return { bytes: given, kind, notes: [] }
  const sha256 = await hashBytes(given)
  const bytes = await convertForeign(kind, given, { sha256, most: maxBytes })
  return {
    bytes,
    kind: 'fits',
    notes: [`It came as ${kind.toUpperCase()} and is kept as FITS with the same pixels.`],
  }
}

const takeFile = async (
  path: string,
  given: Uint8Array<ArrayBuffer>,
  { batch, maxBytes }: { readonly batch: string; readonly maxBytes: number },
  sink: IngestSink,
): Promise<Taken> => {
  const { bytes, kind, notes } = await openForeign(given, maxBytes)
  const sha256 = await hashBytes(bytes)
  const file = { path, bytes, sha256, batch, profiles: (await sink.profiles?.()) ?? [] }
  const { exposures: read, headers, tables } = readAll(file, kind)
  const exposures = read.map((exposure) => ({ ...exposure, warnings: [...exposure.warnings, ...notes] }))
  const made = { frames: exposures.map(summariseExposure), tables: tables.map(summariseFileTable) }
  const known = await sink.has(sha256)
  if (known !== null) {
    const frames = known.length === 0 ? [] : ((await sink.summarise?.(known)) ?? made.frames)
    const kept = (await sink.tablesOf?.(sha256)) ?? tables
    const keptIds = new Set(kept.map(({ id }) => id))
    // Tables that were removed, or that an older version left out, come in beside the frames that are there.
    const missing = tables.filter(({ id }) => !keptIds.has(id))
    const missingIds = new Set(missing.map(({ id }) => id))
    if (missing.length > 0)
      await sink.save(
        [],
        headers.filter(({ id }) => missingIds.has(id)),
        bytes,
        bytesIdOf(sha256),
        missing,
      )
    return {
      frames: frames.map((summary) => ({ ...summary, duplicate: true })),
      tables: [
        ...kept.map((table) => ({ ...summariseFileTable(table), duplicate: true })),
        ...missing.map(summariseFileTable),
      ],
    }
  }
  await sink.save(exposures, headers, bytes, bytesIdOf(sha256), tables)
  return made
}

const ARCHIVES: readonly FileKind[] = ['zip', 'tar', 'gzip', 'bzip2', 'compress']

const refuseNested = (kind: FileKind): AsterismError =>
  ARCHIVES.includes(kind)
    ? new AsterismError(
        'bad-archive',
        'This is an archive within an archive. Unpack the outer one first and drop what is in it.',
        { kind },
      )
    : refuseKind(kind)

const takeUnpacked = async (
  item: Unpacked,
  options: { readonly batch: string; readonly maxBytes: number },
  sink: IngestSink,
): Promise<Taken> => {
  if ('error' in item) throw item.error
  return takeFile(item.path, item.bytes, options, sink)
}

/**
 * Takes in one dropped file, or all files of a dropped archive: unpack, read, hash, save. What cannot be taken is in `rejected`
 * with its reason, and the others go on; bytes that are there already come back as the frames that they are, with `duplicate`.
 * Only a cancelled task rejects.
 */
export const ingestInput = async (
  input: DroppedFile,
  sink: IngestSink,
  task: Task,
  limits: UnpackLimits = DEFAULT_LIMITS,
): Promise<IngestOutcome> => {
  const frames: FrameSummary[] = []
  const tables: FileTableSummary[] = []
  const rejected: RejectedFile[] = []
  const reject = (name: string, thrown: unknown): void => {
    if (isAbortError(thrown)) throw thrown
    const error = toAsterismError(thrown)
    rejected.push({ name, code: error.code, reason: explain(error) })
  }
  try {
    for await (const item of unpack(input, task, limits)) {
      throwIfAborted(task)
      task.report({ label: item.path, done: item.number - 1, total: item.of })
      try {
        const taken = await takeUnpacked(item, { batch: input.batch, maxBytes: limits.maxEntryBytes }, sink)
        frames.push(...taken.frames)
        tables.push(...taken.tables)
      } catch (error) {
        reject(item.path, error)
      }
      task.report({ label: item.path, done: item.number, total: item.of })
    }
  } catch (error) {
    reject(input.path, error)
  }
  return { frames, tables, rejected }
}
