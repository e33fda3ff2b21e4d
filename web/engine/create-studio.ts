import { MEMORY_SETTING, readMemoryLimit } from '../pipeline/memory-limit'
import { editBadPixels } from '../pipeline/edit-bad-pixels'
import { openChangeFeed } from '../storage/change-feed'
import { openWorkspace, type Workspace } from '../storage/workspace'
import { claimWriter } from '../storage/writer-lock'
import { askSky } from './ask-sky'
import { careForWorkspace } from './care-for-workspace'
import { describeBackends } from './describe-backends'
import { editFrames } from './edit-frames'
import { editSolutions } from './edit-solutions'
import { editStacks } from './edit-stacks'
import { editTargets } from './edit-targets'
import { exploreTables } from './explore-tables'
import { exportFiles } from './export-files'
import { keepCalibration } from './keep-calibration'
import { keepFolders } from './keep-folders'
import { keepLog } from './keep-log'
import { manageProfiles } from './manage-profiles'
import { measureAtRest } from './measure-at-rest'
import { queryWorkspace } from './query-workspace'
import { requireWriter } from './require-writer'
import { startWorkers } from './start-workers'
import type { Studio, StudioEvent } from './studio'
import { submitOrders } from './submit-orders'
import { takeIn } from './take-in'
import { transferProject } from './transfer-project'

/** Tables that an order writes. */
const RESULTS = [
  'masters',
  'reduced',
  'sources',
  'photometry',
  'lightcurves',
  'cameras',
  'solutions',
  'work_orders',
  'steps',
  'log',
] as const

type Listener = (event: StudioEvent) => void

