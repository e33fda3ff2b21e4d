import { AsterismError } from '../../core/errors'
import { throwIfAborted, type Task } from '../../core/task'
import { isLocalSetting } from '../../storage/local-settings'
import { openStaging, type Staging } from '../../storage/staging'
import type { ImportTally } from './import-tally'
import type { OpenedProject } from './open-project'
import { decodeRecord } from './record-text'

const RECORDS_AT_ONCE = 100
const LONGEST_ID = 300

const checkId = (record: unknown): { readonly id: string } => {
  const { id } = (record ?? {}) as { id?: unknown }
  if (typeof id === 'string' && id !== '' && id.length <= LONGEST_ID) return record as { id: string }
  throw new AsterismError('bad-archive', 'A record has no id.')
}

function* splitLines(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder()
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start)
    const line = decoder.decode(bytes.subarray(start, end < 0 ? bytes.length : end))
    if (line.trim() !== '') yield line
    start = end < 0 ? bytes.length : end + 1
  }
}

const stageFile = async (
  staging: Staging,
  store: string,
  path: string,
  bytes: Uint8Array,
  tally: ImportTally,
): Promise<void> => {
  let batch: { readonly id: string }[] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await staging.put(store, batch)
    batch = []
  }
  for (const line of splitLines(bytes)) {
    try {
      const record = checkId(decodeRecord(line))
      if (store !== 'settings' || !isLocalSetting(record.id)) batch.push(record)
    } catch (error) {
      tally.reject(path, error)
    }
    if (batch.length >= RECORDS_AT_ONCE) await flush()
  }
  await flush()
}

/**
 * Reads all records of a project into a database of their own, laid out as the version that wrote them had it, and lets the numbered
 * migrations bring them to the present. The workspace is not touched. To be discarded.
 */
export const stageRecords = async (
  workspace: string,
  project: OpenedProject,
  tally: ImportTally,
  task: Task,
): Promise<Staging> => {
  const staging = await openStaging(workspace, project.manifest.schema)
  try {
    for (const file of project.manifest.files) {
      if (file.role !== 'records') continue
      throwIfAborted(task)
      try {
        if (!staging.stores.includes(file.store))
          throw new AsterismError(
            'bad-archive',
            `Version ${project.manifest.schema} has no store "${file.store}".`,
          )
        await stageFile(staging, file.store, file.path, await project.read(file, task), tally)
      } catch (error) {
        tally.reject(file.path, error)
      }
    }
    await staging.migrate()
    return staging
  } catch (error) {
    await staging.discard()
    throw error
  }
}
