export interface DroppedFile {
  /** Folder and file as dropped, '/' separated. */
  readonly path: string
  readonly blob: Blob
}

/** A night has hundreds of files, a semester thousands; beyond this somebody dropped a whole disk by mistake. */
const MOST_FILES = 20_000

/** Files that a file manager leaves behind and nobody means to measure. */
const isLitter = (name: string): boolean =>
  name.startsWith('.') || name === 'Thumbs.db' || name === '__MACOSX'

const readAll = async (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => {
  const entries: FileSystemEntry[] = []
  // A directory reader gives a hundred at a time, and an empty list at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return entries
    entries.push(...part)
  }
}

const collectEntry = async (entry: FileSystemEntry, folder: string, into: DroppedFile[]): Promise<void> => {
  if (isLitter(entry.name) || into.length >= MOST_FILES) return
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`
  if (entry.isDirectory) {
    const inside = await readAll((entry as FileSystemDirectoryEntry).createReader())
    for (const child of inside) await collectEntry(child, path, into)
    return
  }
  const file = await new Promise<File>((resolve, reject) =>
    (entry as FileSystemFileEntry).file(resolve, reject),
  )
  into.push({ path, blob: file })
}

/** Every file of a drop, folders walked to their ends. Entries must be asked for before the event has passed. */
export const collectDrop = async (transfer: DataTransfer): Promise<DroppedFile[]> => {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  )
  if (entries.length === 0) return collectPicked(transfer.files)
  const files: DroppedFile[] = []
  for (const entry of entries) await collectEntry(entry, '', files)
  return files.sort((a, b) => a.path.localeCompare(b.path))
}

/** Files of a picker, with the folder path when a folder was picked. */
const collectPicked = (list: FileList): DroppedFile[] =>
  Array.from(list)
    .filter((file) => !isLitter(file.name))
    .map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }))

/** What a picker holds; it is emptied, so that choosing the same files again is heard. */
export const takePicked = (input: HTMLInputElement): DroppedFile[] => {
  const files = input.files === null ? [] : collectPicked(input.files)
  input.value = ''
  return files
}

/** Instrument profiles, by their names, apart from everything that may hold frames. What lies in a folder of frames is no profile that was meant. */
export const partFiles = (
  files: readonly DroppedFile[],
): { readonly profiles: { readonly name: string; readonly blob: Blob }[]; readonly files: DroppedFile[] } => {
  const isProfile = ({ path }: DroppedFile): boolean =>
    !path.includes('/') && path.toLowerCase().endsWith('.json')
  return {
    profiles: files.filter(isProfile).map(({ path, blob }) => ({ name: path, blob })),
    files: files.filter((file) => !isProfile(file)),
  }
}
