import type { StoreDescription } from '../core/workspace-care'
import type { RecordStore } from './record-store'
import type { Workspace } from './workspace'

/** Records that are weighed of each store: more would take longer and say the same. */
const WEIGHED = 100

const weighBuffers = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (value === null || typeof value !== 'object') return 0
  return Object.values(value).reduce<number>((sum, member) => sum + weighBuffers(member), 0)
}

/** Bytes of a record as it is kept, near enough: numbers in arrays as they are, everything else as text. */
const weighRecord = (record: unknown): number =>
  weighBuffers(record) +
  JSON.stringify(record, (_key, value: unknown) => (ArrayBuffer.isView(value) ? '' : value)).length

const newestOf = (records: readonly unknown[]): number | null => {
  const times = records.flatMap((record) => {
    const { createdAt, ingestedAt, time, endedAt } = record as Record<string, unknown>
    const when = createdAt ?? ingestedAt ?? time ?? endedAt
    return typeof when === 'number' ? [when] : []
  })
  return times.length === 0 ? null : Math.max(...times)
}

const describe = async (
  store: string,
  records: RecordStore<{ readonly id: string }>,
): Promise<StoreDescription> => {
  const ids = await records.listIds()
  const step = Math.max(1, Math.ceil(ids.length / WEIGHED))
  const sample = await records.getMany(ids.filter((_, index) => index % step === 0))
  const weight = sample.reduce((sum, record) => sum + weighRecord(record), 0)
  return {
    store,
    records: ids.length,
    bytes: sample.length === 0 ? 0 : Math.round((weight / sample.length) * ids.length),
    estimated: sample.length < ids.length,
    newest: newestOf(sample),
  }
}

/** Every store of records with what it holds, then the bytes of pictures. */
export const describeStores = async (workspace: Workspace): Promise<StoreDescription[]> => {
  const stores: Readonly<Record<string, unknown>> = {
    exposures: workspace.exposures,
    headers: workspace.headers,
    masters: workspace.masters,
    reduced: workspace.reduced,
    stacks: workspace.stacks,
    sources: workspace.sources,
    photometry_tables: workspace.photometryTables,
    photometry_frames: workspace.photometryFrames,
    lightcurves: workspace.lightcurves,
    work_orders: workspace.orders,
    steps: workspace.steps,
    log: workspace.log,
    targets: workspace.targets,
    projects: workspace.projects,
    file_tables: workspace.fileTables,
    row_flags: workspace.rowFlags,
    profiles: workspace.profiles,
    camera_reports: workspace.cameraReports,
    catalogue_cones: workspace.catalogueCones,
    frame_statistics: workspace.frameStatistics,
    plate_solutions: workspace.plateSolutions,
    composites: workspace.composites,
    settings: workspace.settings,
  }
  const described: StoreDescription[] = []
  for (const [name, store] of Object.entries(stores))
    described.push(await describe(name, store as RecordStore<{ readonly id: string }>))
  const files = await workspace.pixels.list()
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return [...described, { store: 'bytes', records: files.length, bytes, estimated: false, newest: null }]
}
