import { listKeptBytes } from '../core/reduced'
import { listPlanes } from '../core/stack'
import type { FaultRepair, WorkspaceCheck, WorkspaceFault } from '../core/workspace-care'
import { throwIfAborted, type Task } from '../core/task'
import type { StoredExposure } from './stores/exposures'
import type { Workspace } from './workspace'

type Tell = (
  fault: Pick<WorkspaceFault, 'code' | 'store' | 'id' | 'repair'> & Partial<WorkspaceFault>,
) => void

/** What every part of the check needs to know. */
interface Known {
  readonly workspace: Workspace
  /** Those removed and not purged are still there: results may name them. */
  readonly exposures: readonly StoredExposure[]
  readonly sizes: ReadonlyMap<string, number>
  readonly tell: Tell
}

const checkBytes = async ({ workspace, exposures, sizes, tell }: Known): Promise<void> => {
  const used = new Set<string>()
  const look = (
    store: string,
    record: { readonly id: string; readonly name: string; readonly bytesId: string },
    needed: number,
    repair: FaultRepair,
  ): void => {
    used.add(record.bytesId)
    const size = sizes.get(record.bytesId)
    const { id, name } = record
    if (size === undefined) tell({ code: 'bytes-missing', store, id, name, misses: record.bytesId, repair })
    else if (size < needed) tell({ code: 'bytes-short', store, id, name, misses: record.bytesId, repair })
  }
  for (const { id, name, pixels, removedAt } of exposures) {
    const { bytesId, dataOffset, dataLength } = pixels
    // A frame that was removed is on its way out: nothing needs to be said of it.
    if (removedAt === undefined)
      look('exposures', { id, name, bytesId }, dataOffset + dataLength, 'remove-frame')
    used.add(bytesId)
  }
  // A plane of numbers and one of uncertainties, four bytes each; stacks have more.
  for (const record of await workspace.masters.list())
    look('masters', record, 8 * record.width * record.height, 'delete-record')
  for (const record of await workspace.stacks.list())
    look('stacks', record, 4 * listPlanes(record).length * record.width * record.height, 'delete-record')
  for (const record of await workspace.fileTables.list()) look('file_tables', record, 0, 'delete-record')
  for (const { bytesId } of await workspace.fileTables.listRemoved()) used.add(bytesId)
  for (const { id, name, calibration } of await workspace.reduced.list()) {
    for (const { id: kept } of listKeptBytes(calibration)) {
      used.add(kept)
      if (!sizes.has(kept))
        tell({ code: 'patch-missing', store: 'reduced', id, name, misses: kept, repair: 'delete-record' })
    }
  }
  for (const [id, bytes] of sizes)
    if (!used.has(id)) tell({ code: 'bytes-unused', store: 'bytes', id, repair: 'delete-bytes', bytes })
}

const checkHeaders = async ({ workspace, exposures, tell }: Known): Promise<void> => {
  const headers = new Set(await workspace.headers.listIds())
  const tables = new Set(await workspace.fileTables.listIds())
  const known = new Set(exposures.map(({ id }) => id))
  for (const { id, name, removedAt } of exposures)
    if (removedAt === undefined && !headers.has(id))
      tell({ code: 'header-missing', store: 'exposures', id, name, repair: 'none' })
  for (const id of headers)
    if (!known.has(id) && !tables.has(id))
      tell({ code: 'header-unused', store: 'headers', id, repair: 'delete-record' })
}

/** Results whose inputs are gone: numbers stay, what could only be made from them goes. */
const checkInputs = async ({ workspace, exposures, tell }: Known): Promise<void> => {
  const stores = [
    [workspace.masters, 'masters', 'none'],
    [workspace.reduced, 'reduced', 'delete-record'],
    [workspace.stacks, 'stacks', 'none'],
    [workspace.sources, 'sources', 'delete-record'],
    // It says where its exposure is, and that is true without the calibrated frame that its stars were found in.
    [workspace.plateSolutions, 'plate_solutions', 'none'],
    [workspace.photometryTables, 'photometry_tables', 'none'],
    [workspace.lightcurves, 'lightcurves', 'none'],
    [workspace.cameraReports, 'camera_reports', 'none'],
    [workspace.composites, 'composites', 'delete-record'],
  ] as const
  const known = new Set(exposures.map(({ id }) => id))
  for (const [store] of stores) for (const id of await store.listIds()) known.add(id)
  for (const id of await workspace.photometryFrames.listIds()) known.add(id)
  for (const [store, name, repair] of stores)
    for (const record of await store.list()) {
      const missing = record.inputs.find((input) => !known.has(input))
      if (missing === undefined) continue
      const title = 'name' in record ? record.name : record.id
      tell({ code: 'input-missing', store: name, id: record.id, name: title, misses: missing, repair })
    }
}

const checkTables = async ({ workspace, tell }: Known): Promise<void> => {
  const owned = new Set<string>()
  for (const table of await workspace.photometryTables.listIds())
    for (const id of await workspace.photometryFrames.listIdsBy('table', table)) owned.add(id)
  for (const id of await workspace.photometryFrames.listIds())
    if (!owned.has(id))
      tell({ code: 'table-missing', store: 'photometry_frames', id, repair: 'delete-record' })
}

