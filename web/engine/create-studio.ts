import { newId } from '../core/ids'
import { NOTEBOOK_MEDIA } from '../core/notebook-format'
import { TABLE_FILES } from '../core/table-format'
import type { IngestReport, OrderRecord } from '../core/work-order'
import type {
  IngestContract,
  IngestSource,
  InspectionContract,
  ProjectContract,
  QueryContract,
  SimulationContract,
} from '../rpc/contracts'
import { claimWriter } from '../storage/writer-lock'
import { openChangeFeed } from '../storage/change-feed'
import { openWorkspace, type Workspace } from '../storage/workspace'
import { editFrames } from './edit-frames'
import { editTargets } from './edit-targets'
import { exploreTables } from './explore-tables'
import { ingestSlices } from './ingest-slices'
import { keepLog } from './keep-log'
import { measureAtRest } from './measure-at-rest'
import { keepWorker } from './keep-worker'
import { manageProfiles } from './manage-profiles'
import { queryWorkspace } from './query-workspace'
import { runOrder } from './run-order'
import {
  spawnIngestWorker,
  spawnInspectionWorker,
  spawnProjectWorker,
  spawnQueryWorker,
  spawnReductionWorker,
  spawnSimulationWorker,
} from './spawn-workers'
import type { CallOptions } from './call-options'
import type { IngestInput, Studio, StudioEvent } from './studio'
import { careForWorkspace } from './care-for-workspace'
import { createCallPool } from './call-pool'
import { createWorkerPool } from './worker-pool'
import { MEMORY_SETTING, readMemoryLimit } from '../pipeline/memory-limit'
import { editBadPixels } from '../pipeline/edit-bad-pixels'
import { requireWriter } from './require-writer'
import { describeBackends } from './describe-backends'
import { noteIntake, noteOrder } from './note-work'
import { transferProject } from './transfer-project'
import { keepCalibration } from './keep-calibration'
import { keepFolders } from './keep-folders'

/** Workers that make the pixels of frames to be looked at. */
const PAINTERS = 2
type Listener = (event: StudioEvent) => void

