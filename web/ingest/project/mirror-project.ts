import { AsterismError } from '../../core/errors'
import { throwIfAborted, type Task } from '../../core/task'
import { guardStorage } from '../../storage/storage-failure'
import type { Workspace } from '../../storage/workspace'
import { weighFile } from './export-project'
import { headManifest, MANIFEST_NAME, manifestSchema, type Manifest } from './manifest'
import { planProject, type PlannedFile } from './plan-project'
import { produceFile, type ProjectWriters } from './produce-file'

export interface MirrorReport {
  readonly written: number
  readonly kept: number
  readonly removed: number
  readonly bytes: number
}

type Entry = Manifest['files'][number]

const splitPath = (path: string): { folders: string[]; name: string } => {
  const parts = path.split('/')
  return { folders: parts.slice(0, -1), name: parts.at(-1) ?? path }
}

const openFolder = async (
  root: FileSystemDirectoryHandle,
  folders: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle> => {
  let folder = root
  for (const name of folders) folder = await folder.getDirectoryHandle(name, { create })
  return folder
}

/** All or nothing: the stream writes beside the file, and takes its place when it is closed. */
const writeWhole = (
  root: FileSystemDirectoryHandle,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> =>
  guardStorage({ label: path, bytes: bytes.length }, async () => {
    const { folders, name } = splitPath(path)
    const handle = await (await openFolder(root, folders, true)).getFileHandle(name, { create: true })
    const stream = await handle.createWritable()
    try {
      await stream.write(bytes)
      await stream.close()
    } catch (error) {
      await stream.abort().catch(() => undefined)
      throw error
    }
  })

const sizeOf = async (root: FileSystemDirectoryHandle, path: string): Promise<number> => {
  try {
    const { folders, name } = splitPath(path)
    return (await (await (await openFolder(root, folders, false)).getFileHandle(name)).getFile()).size
  } catch {
    return -1
  }
}

/** Removes one file, and the folders that are empty after it. What is gone already is no matter. */
const removeFile = async (root: FileSystemDirectoryHandle, path: string): Promise<void> => {
  const { folders, name } = splitPath(path)
  try {
    await (await openFolder(root, folders, false)).removeEntry(name)
    for (let depth = folders.length; depth > 0; depth--) {
      const parent = await openFolder(root, folders.slice(0, depth - 1), false)
      // A folder that holds anything refuses to go.
      await parent.removeEntry(folders[depth - 1] ?? '')
    }
  } catch {
    // Gone, or not empty.
  }
}

const readManifest = async (root: FileSystemDirectoryHandle): Promise<Manifest | null> => {
  try {
    const file = await (await root.getFileHandle(MANIFEST_NAME)).getFile()
    const parsed = manifestSchema.safeParse(JSON.parse(await file.text()))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const isEmpty = async (root: FileSystemDirectoryHandle): Promise<boolean> => {
  for await (const name of root.keys()) if (!name.startsWith('.')) return false
  return true
}

/** Only a folder of its own: in any other, files of the person's might be overwritten or go. */
const requireOwnFolder = async (
  root: FileSystemDirectoryHandle,
  before: Manifest | null,
  owner: string,
): Promise<void> => {
  if (before?.mirrorOf === owner || (before === null && (await isEmpty(root)))) return
  throw new AsterismError(
    'storage',
    before === null
      ? `The folder ${root.name} holds other files. Choose an empty one, so that none of them is touched.`
      : `The folder ${root.name} holds the project of another workspace. Choose an empty one; that project can be taken in as a zip.`,
    { folder: root.name },
  )
}

/** Originals stay on the disk, also when they were removed from the workspace. */
const mayGo = (entry: Entry): boolean => !entry.path.startsWith('raw/')

/** Bytes are named by what they hold or how they were made: under the same id they are the same. */
const isSameThing = (file: PlannedFile, entry: Entry | undefined): boolean =>
  (file.kind === 'bytes' || file.kind === 'picture') &&
  entry !== undefined &&
  entry.role === file.kind &&
  'id' in entry &&
  entry.id === file.id

export interface MirrorProjectOptions {
  readonly workspace: Workspace
  readonly writers: ProjectWriters
  readonly folder: FileSystemDirectoryHandle
  readonly app: string
  /** Which workspace this is: a folder follows one. */
  readonly owner: string
  readonly now?: number
}

/**
 * The workspace as files of a folder on disk, in the scheme of the zip: only what changed is written, each file whole or not at all,
 * and the manifest last. What the manifest of before names and is no more goes away, but originals stay; a folder with files of others is
 * refused.
 */
export const mirrorProject = async (
  { workspace, writers, folder, app, owner, now = Date.now() }: MirrorProjectOptions,
  task: Task,
): Promise<MirrorReport> => {
  const { files, stores, missing } = await planProject(workspace)
  const before = await readManifest(folder)
  await requireOwnFolder(folder, before, owner)
  const writeManifest = (list: readonly Entry[]): Promise<void> => {
    const manifest: Manifest = {
      ...headManifest({ app, now, stores, missing }),
      mirrorOf: owner,
      files: [...list],
    }
    const text = JSON.stringify(manifest, null, 1)
    return writeWhole(folder, MANIFEST_NAME, new TextEncoder().encode(text))
  }
  // Cut short from here on, the folder is known as ours, and the next time goes on.
  if (before === null) await writeManifest([])
  const former = new Map((before?.files ?? []).map((entry) => [entry.path, entry]))
  const entries: Entry[] = []
  let [written, kept, bytesWritten, done] = [0, 0, 0, 0]
  const total = files.reduce((sum, file) => sum + weighFile(file), 1)
  const keep = (entry: Entry): void => {
    entries.push(entry)
    kept++
  }
  const isThere = async (entry: Entry): Promise<boolean> => (await sizeOf(folder, entry.path)) === entry.bytes
  for (const file of files) {
    throwIfAborted(task)
    task.report({ label: file.path, done, total })
    done += weighFile(file)
    const known = former.get(file.path)
    if (known !== undefined && isSameThing(file, known) && (await isThere(known))) {
      keep(known)
      continue
    }
    for await (const { entry, bytes } of produceFile(workspace, writers, file)) {
      throwIfAborted(task)
      if (former.get(entry.path)?.sha256 === entry.sha256 && (await isThere(entry))) {
        keep(entry)
        continue
      }
      await writeWhole(folder, entry.path, bytes)
      entries.push(entry)
      written++
      bytesWritten += bytes.length
    }
  }
  const paths = new Set(entries.map((entry) => entry.path))
  const gone = [...former.values()].filter((entry) => !paths.has(entry.path) && mayGo(entry))
  for (const { path } of gone) await removeFile(folder, path)
  if (written > 0 || gone.length > 0) await writeManifest(entries)
  return { written, kept, removed: gone.length, bytes: bytesWritten }
}
