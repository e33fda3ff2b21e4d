import { listKeptBytes } from '../../core/reduced'
import { listPlanes } from '../../core/stack'
import { AsterismError } from '../../core/errors'
import { throwIfAborted, type Task } from '../../core/task'
import { STORE_NAMES, type RecordOf, type StoreName } from '../../storage/schema'
import type { Staging } from '../../storage/staging'
import type { Workspace } from '../../storage/workspace'
import type { ImportTally } from './import-tally'
import { findFault } from './record-schemas'
import { encodeRecord } from './record-text'

type AnyRecord = { readonly id: string }

const PAGE = 50

/** Inputs before what is made of them: cut off anywhere, every record that is kept has what it stands on. */
const FIRST: readonly StoreName[] = [
  'profiles',
  'targets',
  'exposures',
  'headers',
  'file_tables',
  'masters',
  'reduced',
  'sources',
  'plate_solutions',
  'stacks',
  'photometry_tables',
  'photometry_frames',
  'lightcurves',
  'camera_reports',
  'composites',
  'work_orders',
  'steps',
]
const MERGE_ORDER: readonly StoreName[] = [...FIRST, ...STORE_NAMES.filter((name) => !FIRST.includes(name))]

/** When and by which order something came is no part of what it says: the same frame taken in twice is one frame. */
const PASSING = ['ingestedAt', 'createdAt', 'removedAt', 'batch', 'path', 'order', 'backends']

const essence = (record: AnyRecord): string => {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort)
    if (value === null || typeof value !== 'object') return value
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(members.map(([key, member]) => [key, sort(member)]))
  }
  const kept = Object.entries(record).filter(([key]) => !PASSING.includes(key))
  return JSON.stringify(sort(JSON.parse(encodeRecord(Object.fromEntries(kept)))))
}

const nameOf = (record: AnyRecord): string => {
  const { name } = record as { name?: unknown }
  return typeof name === 'string' ? name : record.id
}

export interface MergeInput {
  readonly workspace: Workspace
  readonly staging: Staging
  readonly tally: ImportTally
  /** Bytes that are in the pixel store now, by id. */
  readonly bytes: ReadonlyMap<string, number>
  /** Hashes of the originals that came with the project, by the id of their bytes. */
  readonly hashes: ReadonlyMap<string, string>
}

const lacksPixels = (): AsterismError =>
  new AsterismError('not-found', 'Its pixels are not in the zip, or did not come through whole.')

const lacksFrame = (): AsterismError =>
  new AsterismError('not-found', 'The frame that it was made of is not in the zip, or did not come through.')

/** Why a record cannot be kept without lying: its bytes are not there, or are not what it says. Null where it can. */
const findLack = async (
  { workspace, bytes, hashes }: MergeInput,
  store: StoreName,
  record: AnyRecord,
): Promise<AsterismError | null> => {
  switch (store) {
    case 'exposures': {
      const { pixels, sha256 } = record as RecordOf<'exposures'>
      const size = bytes.get(pixels.bytesId)
      if (size === undefined) return lacksPixels()
      const hash = hashes.get(pixels.bytesId)
      const fits = (hash ?? sha256) === sha256 && pixels.dataOffset <= size && pixels.headerOffset <= size
      return fits ? null : new AsterismError('bad-archive', 'Its record does not belong to its file.')
    }
    case 'file_tables':
      return bytes.has((record as RecordOf<'file_tables'>).bytesId) ? null : lacksPixels()
    case 'masters':
    case 'stacks': {
      const picture = record as RecordOf<'masters'> | RecordOf<'stacks'>
      const planes = 'reference' in picture ? listPlanes(picture).length : 2
      const size = 4 * planes * picture.width * picture.height
      return (bytes.get(picture.bytesId) ?? 0) >= size ? null : lacksPixels()
    }
    case 'reduced': {
      const { exposure, calibration } = record as RecordOf<'reduced'>
      if (listKeptBytes(calibration).some(({ id }) => !bytes.has(id))) return lacksPixels()
      return (await workspace.exposures.get(exposure)) === undefined ? lacksFrame() : null
    }
    case 'sources':
    case 'plate_solutions':
      return (await workspace.exposures.get((record as RecordOf<'sources' | 'plate_solutions'>).exposure)) ===
        undefined
        ? lacksFrame()
        : null
    default:
      return null
  }
}

/** A frame that was removed here and is in the project comes back: who takes a project in wants its frames. */
const comesBack = (store: StoreName, here: AnyRecord, incoming: AnyRecord): boolean =>
  store === 'exposures' &&
  (here as RecordOf<'exposures'>).removedAt !== undefined &&
  (incoming as RecordOf<'exposures'>).removedAt === undefined

/** A frame comes with its header, all or none. */
const keepRecords = async (
  { workspace, staging }: MergeInput,
  store: StoreName,
  records: readonly AnyRecord[],
): Promise<void> => {
  if (store !== 'exposures') {
    await workspace.records(store).putMany(records)
    return
  }
  const staged = await staging.getMany(
    'headers',
    records.map(({ id }) => id),
  )
  const sound = staged.filter((header) => findFault('headers', header) === null) as RecordOf<'headers'>[]
  const cards = new Map(sound.map((header) => [header.id, header.cards]))
  await workspace.saveExposures(
    (records as RecordOf<'exposures'>[]).map((exposure) => ({
      exposure,
      cards: cards.get(exposure.id) ?? [],
    })),
  )
}

const mergePage = async (input: MergeInput, store: StoreName, page: readonly AnyRecord[]): Promise<void> => {
  const { workspace, tally } = input
  const kept = new Map(
    (await workspace.records(store).getMany(page.map(({ id }) => id))).map((record) => [record.id, record]),
  )
  const fresh: AnyRecord[] = []
  for (const record of page) {
    const here = kept.get(record.id)
    const fault = findFault(store, record)
    if (fault !== null) {
      tally.reject(nameOf(record), new AsterismError('bad-archive', fault))
    } else if (here !== undefined) {
      if (comesBack(store, here, record)) await workspace.restoreExposures([record.id])
      if (essence(here) === essence(record)) tally.skip(store === 'headers' ? 0 : 1)
      else tally.conflict(store, record.id, nameOf(here))
    } else {
      const lack = await findLack(input, store, record)
      if (lack === null) fresh.push(record)
      else tally.reject(nameOf(record), lack)
    }
  }
  await keepRecords(input, store, fresh)
  // A header is its frame's and not counted beside it.
  if (store !== 'headers') tally.count(store, fresh.length)
}

/** Adds the staged records to the workspace. Nothing that is there is changed or lost. */
export const mergeRecords = async (input: MergeInput, task: Task): Promise<void> => {
  for (const [index, store] of MERGE_ORDER.entries()) {
    for (let after: string | null = null; ;) {
      throwIfAborted(task)
      task.report({ label: store, done: index, total: MERGE_ORDER.length })
      const page: AnyRecord[] = await input.staging.page(store, after, PAGE)
      if (page.length > 0) await mergePage(input, store, page)
      if (page.length < PAGE) break
      after = page.at(-1)?.id ?? null
    }
  }
}