const toSource = (input: IngestInput): IngestSource =>
  'url' in input ? { kind: 'address', url: input.url } : { kind: 'file', path: input.path, blob: input.blob }

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
  const pool = createWorkerPool(spawnReductionWorker)
  const ingestWorker = keepWorker<IngestContract>(spawnIngestWorker)
  // One that keeps what is dragged in mind, and two that only make pictures.
  const inspector = keepWorker<InspectionContract>(spawnInspectionWorker)
  const painters = createCallPool<InspectionContract>(spawnInspectionWorker, PAINTERS)
  const simulator = keepWorker<SimulationContract>(spawnSimulationWorker)
  const projects = keepWorker<ProjectContract>(spawnProjectWorker)
  // Of its own, so that cancelling an export does not end what is being written to a folder.
  const mirrors = keepWorker<ProjectContract>(spawnProjectWorker)
  const folders = keepFolders({ opened, worker: mirrors, version, emit, studio: () => studio })
  listeners.add((event) => {
    if (['frames-changed', 'results-changed', 'calibration-changed'].includes(event.kind))
      folders.mirror.changed()
    if (event.kind === 'writer-changed') void folders.follow(event.canWrite)
  })
  const asker = keepWorker<QueryContract>(spawnQueryWorker)
  const running = new Map<string, AbortController>()
  /** Drops that are coming in. */
  let intakes = 0
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
    changed([
      'masters',
      'reduced',
      'sources',
      'photometry',
      'lightcurves',
      'work_orders',
      'steps',
      'log',
      'targets',
      'projects',
      'cameras',
    ])
  }

  const withIngest = async <Report extends IngestReport>(
    work: (options: { signal?: AbortSignal; onProgress: CallOptions['onProgress'] }) => Promise<Report>,
    options: CallOptions,
  ): Promise<Report> => {
    await requireWriter(writer)
    intakes++
    try {
      const report = await work({
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        onProgress: (progress) => {
          emit({ kind: 'ingest-progress', progress, name: progress.label })
          options.onProgress?.(progress)
        },
      })
      await noteIntake(note, report)
      return report
    } finally {
      intakes--
      framesChanged()
      resting.whenIdle()
    }
  }

  const resting = measureAtRest({
    opened,
    mayWrite: async () => (await writer.settled) && writer.canWrite,
    isBusy: () => running.size > 0 || intakes > 0,
    measureMaster: (id) => painters.insist((remote) => remote.measureMaster(id), {}),
    measureFrame: (id) => painters.insist((remote) => remote.measureFrame(id), {}),
    changed,
  })

  const submit: Studio['submit'] = async (order, options = {}) => {
    await requireWriter(writer)
    const controller = new AbortController()
    const forward = () => controller.abort(options.signal?.reason)
    options.signal?.addEventListener('abort', forward, { once: true })
    if (options.signal?.aborted) forward()
    let id: string | null = null
    const fetched = order.url === undefined ? null : await studio.ingest([{ url: order.url }], options)
    const { url: _fetched, ...rest } = order
    try {
      const report = await runOrder(
        {
          workspace: await opened,
          runner: pool,
          hooks: {
            onOrder: (record: OrderRecord) => {
              id = record.id
              running.set(record.id, controller)
              emit({ kind: 'order-changed', order: record })
              feed.tell({ tables: ['work_orders'] })
            },
            onStepEnd: () => undefined,
            onProgress: (orderId, step, progress) =>
              emit({ kind: 'order-progress', order: orderId, step, progress }),
            onLog: (line) => emit({ kind: 'log', line }),
          },
        },
        fetched === null ? order : { ...rest, batch: order.batch ?? fetched.batch },
        {
          signal: controller.signal,
          ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
        },
      )
      await noteOrder(note, order, report)
      return report
    } catch (error) {
      await noteOrder(note, order, { id, error })
      throw error
    } finally {
      options.signal?.removeEventListener('abort', forward)
      if (id !== null) running.delete(id)
      resting.whenIdle()
      changed([
        'masters',
        'reduced',
        'sources',
        'photometry',
        'lightcurves',
        'cameras',
        'work_orders',
        'steps',
        'log',
      ])
    }
  }

  const transfers = transferProject({
    worker: projects,
    version,
    requireWriter: () => requireWriter(writer),
    ingest: (inputs, options) => studio.ingest(inputs, options),
    note,
    onChange: everythingChanged,
  })

  const studio: Studio = {
    ready: opened.then(() => undefined),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ingest: (inputs, options = {}) => {
      const batch = options.batch ?? newId('batch')
      return withIngest(
        (call) =>
          ingestSlices(
            inputs,
            (slice, onProgress) =>
              ingestWorker.callTask((remote, port) => remote.ingest(slice.map(toSource), batch, port), {
                ...call,
                onProgress,
              }),
            { batch, ...call },
          ),
        options,
      )
    },
    takePlanes: (frame, planes, options = {}) =>
      withIngest(
        (call) =>
          ingestWorker.callTask(
            (remote, port) => remote.takePlanes(frame, planes, port),
            call as CallOptions,
          ),
        options,
      ),
    simulateNight: (options = {}) =>
      withIngest(
        (call) =>
          simulator.callTask(
            (remote, port) =>
              remote.simulate(
                newId('batch'),
                new URL('demo/field-hat-p-32.json', document.baseURI).href,
                port,
              ),
            call as CallOptions,
          ),
        options,
      ),
    preview: (file) => painters.insist((remote) => remote.preview(file), {}),
    submit,
    cancel: (order) => running.get(order)?.abort(),
    ...queryWorkspace(opened, running),
    ...keepCalibration(opened, {
      requireWriter: () => requireWriter(writer),
      onChange: () => emit({ kind: 'calibration-changed' }),
    }),
    ...editTargets(opened, changed, () => requireWriter(writer)),
    ...editFrames(opened, {
      onChange: framesChanged,
      requireWriter: () => requireWriter(writer),
      note,
      requireSettledBytes: transfers.requireSettledBytes,
    }),
    pixels: (frame, plane = 'data', options = {}) =>
      painters.insist((remote, port) => remote.pixels(frame, plane, port), options),
    thumbnail: (frame, size) => inspector.call((remote) => remote.thumbnail(frame, size)),
    measureStar: (frame, at, radius, annulus) =>
      inspector.call((remote) => remote.measureStar({ frame, at, radius, annulus })),
    measureLiveCurve: (request, options = {}) =>
      inspector.callTask((remote, port) => remote.measureLiveCurve(request, port), options),
    keepLightCurve: async (curve) => {
      await requireWriter(writer)
      await (await opened).lightcurves.put(curve)
      changed(['lightcurves'])
    },
    editBadPixels: async (map, edits) => {
      await requireWriter(writer)
      const edited = await editBadPixels(await opened, map, edits)
      changed(['masters'])
      return edited
    },
    watch: folders.watch,
    mirror: folders.mirror,
    ...manageProfiles({
      opened,
      worker: ingestWorker,
      requireWriter: () => requireWriter(writer),
      onFrames: framesChanged,
      onProfiles: () => emit({ kind: 'profiles-changed' }),
      note,
    }),
    ...transfers.calls,
    measureMasters: resting.measureMasters,
    measureFrames: resting.measureFrames,
    exportFits: async (frame, { compression = 'none' } = {}) =>
      new Blob([await painters.insist((remote, port) => remote.exportFits(frame, compression, port), {})], {
        type: 'application/fits',
      }),
    exportNotebook: async (id, format, options = {}) => {
      const request = { id, format, appVersion: version }
      const text = await painters.insist((remote, port) => remote.exportNotebook(request, port), options)
      return new Blob([text], { type: NOTEBOOK_MEDIA[format] })
    },
    // By the workers too: a table may have hundreds of thousands of rows, and the page has to go on answering.
    exportTable: async (table, format) =>
      new Blob([await painters.insist((remote) => remote.exportTable(table, format), {})], {
        type: TABLE_FILES[format].media,
      }),
    care: careForWorkspace(opened, {
      worker: inspector,
      running,
      isBusy: () => running.size > 0 || intakes > 0,
      requireWriter: () => requireWriter(writer),
      requireSettledBytes: transfers.requireSettledBytes,
      note,
      onChange: framesChanged,
    }),
    tables: exploreTables(opened, asker, {
      requireWriter: () => requireWriter(writer),
      onChange: () => emit({ kind: 'results-changed', tables: [] }),
      note,
    }),
    exportRows: async (content, format) =>
      new Blob([await painters.insist((remote) => remote.exportRows(content, format), {})], {
        type: TABLE_FILES[format].media,
      }),
    reset: async () => {
      await requireWriter(writer)
      for (const controller of running.values()) controller.abort()
      await folders.follow(false)
      for (const worker of [pool, ingestWorker, inspector, painters, simulator, projects, mirrors, asker])
        worker.kill()
      await (await opened).reset()
      await note('The workspace was emptied.')
      everythingChanged()
      emit({ kind: 'profiles-changed' })
    },
    // Asked again where a reset ends the worker. It also has one of those that make pictures ready before the first picture.
    backends: async () =>
      describeBackends(pool.size, await painters.insist((remote) => remote.describe(), {})),
    memoryLimit: async () => readMemoryLimit(await opened),
    setMemoryLimit: async (bytes) => {
      await requireWriter(writer)
      await (await opened).settings.put({ id: MEMORY_SETTING, value: bytes })
      // Their memory was asked for when they started. Calls that are under way are made again.
      for (const worker of [pool, inspector, painters]) worker.kill()
    },
  }
  return studio
}