/** Opens the workspace, starts workers as they are needed, and answers everything that the page asks for. */
export const createStudio = (version: string): Studio => {
  const listeners = new Set<Listener>()
  const emit = (event: StudioEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const opened: Promise<Workspace> = openWorkspace()
  const feed = openChangeFeed((change) => {
    emit({ kind: 'results-changed', tables: change.tables })
    if (change.tables.includes('exposures')) emit({ kind: 'frames-changed' })
  })
  const writer = claimWriter((canWrite) => emit({ kind: 'writer-changed', canWrite }))
  // A tab that comes second is not told of a change, since nothing changes for it: it has to be told how things stand.
  void writer.settled.then((canWrite) => emit({ kind: 'writer-changed', canWrite }))
  const workers = startWorkers()
  const folders = keepFolders({ opened, worker: workers.mirrors, version, emit, studio: () => studio })
  listeners.add((event) => {
    if (['frames-changed', 'results-changed', 'calibration-changed'].includes(event.kind))
      folders.mirror.changed()
    if (event.kind === 'writer-changed') void folders.follow(event.canWrite)
  })
  const note = keepLog(opened, (line) => emit({ kind: 'log', line }))

  const changed = (tables: Parameters<typeof feed.tell>[0]['tables']): void => {
    feed.tell({ tables })
    emit({ kind: 'results-changed', tables })
  }
  const framesChanged = (): void => {
    changed(['exposures', 'epochs'])
    emit({ kind: 'frames-changed' })
  }

  const everythingChanged = (): void => {
    framesChanged()
    emit({ kind: 'calibration-changed' })
    changed([...RESULTS, 'targets', 'projects'])
  }

  const mayChange = () => requireWriter(writer)
  const intake = takeIn({
    workers,
    requireWriter: mayChange,
    emit,
    note,
    onEnd: () => {
      framesChanged()
      resting.whenIdle()
    },
  })
  const orders = submitOrders({
    opened,
    workers,
    requireWriter: mayChange,
    ingest: intake.calls.ingest,
    emit,
    note,
    onBegin: () => feed.tell({ tables: ['work_orders'] }),
    onEnd: () => {
      resting.whenIdle()
      changed([...RESULTS])
    },
  })
  const isBusy = () => orders.running.size > 0 || intake.isBusy()
  const resting = measureAtRest({
    opened,
    mayWrite: async () => (await writer.settled) && writer.canWrite,
    isBusy,
    measureMaster: (id) => workers.painters.insist((remote) => remote.measureMaster(id), {}),
    measureFrame: (id) => workers.painters.insist((remote) => remote.measureFrame(id), {}),
    changed,
  })

  const transfers = transferProject({
    worker: workers.projects,
    version,
    requireWriter: mayChange,
    ingest: intake.calls.ingest,
    note,
    onChange: everythingChanged,
  })

  const studio: Studio = {
    ready: opened.then(() => undefined),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...intake.calls,
    preview: (file) => workers.painters.insist((remote) => remote.preview(file), {}),
    ...orders.calls,
    ...queryWorkspace(opened, orders.running),
    ...keepCalibration(opened, {
      requireWriter: mayChange,
      onChange: () => emit({ kind: 'calibration-changed' }),
    }),
    ...editTargets(opened, changed, mayChange),
    ...editStacks(opened, { onChange: () => changed(['reduced']), requireWriter: mayChange, note }),
    ...editSolutions(opened, { onChange: () => changed(['solutions']), requireWriter: mayChange, note }),
    ...editFrames(opened, {
      onChange: framesChanged,
      requireWriter: mayChange,
      note,
      requireSettledBytes: transfers.requireSettledBytes,
    }),
    pixels: (frame, plane = 'data', options = {}) =>
      workers.painters.insist((remote, port) => remote.pixels(frame, plane, port), options),
    colours: (frame, method = 'bilinear', options = {}) =>
      workers.painters.insist((remote, port) => remote.colours({ frame, method }, port), options),
    previewComposite: (request, options = {}) =>
      workers.painters.insist((remote, port) => remote.previewComposite(request, port), options),
    removeComposites: async (ids) => {
      await mayChange()
      const { composites } = await opened
      const removed = await composites.getMany([...ids])
      for (const { id } of removed) await composites.delete(id)
      changed(['reduced'])
      return removed
    },
    keepComposites: async (records) => {
      await mayChange()
      const { composites } = await opened
      for (const record of records) await composites.put(record)
      changed(['reduced'])
    },
    thumbnail: (frame, size) => workers.inspector.call((remote) => remote.thumbnail(frame, size)),
    measureStar: (frame, at, radius, annulus) =>
      workers.inspector.call((remote) => remote.measureStar({ frame, at, radius, annulus })),
    measureLiveCurve: (request, options = {}) =>
      workers.inspector.callTask((remote, port) => remote.measureLiveCurve(request, port), options),
    measureStack: (stack) => workers.painters.insist((remote) => remote.measureStack(stack), {}),
    keepLightCurve: async (curve) => {
      await mayChange()
      await (await opened).lightcurves.put(curve)
      changed(['lightcurves'])
    },
    editBadPixels: async (map, edits) => {
      await mayChange()
      const edited = await editBadPixels(await opened, map, edits)
      changed(['masters'])
      return edited
    },
    watch: folders.watch,
    mirror: folders.mirror,
    ...manageProfiles({
      opened,
      worker: workers.ingest,
      requireWriter: mayChange,
      onFrames: framesChanged,
      onProfiles: () => emit({ kind: 'profiles-changed' }),
      note,
    }),
    ...transfers.calls,
    measureMasters: resting.measureMasters,
    measureFrames: resting.measureFrames,
    ...exportFiles(workers, version),
    care: careForWorkspace(opened, {
      worker: workers.inspector,
      running: orders.running,
      isBusy,
      requireWriter: mayChange,
      requireSettledBytes: transfers.requireSettledBytes,
      note,
      onChange: framesChanged,
    }),
    sky: askSky(workers.asker, mayChange),
    tables: exploreTables(opened, workers.asker, {
      requireWriter: mayChange,
      onChange: () => emit({ kind: 'results-changed', tables: [] }),
      note,
    }),
    reset: async () => {
      await mayChange()
      for (const controller of orders.running.values()) controller.abort()
      await folders.follow(false)
      workers.killAll()
      await (await opened).reset()
      await note('The workspace was emptied.')
      everythingChanged()
      emit({ kind: 'profiles-changed' })
    },
    // Asked again where a reset ends the worker. It also has one of those that make pictures ready before the first picture.
    backends: async () =>
      describeBackends(
        workers.reducers.size,
        await workers.painters.insist((remote) => remote.describe(), {}),
      ),
    memoryLimit: async () => readMemoryLimit(await opened),
    setMemoryLimit: async (bytes) => {
      await mayChange()
      await (await opened).settings.put({ id: MEMORY_SETTING, value: bytes })
      // Their memory was asked for when they started. Calls that are under way are made again.
      for (const worker of [workers.reducers, workers.inspector, workers.painters]) worker.kill()
    },
  }
  return studio
}
