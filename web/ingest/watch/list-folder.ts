/** A file of a folder that is watched, as it is at this moment. */
export interface FolderFile {
  /** From the folder on, '/' separated. */
  readonly path: string
  readonly file: File
}

const DEEPEST = 8
const MOST_FILES = 20_000

/** Frames as cameras write them, packed or not. Notes and files that are still being copied have other endings. */
const FRAME_NAME = /\.(?:fits?|fts|fz|xisf|ser)(?:\.(?:gz|bz2|z|fz))?$/i

const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX'

/** Every frame of a folder and of those within it. A file that goes away in between is left out. */
export async function* listFolder(
  folder: FileSystemDirectoryHandle,
  prefix = '',
  depth = 0,
): AsyncGenerator<FolderFile> {
  let count = 0
  for await (const [name, handle] of folder.entries()) {
    if (isHidden(name) || ++count > MOST_FILES) continue
    const path = prefix === '' ? name : `${prefix}/${name}`
    if (handle.kind === 'directory') {
      if (depth < DEEPEST) yield* listFolder(handle, path, depth + 1)
    } else if (FRAME_NAME.test(name)) {
      const file = await handle.getFile().catch(() => null)
      if (file !== null) yield { path, file }
    }
  }
}
