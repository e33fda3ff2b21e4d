import type { Header } from '../core/header'
import { choosePixels, PIXEL_BACKEND_SETTING } from './choose-pixels'
import { openDatabase, type ConnectionNotice } from './open-database'
import type { PixelStore } from './pixels'
import { askEach, inTransaction, openRecordStore, type RecordStore, type StoreOf } from './record-store'
import {
  noteUnusedBytes,
  purgeRemoved,
  removeExposures,
  removeFileTables,
  restoreExposures,
  restoreFileTables,
  type PurgeReport,
} from './remove-exposures'
import { DATABASE_NAME, STORE_NAMES, type RecordOf, type StoreMap, type StoreName } from './schema'
import { openCameraReports } from './stores/camera-reports'
import { openCatalogueCones } from './stores/catalogue-cones'
import { openComposites } from './stores/composites'
import { openExposures, type ExposureStore, type StoredExposure } from './stores/exposures'
import { openFileTables, type FileTableStore } from './stores/file-tables'
import { openFrameStatistics } from './stores/frame-statistics'
import { openHeaders } from './stores/headers'
import { openLightcurves } from './stores/lightcurves'
import { openLog } from './stores/log'
import { openMasters } from './stores/masters'
import { openPhotometryFrames } from './stores/photometry-frames'
import { openPhotometryTables } from './stores/photometry-tables'
import { openPlateSolutions } from './stores/plate-solutions'
import { openProfiles } from './stores/profiles'
import { openProjects } from './stores/projects'
import { openReduced } from './stores/reduced'
import { openRowFlags } from './stores/row-flags'
import { openSettings, type SettingRecord } from './stores/settings'
import { openSources } from './stores/sources'
import { openStacks } from './stores/stacks'
import { openSteps } from './stores/steps'
import { openTargets } from './stores/targets'
import { openWorkOrders } from './stores/work-orders'

/** Records of several stores that belong together. */
export type RecordBatch = { readonly [Name in StoreName]?: readonly RecordOf<Name>[] }

/** Everything that is kept. Each thread opens its own; all see the same. */
export interface Workspace {
  readonly name: string
  readonly pixels: PixelStore
  readonly exposures: ExposureStore
  readonly headers: StoreOf<StoreMap['headers']>
  readonly masters: StoreOf<StoreMap['masters']>
  readonly reduced: StoreOf<StoreMap['reduced']>
  readonly stacks: StoreOf<StoreMap['stacks']>
  readonly sources: StoreOf<StoreMap['sources']>
  readonly photometryTables: StoreOf<StoreMap['photometry_tables']>
  readonly photometryFrames: StoreOf<StoreMap['photometry_frames']>
  readonly lightcurves: StoreOf<StoreMap['lightcurves']>
  readonly orders: StoreOf<StoreMap['work_orders']>
  readonly steps: StoreOf<StoreMap['steps']>
  readonly log: StoreOf<StoreMap['log']>
  readonly settings: StoreOf<StoreMap['settings']>
  readonly targets: StoreOf<StoreMap['targets']>
  readonly projects: StoreOf<StoreMap['projects']>
  readonly fileTables: FileTableStore
  readonly rowFlags: StoreOf<StoreMap['row_flags']>
  readonly profiles: StoreOf<StoreMap['profiles']>
  readonly cameraReports: StoreOf<StoreMap['camera_reports']>
  readonly catalogueCones: StoreOf<StoreMap['catalogue_cones']>
  readonly frameStatistics: StoreOf<StoreMap['frame_statistics']>
  readonly plateSolutions: StoreOf<StoreMap['plate_solutions']>
  readonly composites: StoreOf<StoreMap['composites']>
  /** Any store by its name, with everything in it: removed frames too. For what goes through all stores alike. */
  records(name: StoreName): RecordStore<{ readonly id: string }>
  /** Exposures and their headers in one transaction: all or none. Write the bytes first. */
  saveExposures(
    entries: readonly { readonly exposure: StoredExposure; readonly cards: Header }[],
  ): Promise<void>
  /** Records of several stores in one transaction: all or none. */
  saveTogether(batch: RecordBatch): Promise<void>
  removeExposures(ids: readonly string[]): Promise<void>
  restoreExposures(ids: readonly string[]): Promise<void>
  removeFileTables(ids: readonly string[]): Promise<void>
  restoreFileTables(ids: readonly string[]): Promise<void>
  purgeRemoved(): Promise<PurgeReport>
  /** Says that these bytes have no record yet, or with `settled` that they have: what is cut short in between is purged later. */
  noteUnusedBytes(ids: readonly string[], settled?: boolean): Promise<void>
  /** Empties everything, bytes too. */
  reset(): Promise<void>
  close(): void
}

