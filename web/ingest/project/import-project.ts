import type { ImportReport } from '../../core/import-report'
import type { Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { importBytes, isBytesFile } from './import-bytes'
import { createImportTally } from './import-tally'
import { mergeRecords } from './merge-records'
import { openProject } from './open-project'
import { stageRecords } from './stage-records'

/**
 * Takes a project in; null where the zip is none. Records are read, checked and migrated beside the workspace; then the bytes are
 * written, and then the records, inputs first. Killed at any moment, the workspace has all that it had, and every record in it has
 * what it stands on; the same import again brings the rest.
 */
export const importProject = async (
  workspace: Workspace,
  zip: Blob,
  task: Task,
): Promise<ImportReport | null> => {
  const project = await openProject(zip, task)
  if (project === null) return null
  const tally = createImportTally()
  const staging = await stageRecords(workspace.name, project, tally, task)
  try {
    await importBytes(workspace, project, tally, task)
    const bytes = new Map((await workspace.pixels.list()).map(({ id, bytes: length }) => [id, length]))
    const files = project.manifest.files.filter(isBytesFile)
    const hashes = new Map(
      files.flatMap((file) => (file.role === 'bytes' ? [[file.id, file.sha256] as const] : [])),
    )
    await mergeRecords({ workspace, staging, tally, bytes, hashes }, task)
    const report = tally.report()
    // Bytes whose record was refused stay noted, and go with the next purge.
    const ids = files.map(({ id }) => id)
    if (report.rejected.length === 0) await workspace.noteUnusedBytes(ids, true)
    return report
  } finally {
    await staging.discard()
  }
}
