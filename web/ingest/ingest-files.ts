import { AsterismError, isAbortError, toAsterismError } from '../core/errors'
import { summariseExposure, type ExposureRecord, type FrameSummary } from '../core/frame'
import type { HeaderCard } from '../core/header'
import { hashBytes } from '../core/ids'
import { throwIfAborted, type Task } from '../core/task'
import type { InstrumentProfile } from './instruments'
import { bytesIdOf, readExposures } from './read-exposure'
import { refuseKind } from './refuse-kind'
import { sniff, type FileKind } from './sniff'
import { DEFAULT_LIMITS, unpack, type Unpacked, type UnpackLimits } from './unpack'

/** Where frames go; storage is behind it. */
export interface IngestSink {
  /** Ids of the frames that these bytes gave before, or null when they are new. */
  has(sha256: string): Promise<string[] | null>
  /** Those frames as they are kept, with their names and what people corrected. Without it they are read anew from the bytes. */
  summarise?(ids: readonly string[]): Promise<FrameSummary[]>
  /** Instrument profiles that a person made or brought along. */
  profiles?(): Promise<readonly InstrumentProfile[]>
  /** Keeps all of it or, when it throws, nothing. `bytes` is the sender's no more. */
  save(
    exposures: ExposureRecord[],
    headers: ReadonlyArray<{ readonly id: string; readonly cards: HeaderCard[] }>,
    bytes: Uint8Array<ArrayBuffer>,
    bytesId: string,
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

export interface IngestOutcome {
  readonly frames: FrameSummary[]
  readonly rejected: RejectedFile[]
}

const explain = (error: AsterismError): string => {
  if (error.code === 'quota')
    return `${error.message} The file was not kept; what was there before is untouched. Free some space and drop it again.`
  if (error.code === 'unexpected') return `The file could not be read: ${error.message}`
  return error.message
}

const takeFile = async (
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  batch: string,
  sink: IngestSink,
): Promise<FrameSummary[]> => {
  const kind = sniff(bytes)
  if (kind !== 'fits') throw refuseNested(kind)
  const sha256 = await hashBytes(bytes)
  const { exposures, headers } = readExposures({
    path,
    bytes,
    sha256,
    batch,
    profiles: (await sink.profiles?.()) ?? [],
  })
  const summaries = exposures.map(summariseExposure)
  const known = await sink.has(sha256)
  if (known !== null) {
    const kept = (await sink.summarise?.(known)) ?? summaries
    return kept.map((summary) => ({ ...summary, duplicate: true }))
  }
  await sink.save(exposures, headers, bytes, bytesIdOf(sha256))
  return summaries
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

const takeUnpacked = async (item: Unpacked, batch: string, sink: IngestSink): Promise<FrameSummary[]> => {
  if ('error' in item) throw item.error
  return takeFile(item.path, item.bytes, batch, sink)
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
        frames.push(...(await takeUnpacked(item, input.batch, sink)))
      } catch (error) {
        reject(item.path, error)
      }
      task.report({ label: item.path, done: item.number, total: item.of })
    }
  } catch (error) {
    reject(input.path, error)
  }
  return { frames, rejected }
}
