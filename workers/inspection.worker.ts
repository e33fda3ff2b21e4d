import { openCompute } from '../web/compute/open-compute'
import { readMemoryLimit } from '../web/pipeline/memory-limit'
import { openFileTable } from '../web/ingest/open-file-table'
import { previewFile } from '../web/ingest/preview-file'
import { exportTableFile } from '../web/pipeline/export/export-table'
import { tabulateRows } from '../web/pipeline/export/tabulate-rows'
import { writeTableFile } from '../web/pipeline/export/write-table-file'
import { createInspector } from '../web/pipeline/inspect'
import type { InspectionContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import {
  bufferOfBytes,
  buffersOfPlanes,
  exposeContract,
  giveAway,
  giveFromTask,
} from '../web/rpc/worker-side'
import { checkHashes } from '../web/storage/check-hashes'
import { checkWorkspace } from '../web/storage/check-workspace'
import { describeStores } from '../web/storage/describe-stores'
import { openWorkspace } from '../web/storage/workspace'

const computing = openWorkspace().then(async (workspace) => ({
  workspace,
  compute: await openCompute(await readMemoryLimit(workspace)),
}))
const opened = computing.then(({ workspace, compute }) => createInspector(workspace, compute))

exposeContract({
  preview: async (file) => {
    const preview = await previewFile(file)
    return preview === null ? null : giveAway(preview, [preview.image.data.buffer, preview.sample.buffer])
  },
  pixels: (frame, plane, port) =>
    giveFromTask(
      port,
      async (task) => (await opened).pixels({ frame, plane }, task),
      ({ data }) => [data.buffer],
    ),
  colours: (request, port) =>
    giveFromTask(port, async (task) => (await opened).colours(request, task), buffersOfPlanes),
  thumbnail: async (frame, size) => (await opened).thumbnail(frame, size),
  measureStar: async (request) => (await opened).measureStar(request),
  measureLiveCurve: (job, port) =>
    withTaskPort(port, async (task) => (await opened).measureLiveCurve(job, task)),
  measureStack: async (id) => (await opened).measureStack(id),
  measureFrame: async (id) => (await opened).measureFrame(id),
  measureMaster: async (id) => (await opened).measureMaster(id),
  exportFits: (frame, compression, port) =>
    giveFromTask(port, async () => (await opened).exportFits(frame, compression), bufferOfBytes),
  previewComposite: (request, port) =>
    giveFromTask(port, async (task) => (await opened).previewComposite(request, task), buffersOfPlanes),
  exportPicture: (request, port) =>
    giveFromTask(port, async (task) => (await opened).exportPicture(request, task), bufferOfBytes),
  exportNotebook: (request, port) =>
    withTaskPort(port, async (task) => (await opened).exportNotebook(request, task)),
  exportTable: async (table, format) => {
    const { workspace } = await computing
    const bytes = await exportTableFile(workspace, table, format, openFileTable)
    return giveAway(bytes, [bytes.buffer])
  },
  exportRows: (content, format) => {
    const bytes = writeTableFile(tabulateRows(content), format)
    return Promise.resolve(giveAway(bytes, [bytes.buffer]))
  },
  describeStores: async () => describeStores((await computing).workspace),
  checkWorkspace: (running, thorough, port) =>
    withTaskPort(port, async (task) => {
      const { workspace } = await computing
      const check = await checkWorkspace(workspace, { running: new Set(running) }, task)
      if (!thorough) return check
      const began = performance.now()
      const faults = [...check.faults, ...(await checkHashes(workspace, task))]
      return { ...check, faults, seconds: check.seconds + (performance.now() - began) / 1000 }
    }),
  describe: async () => {
    const { backends, notes } = (await computing).compute
    return { backends, notes }
  },
} satisfies InspectionContract)
