/** Pickers of the File System Access API, which the compiler's library does not know. */
interface Pickers {
  showDirectoryPicker?(options: {
    readonly id: string
    readonly mode: 'read' | 'readwrite'
  }): Promise<FileSystemDirectoryHandle>
  showSaveFilePicker?(options: {
    readonly suggestedName: string
    readonly types: readonly {
      readonly description: string
      readonly accept: Readonly<Record<string, readonly string[]>>
    }[]
  }): Promise<FileSystemFileHandle>
}

const pickers = (): Pickers => globalThis as unknown as Pickers

/** Null when the person thought better of it. */
const orNull = async <Handle>(choice: Promise<Handle>): Promise<Handle | null> => {
  try {
    return await choice
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

export const canPickFolder = (): boolean => pickers().showDirectoryPicker !== undefined

export const pickFolder = (
  id: string,
  mode: 'read' | 'readwrite',
): Promise<FileSystemDirectoryHandle | null> =>
  orNull(pickers().showDirectoryPicker?.({ id, mode }) ?? Promise.resolve(null))

export const canPickFile = (): boolean => pickers().showSaveFilePicker !== undefined

export const pickZip = (name: string, description: string): Promise<FileSystemFileHandle | null> =>
  orNull(
    pickers().showSaveFilePicker?.({
      suggestedName: name,
      types: [{ description, accept: { 'application/zip': ['.zip'] } }],
    }) ?? Promise.resolve(null),
  )
