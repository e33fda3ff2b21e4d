import { AsterismError } from '../../core/errors'
import type { ProjectSummary } from '../../core/import-report'
import { hashBytes } from '../../core/ids'
import type { Task } from '../../core/task'
import { SCHEMA_VERSION } from '../../storage/migrations/all-migrations'
import { inflateRaw } from '../inflate'
import { sniff, SNIFF_LENGTH } from '../sniff'
import { listZipEntries, normalisePath, sliceZipEntry, type ZipEntry } from '../zip-directory'
import {
  MANIFEST_NAME,
  MANIFEST_VERSION,
  manifestSchema,
  PROJECT_FORMAT,
  type Manifest,
  type ManifestFile,
} from './manifest'

const MOST_ENTRIES = 1_000_000
const MANIFEST_BYTES = 256 * 1024 * 1024
/** As much as one original may have. */
const FILE_BYTES = 2 ** 31
/** Files of records are written in parts of 8 MB and one record. */
const RECORDS_BYTES = 128 * 1024 * 1024

export interface OpenedProject {
  readonly manifest: Manifest
  /** The bytes of a file, when they are those that the manifest promises. */
  read(file: ManifestFile, task: Task): Promise<Uint8Array<ArrayBuffer>>
}

const damaged = (detail: string): AsterismError =>
  new AsterismError('bad-archive', `The project cannot be taken in: ${detail}. Export it again.`)

const readEntry = async (
  zip: Blob,
  entry: ZipEntry,
  maxBytes: number,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (entry.encrypted)
    throw new AsterismError('bad-archive', `${entry.path} is locked with a password. Unpack the zip first.`)
  if (entry.length > maxBytes)
    throw new AsterismError('too-large', `${entry.path} unpacks to ${entry.length} bytes, which is too much.`)
  const packed = await sliceZipEntry(zip, entry)
  if (entry.method === 8) return inflateRaw(packed, { maxBytes: entry.length, path: entry.path }, task)
  if (entry.method === 0 && packed.size === entry.length) return new Uint8Array(await packed.arrayBuffer())
  throw damaged(`${entry.path} is packed in a way that cannot be opened here`)
}

/** The folder that everything lies in, where a person unpacked a project and packed it again with its folder. */
const findManifest = (entries: readonly ZipEntry[]): { entry: ZipEntry; prefix: string } | null => {
  for (const entry of entries) {
    const parts = normalisePath(entry.path).split('/')
    if (parts.at(-1) === MANIFEST_NAME && parts.length <= 2)
      return { entry, prefix: parts.length === 2 ? `${parts[0]}/` : '' }
  }
  return null
}

const parseManifest = (bytes: Uint8Array): Manifest => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw damaged(`${MANIFEST_NAME} is no JSON`)
  }
  const { format, version, schema } = (value ?? {}) as Record<string, unknown>
  const newer =
    format === PROJECT_FORMAT && (Number(version) > MANIFEST_VERSION || Number(schema) > SCHEMA_VERSION)
  if (newer)
    throw new AsterismError(
      'newer-project',
      `This project was written by a newer version of Asterism (records of version ${String(schema)}; this page knows up to ${SCHEMA_VERSION}). Reload the page to get the newest version, then take it in again.`,
      { schema: Number(schema), known: SCHEMA_VERSION },
    )
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw damaged(`${MANIFEST_NAME} is not what it should be (${first?.path.join('.') ?? ''})`)
}

/** Opens a zip as a project; null where it is no zip, or one without a manifest. Nothing is written anywhere. */
export const openProject = async (zip: Blob, task: Task): Promise<OpenedProject | null> => {
  if (sniff(new Uint8Array(await zip.slice(0, SNIFF_LENGTH).arrayBuffer())) !== 'zip') return null
  // One that cannot be listed is for the intake to refuse, among the other files and by its name.
  const entries = await listZipEntries(zip, MOST_ENTRIES).catch((error: unknown) => {
    if (error instanceof AsterismError) return []
    throw error
  })
  const found = findManifest(entries)
  if (found === null) return null
  const manifest = parseManifest(await readEntry(zip, found.entry, MANIFEST_BYTES, task))
  const byPath = new Map(entries.map((entry) => [normalisePath(entry.path), entry]))
  return {
    manifest,
    read: async (file, call) => {
      const entry = byPath.get(`${found.prefix}${normalisePath(file.path)}`)
      if (entry === undefined) throw damaged(`${file.path} is not in the zip`)
      const most = file.role === 'records' ? RECORDS_BYTES : FILE_BYTES
      if (file.bytes > most)
        throw new AsterismError(
          'too-large',
          `${file.path} has ${file.bytes} bytes; at most ${most} are read.`,
        )
      if (entry.length !== file.bytes)
        throw damaged(`${file.path} has ${entry.length} bytes and ${file.bytes} were promised`)
      const bytes = await readEntry(zip, entry, file.bytes, call)
      if (bytes.length !== file.bytes || (await hashBytes(bytes)) !== file.sha256)
        throw damaged(`${file.path} is damaged: its hash does not fit`)
      return bytes
    },
  }
}

export const summariseProject = ({ manifest }: OpenedProject): ProjectSummary => ({
  app: manifest.app,
  createdAt: manifest.createdAt,
  frames: manifest.stores['exposures'] ?? 0,
  masters: manifest.stores['masters'] ?? 0,
  lightcurves: manifest.stores['lightcurves'] ?? 0,
  bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
})
