import { listKeptBytes } from '../../core/reduced'
import { effectiveFacts } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import type { StackRecord } from '../../core/stack'
import { isLocalSetting } from '../../storage/local-settings'
import { STORE_NAMES, type RecordOf, type StoreName } from '../../storage/schema'
import type { StoredExposure } from '../../storage/stores/exposures'
import type { Workspace } from '../../storage/workspace'
import { createNamer, safeName } from './safe-names'
import { walkStore } from './walk-store'

/** One file of a project, before it is made. */
export type PlannedFile =
  | { readonly kind: 'bytes'; readonly path: string; readonly id: string; readonly bytes: number }
  | {
      readonly kind: 'picture'
      readonly path: string
      readonly id: string
      readonly bytes: number
      readonly picture: Pick<MasterRecord | StackRecord, 'id' | 'width' | 'height'>
    }
  | { readonly kind: 'records'; readonly path: string; readonly store: StoreName; readonly ids: string[] }
  | {
      readonly kind: 'derived'
      readonly path: string
      readonly what: 'curve-table' | 'curve-plot' | 'log'
      readonly id: string
    }

export interface ProjectPlan {
  readonly files: readonly PlannedFile[]
  readonly stores: Readonly<Partial<Record<StoreName, number>>>
  readonly missing: readonly string[]
}

/** Telescope and night as folders. */
const nightFolder = (telescope: string, night: string): string =>
  `${safeName(telescope, 'unknown-telescope')}/${safeName(night, 'undated')}`

const MASTER_FOLDERS = {
  'master-bias': 'masterbias',
  'master-dark': 'masterdark',
  'master-flat': 'masterflat',
  'master-bad-pixels': 'badpixels',
  'master-fringe': 'masterfringe',
} as const

const masterFolder = (kind: string): string =>
  Object.hasOwn(MASTER_FOLDERS, kind)
    ? MASTER_FOLDERS[kind as keyof typeof MASTER_FOLDERS]
    : safeName(kind.replaceAll('-', ''), 'masters')

/** What belongs to a frame lies in the frame's own folder; a record of another frame's, or of none, with the rest. */
const FRAME_FILES = {
  reduced: 'recipe',
  sources: 'sources',
  photometry_frames: 'photometry',
  plate_solutions: 'solution',
} as const

const isFrameStore = (name: StoreName): name is keyof typeof FRAME_FILES => Object.hasOwn(FRAME_FILES, name)

/** Orders, their steps and the log are what was done; the others are kept by their store. */
const HOMES: Partial<Record<StoreName, string>> = {
  log: 'logs/log',
  work_orders: 'logs/orders',
  lightcurves: 'projects/lightcurves',
  camera_reports: 'projects/cameras',
  composites: 'projects/pictures',
  frame_statistics: 'logs/frame-statistics',
  photometry_tables: 'projects/photometry-tables',
  projects: 'projects/projects',
  targets: 'targets/targets',
}

/** What is needed of a frame to place it: there may be a hundred thousand. */
interface Arrival {
  readonly id: string
  readonly ingestedAt: number
  readonly bytesId: string
  readonly place: string
  readonly file: string
  readonly name: string
}

const toArrival = (exposure: StoredExposure): Arrival => {
  const { telescope, night } = effectiveFacts(exposure)
  const { id, ingestedAt, name } = exposure
  return {
    id,
    ingestedAt,
    name,
    bytesId: exposure.pixels.bytesId,
    place: nightFolder(telescope, night),
    file: exposure.path.split('/').at(-1) ?? name,
  }
}

const byArrival = (a: Arrival, b: Arrival): number => a.ingestedAt - b.ingestedAt || (a.id < b.id ? -1 : 1)

/**
 * Every file of a project in the directory scheme: where each original, master, stack and record goes, so that nothing of the
 * workspace is left out and no two share a path. Holds names and ids only; files are made one by one from it. The same workspace
 * gives the same paths, and frames that come later do not move those that are there.
 */
