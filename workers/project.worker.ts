import { openCompute } from '../web/compute/open-compute'
import { idleTask } from '../web/core/task'
import { exportProject } from '../web/ingest/project/export-project'
import { importProject } from '../web/ingest/project/import-project'
import { mirrorProject } from '../web/ingest/project/mirror-project'
import { openProject, summariseProject } from '../web/ingest/project/open-project'
import type { ProjectWriters } from '../web/ingest/project/produce-file'
import { exportTableFile } from '../web/pipeline/export/export-table'
import { drawLightCurveSvg } from '../web/pipeline/export/light-curve-svg'
import { writeLogLine } from '../web/pipeline/export/log-text'
import { createInspector } from '../web/pipeline/inspect'
import { readMemoryLimit } from '../web/pipeline/memory-limit'
import type { ProjectContract } from '../web/rpc/contracts'
import { withTaskPort } from '../web/rpc/task-port'
import { exposeContract } from '../web/rpc/worker-side'
import { openChosenFile, openTemporaryFile } from '../web/storage/export-file'
import { openWorkspace, type Workspace } from '../web/storage/workspace'

const opened = openWorkspace()

/** What makes masters into files is started only when there is one to write. */
const createWriters = (workspace: Workspace): ProjectWriters => {
  let inspector: Promise<ReturnType<typeof createInspector>> | null = null
  const inspect = () =>
    (inspector ??= readMemoryLimit(workspace)
      .then(openCompute)
      .then((compute) => createInspector(workspace, compute)))
  return {
    writeFits: async (id) => (await inspect()).exportFits(id),
    writeCurveTable: ({ id }) => exportTableFile(workspace, id, 'csv'),
    writeCurvePlot: drawLightCurveSvg,
    writeLogLine,
  }
}

exposeContract({
  exportProject: (chosen, app, port) =>
    withTaskPort(port, async (task) => {
      const workspace = await opened
      const sink = chosen === null ? await openTemporaryFile() : await openChosenFile(chosen)
      try {
        await exportProject({ workspace, writers: createWriters(workspace), sink, app }, task)
        return await sink.finish()
      } catch (error) {
        await sink.abandon()
        throw error
      }
    }),
  inspectProject: async (zip) => {
    const project = await openProject(zip, idleTask())
    return project === null ? null : summariseProject(project)
  },
  importProject: (zip, port) => withTaskPort(port, async (task) => importProject(await opened, zip, task)),
  mirrorProject: (into, port) =>
    withTaskPort(port, async (task) => {
      const workspace = await opened
      return mirrorProject({ ...into, workspace, writers: createWriters(workspace) }, task)
    }),
} satisfies ProjectContract)
