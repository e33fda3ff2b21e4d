import { AsterismError } from '../../core/errors'
import { hashBytes } from '../../core/ids'
import { throwIfAborted, type Task } from '../../core/task'
import { estimateStorage } from '../../storage/estimate-storage'
import type { Workspace } from '../../storage/workspace'
import type { ImportTally } from './import-tally'
import type { ManifestFile } from './manifest'
import type { OpenedProject } from './open-project'
import { restorePictureBytes } from './picture-bytes'

export type BytesFile = Extract<ManifestFile, { role: 'bytes' | 'picture' }>

export const isBytesFile = (file: ManifestFile): file is BytesFile =>
  file.role === 'bytes' || file.role === 'picture'

/** Bytes that the browser wants for itself besides what is stored. */
const MARGIN = 32 * 1024 * 1024

const lengthOf = (file: BytesFile): number => (file.role === 'picture' ? file.stored.bytes : file.bytes)

const requireRoom = async (files: readonly BytesFile[]): Promise<void> => {
  const wanted = files.reduce((sum, file) => sum + lengthOf(file), 0)
  const { usedBytes, quotaBytes } = await estimateStorage()
  if (quotaBytes === 0 || wanted + MARGIN < quotaBytes - usedBytes) return
  const megabytes = (bytes: number) => Math.round(Math.max(0, bytes) / 1e6)
  throw new AsterismError(
    'quota',
    `The project needs ${megabytes(wanted)} MB and ${megabytes(quotaBytes - usedBytes)} MB are free. Nothing was taken in. Delete removed frames for good or free space on the disk, then try again.`,
    { bytes: wanted, usedBytes, quotaBytes },
  )
}

const readStored = async (
  project: OpenedProject,
  file: BytesFile,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = await project.read(file, task)
  if (file.role === 'bytes') return bytes
  const planes = restorePictureBytes(bytes, file)
  if (planes.length === file.stored.bytes && (await hashBytes(planes)) === file.stored.sha256) return planes
  throw new AsterismError('bad-archive', `${file.path} does not hold the pixels that the manifest promises.`)
}

/**
 * Brings all bytes of a project in before any record of it. What is there under an id stays as it is: ids are made from content or
 * from recipes. Gives the ids that were written, which count as unused until their records are there.
 */
export const importBytes = async (
  workspace: Workspace,
  project: OpenedProject,
  tally: ImportTally,
  task: Task,
): Promise<void> => {
  const there = new Map((await workspace.pixels.list()).map(({ id, bytes }) => [id, bytes]))
  const files = project.manifest.files.filter(isBytesFile)
  const fresh = files.filter(({ id }) => !there.has(id))
  for (const file of files) {
    const kept = there.get(file.id)
    if (kept !== undefined && kept !== lengthOf(file))
      tally.reject(
        file.path,
        new AsterismError('shape-mismatch', `Other pixels are kept here under ${file.id}; they stay.`),
      )
  }
  await requireRoom(fresh)
  await workspace.noteUnusedBytes(fresh.map(({ id }) => id))
  const total = fresh.reduce((sum, file) => sum + file.bytes, 1)
  let done = 0
  for (const file of fresh) {
    throwIfAborted(task)
    task.report({ label: file.path, done, total })
    try {
      await workspace.pixels.write(file.id, await readStored(project, file, task))
    } catch (error) {
      tally.reject(file.path, error)
    }
    done += file.bytes
  }
}
