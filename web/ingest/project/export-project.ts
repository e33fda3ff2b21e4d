import { throwIfAborted, type Task } from '../../core/task'
import type { Workspace } from '../../storage/workspace'
import { headManifest, MANIFEST_NAME, type Manifest } from './manifest'
import { planProject, type PlannedFile } from './plan-project'
import { produceFile, type ProjectWriters } from './produce-file'
import { createZipWriter, type ByteSink } from './zip-writer'

export interface ExportProjectOptions {
  readonly workspace: Workspace
  readonly writers: ProjectWriters
  readonly sink: ByteSink
  /** Version of the app. */
  readonly app: string
  readonly now?: number
}

/** How much work a file is, for telling how far it is: its bytes, or what a record usually takes. */
export const weighFile = (file: PlannedFile): number => {
  if (file.kind === 'records') return file.ids.length * 4000
  return file.kind === 'derived' ? 20_000 : file.bytes
}

/**
 * The whole workspace as one zip. In memory: the plan (names and ids), the directory of the zip, and one file at a time, so that the
 * bound is the largest single picture and not the workspace. The manifest comes last, when all hashes are known.
 */
export const exportProject = async (
  { workspace, writers, sink, app, now = Date.now() }: ExportProjectOptions,
  task: Task,
): Promise<Manifest> => {
  const { files, stores, missing } = await planProject(workspace)
  const zip = createZipWriter(sink, now)
  const total = files.reduce((sum, file) => sum + weighFile(file), 1)
  const entries: Manifest['files'] = []
  let done = 0
  for (const file of files) {
    throwIfAborted(task)
    task.report({ label: file.path, done, total })
    for await (const { entry, bytes, packs } of produceFile(workspace, writers, file)) {
      throwIfAborted(task)
      await zip.add(entry.path, [bytes], packs)
      entries.push(entry)
    }
    done += weighFile(file)
  }
  const manifest: Manifest = {
    ...headManifest({ app, now, stores, missing }),
    files: entries,
  }
  await zip.add(MANIFEST_NAME, [new TextEncoder().encode(JSON.stringify(manifest, null, 1))], true)
  await zip.finish()
  task.report({ label: MANIFEST_NAME, done: total, total })
  return manifest
}
