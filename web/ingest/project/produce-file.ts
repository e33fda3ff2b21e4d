import { hashBytes } from '../../core/ids'
import type { LightCurveRecord } from '../../core/light-curve'
import type { LogRecord } from '../../core/work-order'
import type { Workspace } from '../../storage/workspace'
import type { ManifestFile } from './manifest'
import { restorePictureBytes } from './picture-bytes'
import type { PlannedFile } from './plan-project'
import { encodeRecord } from './record-text'
import { walkStore } from './walk-store'

/** Files that another room knows how to write; the worker brings them together. */
export interface ProjectWriters {
  /** A master or a stack as FITS, with its uncertainty. */
  readonly writeFits: (picture: string) => Promise<Uint8Array<ArrayBuffer>>
  readonly writeCurveTable: (curve: LightCurveRecord) => Promise<Uint8Array<ArrayBuffer>>
  readonly writeCurvePlot: (curve: LightCurveRecord) => string
  readonly writeLogLine: (line: LogRecord) => string
}

export interface ProducedFile {
  readonly entry: ManifestFile
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Text gets smaller when it is packed; pixels hardly do. */
  readonly packs: boolean
}

/** A file of records ends here and the next begins, so that whoever reads it needs no more memory than this and one record. */
const PART_BYTES = 8 * 1024 * 1024
const RECORDS_AT_ONCE = 16

const encodeText = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

const nameThePart = (path: string, part: number): string =>
  part === 1 ? path : path.replace(/\.jsonl$/, `.${part}.jsonl`)

async function* produceRecords(
  workspace: Workspace,
  { path, store, ids }: Extract<PlannedFile, { kind: 'records' }>,
): AsyncGenerator<ProducedFile> {
  const records = workspace.records(store)
  let lines: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  let part = 1
  const close = async (): Promise<ProducedFile> => {
    const bytes = new Uint8Array(await new Blob(lines).arrayBuffer())
    const entry: ManifestFile = {
      role: 'records',
      path: nameThePart(path, part),
      bytes: bytes.length,
      sha256: await hashBytes(bytes),
      store,
      records: lines.length,
    }
    lines = []
    length = 0
    part++
    return { entry, bytes, packs: true }
  }
  for (let at = 0; at < ids.length; at += RECORDS_AT_ONCE) {
    for (const record of await records.getMany(ids.slice(at, at + RECORDS_AT_ONCE))) {
      const line = encodeText(`${encodeRecord(record)}\n`)
      lines.push(line)
      length += line.length
      if (length >= PART_BYTES) yield await close()
    }
  }
  if (lines.length > 0) yield await close()
}

const asBytes = async (path: string, id: string, bytes: Uint8Array<ArrayBuffer>): Promise<ProducedFile> => ({
  entry: { role: 'bytes', path, bytes: bytes.length, sha256: await hashBytes(bytes), id },
  bytes,
  packs: false,
})

/** As FITS, where the very bytes of the store come back out of it; else those bytes go along as they are. */
async function* producePicture(
  workspace: Workspace,
  writers: ProjectWriters,
  { path, id, picture }: Extract<PlannedFile, { kind: 'picture' }>,
): AsyncGenerator<ProducedFile> {
  const stored = await workspace.pixels.read(id)
  const fits = await writers.writeFits(picture.id)
  const { width, height } = picture
  const sums = { bytes: fits.length, sha256: await hashBytes(fits) }
  if (isEqual(restorePictureBytes(fits, picture), stored)) {
    const kept = { bytes: stored.length, sha256: await hashBytes(stored) }
    const entry: ManifestFile = { role: 'picture', path, ...sums, id, width, height, stored: kept }
    yield { entry, bytes: fits, packs: false }
    return
  }
  yield { entry: { role: 'derived', path, ...sums }, bytes: fits, packs: false }
  yield asBytes(`${path}.planes.bin`, id, stored)
}

const asText = async (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<ProducedFile> => {
  const entry: ManifestFile = { role: 'derived', path, bytes: bytes.length, sha256: await hashBytes(bytes) }
  return { entry, bytes, packs: true }
}

/** The log as a person reads it, oldest line first. */
const writeLog = async (workspace: Workspace, writers: ProjectWriters): Promise<string> => {
  const lines: LogRecord[] = []
  for await (const line of walkStore(workspace, 'log')) lines.push(line as LogRecord)
  return lines
    .sort((a, b) => a.time - b.time)
    .map((line) => `${writers.writeLogLine(line)}\n`)
    .join('')
}

/** Makes what was planned, one file after the other; a file of many records comes in parts. */
export async function* produceFile(
  workspace: Workspace,
  writers: ProjectWriters,
  file: PlannedFile,
): AsyncGenerator<ProducedFile> {
  switch (file.kind) {
    case 'bytes':
      yield asBytes(file.path, file.id, await workspace.pixels.read(file.id))
      return
    case 'picture':
      yield* producePicture(workspace, writers, file)
      return
    case 'records':
      yield* produceRecords(workspace, file)
      return
    case 'derived': {
      if (file.what === 'log') {
        yield asText(file.path, encodeText(await writeLog(workspace, writers)))
        return
      }
      const curve = await workspace.lightcurves.get(file.id)
      if (curve === undefined) return
      const plot = file.what === 'curve-plot'
      yield asText(
        file.path,
        plot ? encodeText(writers.writeCurvePlot(curve)) : await writers.writeCurveTable(curve),
      )
    }
  }
}
