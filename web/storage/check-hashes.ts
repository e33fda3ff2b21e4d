import { hashBytes } from '../core/ids'
import { throwIfAborted, type Task } from '../core/task'
import type { WorkspaceFault } from '../core/workspace-care'
import type { Workspace } from './workspace'

/** Reads every original again and compares it with the hash it had when it came: a disk may lose a bit in years. */
export const checkHashes = async (workspace: Workspace, task: Task): Promise<WorkspaceFault[]> => {
  const faults: WorkspaceFault[] = []
  const exposures = await workspace.exposures.list()
  const files = new Map(exposures.map((exposure) => [exposure.pixels.bytesId, exposure]))
  let done = 0
  for (const [bytesId, { id, name, sha256 }] of files) {
    throwIfAborted(task)
    task.report({ label: name, done: done++, total: files.size })
    if (!(await workspace.pixels.has(bytesId))) continue
    if ((await hashBytes(await workspace.pixels.read(bytesId))) === sha256) continue
    faults.push({
      code: 'bytes-changed',
      store: 'exposures',
      id,
      name,
      misses: bytesId,
      repair: 'remove-frame',
      bytes: 0,
    })
  }
  return faults
}
