/** Parts of the File System Access API that the compiler's library does not know; only Chromium has them. */
interface MoreOfHandle {
  queryPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
  requestPermission?(options: { readonly mode: 'read' | 'readwrite' }): Promise<PermissionState>
}

interface FolderObserver {
  observe(folder: FileSystemDirectoryHandle, options: { readonly recursive: boolean }): Promise<void>
  disconnect(): void
}

/** Whether the folder may be used now, without asking. A folder of the browser's own needs nobody's permission. */
export const mayUse = async (
  folder: FileSystemDirectoryHandle,
  mode: 'read' | 'readwrite',
): Promise<boolean> => {
  const more = folder as MoreOfHandle
  return more.queryPermission === undefined || (await more.queryPermission({ mode })) === 'granted'
}

/** Asks the person; only within a click. */
export const askToUse = async (
  folder: FileSystemDirectoryHandle,
  mode: 'read' | 'readwrite',
): Promise<boolean> => {
  if (await mayUse(folder, mode)) return true
  const more = folder as MoreOfHandle
  return more.requestPermission !== undefined && (await more.requestPermission({ mode })) === 'granted'
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
