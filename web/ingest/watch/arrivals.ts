import { isWholeFits } from './is-whole-fits'
import type { FolderFile } from './list-folder'

export interface Arrivals {
  /** Files that came since the last look and are whole now. Each is given once. */
  look(files: AsyncIterable<FolderFile>): Promise<FolderFile[]>
  /** Files that are there and not whole yet, as of the last look. */
  readonly waiting: readonly string[]
  /** What has been given, to be remembered over a reload. */
  readonly seen: readonly string[]
  /** Gives this file again: it could not be taken in for a reason that passes. */
  forget(file: FolderFile): void
}

const stampOf = ({ path, file }: FolderFile): string => `${path}|${file.size}|${file.lastModified}`

/**
 * Tells new files from those that are still being written: size and time must be the same at two looks, and a FITS file must have
 * all the bytes that its headers announce. A file that is written anew under its old name is a new one.
 */
export const createArrivals = (known: readonly string[] = []): Arrivals => {
  const seen = new Set(known)
  let before = new Map<string, string>()
  let waiting: string[] = []
  return {
    look: async (files) => {
      const now = new Map<string, string>()
      const ready: FolderFile[] = []
      const unfinished: string[] = []
      for await (const item of files) {
        const stamp = stampOf(item)
        if (seen.has(stamp)) continue
        now.set(item.path, stamp)
        const stable = before.get(item.path) === stamp
        if (stable && (await isWholeFits(item.file).catch(() => false))) {
          seen.add(stamp)
          ready.push(item)
        } else unfinished.push(item.path)
      }
      before = now
      waiting = unfinished
      return ready.sort((a, b) => a.file.lastModified - b.file.lastModified || (a.path < b.path ? -1 : 1))
    },
    get waiting() {
      return waiting
    },
    get seen() {
      return [...seen]
    },
    forget: (file) => void seen.delete(stampOf(file)),
  }
}