export const planProject = async (workspace: Workspace): Promise<ProjectPlan> => {
  const name = createNamer()
  const there = new Map((await workspace.pixels.list()).map(({ id, bytes }) => [id, bytes]))
  const files: PlannedFile[] = []
  const stores: Partial<Record<StoreName, number>> = {}
  const missing = new Set<string>()
  const frameFolders = new Map<string, string>()
  const groups = new Map<string, { store: StoreName; ids: string[] }>()

  /** The bytes under an id, once: a file with several images gives several frames. */
  const claimed = new Set<string>()
  const claim = (id: string): number | null => {
    if (claimed.has(id)) return null
    claimed.add(id)
    const bytes = there.get(id)
    if (bytes === undefined) missing.add(id)
    return bytes ?? null
  }
  const addBytes = (id: string, folder: string, wish: string): void => {
    const bytes = claim(id)
    if (bytes !== null) files.push({ kind: 'bytes', path: name(folder, safeName(wish), id), id, bytes })
  }
  const addRecord = (store: StoreName, id: string, path: string): void => {
    stores[store] = (stores[store] ?? 0) + 1
    const group = groups.get(path)
    if (group === undefined) groups.set(path, { store, ids: [id] })
    else group.ids.push(id)
  }
  const addPicture = (folder: string, picture: MasterRecord | StackRecord): void => {
    const { id, bytesId, width, height } = picture
    const bytes = claim(bytesId)
    if (bytes === null) return
    const wish = /\.fits?$/i.test(picture.name) ? picture.name : `${picture.name}.fits`
    const path = name(folder, safeName(wish), id)
    files.push({ kind: 'picture', path, id: bytesId, bytes, picture: { id, width, height } })
  }

  // Frames first, in the order in which they came: those of the same name get their paths by it.
  const arrivals: Arrival[] = []
  for await (const record of walkStore(workspace, 'exposures'))
    arrivals.push(toArrival(record as StoredExposure))
  for (const frame of arrivals.sort(byArrival)) {
    addBytes(frame.bytesId, `raw/${frame.place}`, frame.file)
    const folder = name(`calibration/${frame.place}`, `${safeName(frame.name)}.d`, frame.id)
    frameFolders.set(frame.id, folder)
    addRecord('exposures', frame.id, `records/exposures/${frame.place}.jsonl`)
  }

  const homeOf = (store: StoreName, record: { readonly id: string }): string => {
    if (store === 'headers') {
      const folder = frameFolders.get(record.id)
      if (folder !== undefined) return `records/headers/${folder.split('/').slice(1, 3).join('/')}.jsonl`
    }
    if (isFrameStore(store)) {
      const { exposure } = record as RecordOf<keyof typeof FRAME_FILES>
      const folder = frameFolders.get(exposure)
      if (folder !== undefined) return `${folder}/${FRAME_FILES[store]}.jsonl`
    }
    if (store === 'steps') return `logs/steps/${safeName((record as RecordOf<'steps'>).order)}.jsonl`
    return `${HOMES[store] ?? `records/${store}`}.jsonl`
  }

  for (const store of STORE_NAMES) {
    // What a service gave once can be asked for again.
    if (store === 'exposures' || store === 'catalogue_cones') continue
    for await (const record of walkStore(workspace, store)) {
      if (store === 'settings' && isLocalSetting(record.id)) continue
      addRecord(store, record.id, homeOf(store, record))
      if (store === 'masters') {
        const master = record as MasterRecord
        const place = nightFolder(master.group.telescope, master.group.night)
        addPicture(`${masterFolder(master.kind)}/${place}`, master)
      }
      if (store === 'stacks') {
        const stack = record as StackRecord
        addPicture(`wrk/${nightFolder(stack.telescope, stack.night)}`, stack)
      }
      if (store === 'reduced') {
        const reduced = record as RecordOf<'reduced'>
        const folder = frameFolders.get(reduced.exposure) ?? 'wrk'
        for (const { what, id } of listKeptBytes(reduced.calibration))
          addBytes(id, folder, `${what}-${reduced.id}.bin`)
      }
      if (store === 'file_tables') {
        const table = record as RecordOf<'file_tables'>
        addBytes(table.bytesId, `raw/${nightFolder('', '')}`, table.path.split('/').at(-1) ?? table.name)
      }
      if (store === 'lightcurves') {
        const curve = record as RecordOf<'lightcurves'>
        const wish = safeName(curve.name, 'curve')
        const path = name('projects', `${wish}.csv`, curve.id)
        files.push({ kind: 'derived', path, what: 'curve-table', id: curve.id })
        const plot = name('graphical', `${wish}.svg`, curve.id)
        files.push({ kind: 'derived', path: plot, what: 'curve-plot', id: curve.id })
      }
    }
  }
  if (stores.log !== undefined) files.push({ kind: 'derived', path: 'logs/log.txt', what: 'log', id: 'log' })
  // Bytes that no record names, such as those of a removal that was cut short: nothing is left behind.
  for (const id of there.keys()) addBytes(id, 'wrk/bytes', `${id}.bin`)
  for (const [path, { store, ids }] of groups) files.push({ kind: 'records', path, store, ids })
  return { files, stores, missing: [...missing] }
}
