import { idleTask } from '../../web/core/task'
import { exportProject } from '../../web/ingest/project/export-project'
import type { Manifest } from '../../web/ingest/project/manifest'
import type { ProjectWriters } from '../../web/ingest/project/produce-file'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { exportFrameFits } from '../../web/pipeline/export/frame-fits'
import { exportTableFile } from '../../web/pipeline/export/export-table'
import { drawLightCurveSvg } from '../../web/pipeline/export/light-curve-svg'
import { writeLogLine } from '../../web/pipeline/export/log-text'
import type { Workspace } from '../../web/storage/workspace'
import { openTestCompute } from './run-in-process'

/** What the project worker puts together, on this thread. */
export const createTestWriters = async (workspace: Workspace): Promise<ProjectWriters> => {
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  return {
    writeFits: (id) => compute.inTurn(() => exportFrameFits(workspace, frames, id)),
    writeCurveTable: ({ id }) => exportTableFile(workspace, id, 'csv'),
    writeCurvePlot: drawLightCurveSvg,
    writeLogLine,
  }
}

export const exportInProcess = async (workspace: Workspace): Promise<{ blob: Blob; manifest: Manifest }> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const manifest = await exportProject(
    {
      workspace,
      app: 'test',
      sink: { write: (bytes) => Promise.resolve(void parts.push(bytes.slice())) },
      writers: await createTestWriters(workspace),
    },
    idleTask(),
  )
  return { blob: new Blob(parts), manifest }
}
