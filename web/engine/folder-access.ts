/** Parts of the File System Access API that the compiler's library does not know; only Chromium has them. */
interface MoreOfHandle {
  queryPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
  requestPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
}

interface FolderObserver {
  observe(folder: FileSystemDirectoryHandle, options: { readonly recursive: boolean }): Promise<void>
  disconnect(): void
}

/** Whether a person may choose a folder here at all. */
export const canChooseFolders = (): boolean => 'showDirectoryPicker' in globalThis

/** Whether the folder may be used now, without asking. A folder of the browser's own needs nobody's permission. */
export const mayUse = async (
  folder: FileSystemDirectoryHandle,
  mode: 'read' | 'readwrite',
): Promise<boolean> => {
  const { queryPermission } = folder as MoreOfHandle
  return queryPermission === undefined || (await queryPermission.call(folder, { mode })) === 'granted'
}

/** Asks the person; only within a click. */
export const askToUse = async (
  folder: FileSystemDirectoryHandle,
  mode: 'read' | 'readwrite',
): Promise<boolean> => {
  if (await mayUse(folder, mode)) return true
  const { requestPermission } = folder as MoreOfHandle
  return requestPermission !== undefined && (await requestPermission.call(folder, { mode })) === 'granted'
}

/** Tells of changes at once where the browser can; the watch looks by itself from time to time all the same. */
export const observeFolder = async (
  folder: FileSystemDirectoryHandle,
  onChange: () => void,
): Promise<() => void> => {
  const { FileSystemObserver } = globalThis as {
    FileSystemObserver?: new (onRecords: () => void) => FolderObserver
  }
  if (FileSystemObserver === undefined) return () => undefined
  try {
    const observer = new FileSystemObserver(onChange)
    await observer.observe(folder, { recursive: true })
    return () => observer.disconnect()
  } catch {
    return () => undefined
  }
}