const checkOrders = async ({ workspace, tell }: Known, running: ReadonlySet<string>): Promise<void> => {
  const orders = await workspace.orders.list()
  const known = new Set(orders.map(({ id }) => id))
  for (const { id, status, order } of orders)
    if ((status === 'running' || status === 'queued') && !running.has(id))
      tell({ code: 'order-abandoned', store: 'work_orders', id, name: order.request, repair: 'stop-order' })
  for (const step of await workspace.steps.list())
    if (!known.has(step.order))
      tell({
        code: 'order-missing',
        store: 'steps',
        id: step.id,
        name: step.name,
        misses: step.order,
        repair: 'delete-record',
      })
}

const checkFlags = async ({ workspace, exposures, tell }: Known): Promise<void> => {
  const rows: Readonly<Record<string, ReadonlySet<string>>> = {
    exposures: new Set(exposures.map(({ id }) => id)),
    masters: new Set(await workspace.masters.listIds()),
  }
  for (const { id, table, row } of await workspace.rowFlags.list()) {
    const known = rows[table]
    // Rows of results come again when the result is made again; only what names a record is judged.
    if (known !== undefined && !known.has(row))
      tell({ code: 'flag-unused', store: 'row_flags', id, misses: row, repair: 'delete-record' })
  }
}

/** The same picture of the same file, twice: the one that came first is kept. */
const checkTwins = ({ exposures, tell }: Known): void => {
  const first = new Map<string, StoredExposure>()
  const present = exposures.filter(({ removedAt }) => removedAt === undefined)
  for (const exposure of present.toSorted((a, b) => a.ingestedAt - b.ingestedAt)) {
    const { id, name, sha256, pixels } = exposure
    // Planes of a cube are frames of the same file; the cube itself shows its first one and has all of their bytes.
    const key = `${sha256} ${pixels.hdu} ${pixels.dataOffset} ${pixels.dataLength} ${pixels.plane ?? 'all'}`
    const twin = first.get(key)
    if (twin === undefined) first.set(key, exposure)
    else tell({ code: 'twice', store: 'exposures', id, name, misses: twin.id, repair: 'remove-frame' })
  }
}

export interface CheckOptions {
  /** Orders that are at work now. */
  readonly running: ReadonlySet<string>
}

const lookOnce = async (
  workspace: Workspace,
  { running }: CheckOptions,
  task: Task,
): Promise<{ readonly faults: WorkspaceFault[]; readonly files: number }> => {
  const faults: WorkspaceFault[] = []
  const files = await workspace.pixels.list()
  const exposures = [...(await workspace.exposures.list()), ...(await workspace.exposures.listRemoved())]
  const known: Known = {
    workspace,
    exposures,
    sizes: new Map(files.map(({ id, bytes }) => [id, bytes])),
    tell: (fault) => {
      // Bytes come before the record that names them: while an order is at work nobody can say that they are of no use.
      if (fault.code === 'bytes-unused' && running.size > 0) return
      faults.push({ name: fault.id, misses: null, bytes: 0, ...fault })
    },
  }
  const parts: readonly (() => Promise<void> | void)[] = [
    () => checkBytes(known),
    () => checkHeaders(known),
    () => checkInputs(known),
    () => checkTables(known),
    () => checkOrders(known, running),
    () => checkFlags(known),
    () => checkTwins(known),
  ]
  for (const [index, part] of parts.entries()) {
    throwIfAborted(task)
    task.report({ label: 'check', done: index, total: parts.length })
    await part()
  }
  return { faults, files: files.length }
}

const nameFault = ({ code, store, id }: WorkspaceFault): string => JSON.stringify([code, store, id])

/**
 * Looks for what contradicts itself. Nothing is changed. The stores are read one after the other, and an order may write between two of
 * them: so what looks wrong is looked at a second time, and only what is wrong both times is told.
 */
export const checkWorkspace = async (
  workspace: Workspace,
  options: CheckOptions,
  task: Task,
): Promise<WorkspaceCheck> => {
  const began = performance.now()
  const { faults: suspected, files } = await lookOnce(workspace, options, task)
  const again = suspected.length === 0 ? [] : (await lookOnce(workspace, options, task)).faults
  const before = new Set(suspected.map(nameFault))
  return {
    faults: again.filter((fault) => before.has(nameFault(fault))),
    records: await countRecords(workspace),
    files,
    seconds: (performance.now() - began) / 1000,
  }
}

const countRecords = async (workspace: Workspace): Promise<number> => {
  const counts = await Promise.all([
    workspace.exposures.count(),
    workspace.headers.count(),
    workspace.masters.count(),
    workspace.reduced.count(),
    workspace.stacks.count(),
    workspace.sources.count(),
    workspace.plateSolutions.count(),
    workspace.photometryTables.count(),
    workspace.photometryFrames.count(),
    workspace.lightcurves.count(),
    workspace.orders.count(),
    workspace.steps.count(),
    workspace.fileTables.count(),
    workspace.rowFlags.count(),
  ])
  return counts.reduce((sum, count) => sum + count, 0)
}