export interface OpenWorkspaceOptions {
  readonly name?: string
  readonly pixels?: PixelStore
  /** Told when a newer version in another tab took over, when this one waits for an older, when the browser closed it. */
  readonly onNotice?: (notice: ConnectionNotice) => void
}

export const openWorkspace = async (options: OpenWorkspaceOptions = {}): Promise<Workspace> => {
  const { name = DATABASE_NAME, onNotice } = options
  const { connection, close } = await openDatabase(name, onNotice === undefined ? {} : { onNotice })
  const pixels = options.pixels ?? (await choosePixels(connection, name))

  const saveTogether = (batch: RecordBatch): Promise<void> => {
    const entries = Object.entries(batch) as [StoreName, readonly unknown[]][]
    const filled = entries.filter(([, records]) => records.length > 0)
    if (filled.length === 0) return Promise.resolve()
    const label = filled.map(([store, records]) => `${records.length} of ${store}`).join(', ')
    return inTransaction(
      connection,
      filled.map(([store]) => store),
      label,
      async (store) => {
        const puts = filled.flatMap(([into, records]) => records.map((record) => ({ into, record })))
        await askEach(puts, ({ into, record }) => store(into).put(record))
      },
    )
  }

  /** Records first: bytes without a record harm nobody, a record without bytes does. */
  const reset = async (): Promise<void> => {
    await inTransaction(connection, STORE_NAMES, 'The workspace', async (store) => {
      const backend = (await store('settings').get(PIXEL_BACKEND_SETTING)) as SettingRecord | undefined
      await askEach(STORE_NAMES, (each) => store(each).clear())
      // Other threads have this store open; an empty workspace stays where it is.
      if (backend !== undefined) await store('settings').put(backend)
    })
    for (const { id } of await pixels.list()) await pixels.delete(id)
  }

  return {
    name,
    pixels,
    exposures: openExposures(connection),
    headers: openHeaders(connection),
    masters: openMasters(connection),
    reduced: openReduced(connection),
    stacks: openStacks(connection),
    sources: openSources(connection),
    photometryTables: openPhotometryTables(connection),
    photometryFrames: openPhotometryFrames(connection),
    lightcurves: openLightcurves(connection),
    orders: openWorkOrders(connection),
    steps: openSteps(connection),
    log: openLog(connection),
    settings: openSettings(connection),
    targets: openTargets(connection),
    projects: openProjects(connection),
    fileTables: openFileTables(connection),
    rowFlags: openRowFlags(connection),
    profiles: openProfiles(connection),
    cameraReports: openCameraReports(connection),
    catalogueCones: openCatalogueCones(connection),
    frameStatistics: openFrameStatistics(connection),
    plateSolutions: openPlateSolutions(connection),
    composites: openComposites(connection),
    records: (each) => openRecordStore(connection, each),
    saveExposures: (entries) =>
      saveTogether({
        exposures: entries.map((entry) => entry.exposure),
        headers: entries.map(({ exposure, cards }) => ({ id: exposure.id, cards })),
      }),
    saveTogether,
    removeExposures: (ids) => removeExposures(connection, ids),
    restoreExposures: (ids) => restoreExposures(connection, ids),
    removeFileTables: (ids) => removeFileTables(connection, ids),
    restoreFileTables: (ids) => restoreFileTables(connection, ids),
    purgeRemoved: () => purgeRemoved(connection, pixels),
    noteUnusedBytes: (ids, settled) => noteUnusedBytes(connection, ids, settled),
    reset,
    close: () => {
      pixels.close()
      close()
    },
  }
}
