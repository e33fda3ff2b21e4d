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

/** Two looks may follow each other at once where the browser tells of changes; a file has to stand still for so long. Milliseconds. */
const SETTLE = 1000

const stampOf = ({ path, file }: FolderFile): string => `${path}|${file.size}|${file.lastModified}`

/**
 * Tells new files from those that are still being written: size and time must be the same at two looks, `settle` milliseconds apart, and a FITS file must have
 * all the bytes that its headers announce. A file that is written anew under its old name is a new one.
 */
export const createArrivals = (known: readonly string[] = [], settle = SETTLE): Arrivals => {
  const seen = new Set(known)
  let before = new Map<string, { readonly stamp: string; readonly since: number }>()
  let waiting: string[] = []
  return {
    look: async (files) => {
      const now: typeof before = new Map()
      const time = Date.now()
      const ready: FolderFile[] = []
      const unfinished: string[] = []
      for await (const item of files) {
        const stamp = stampOf(item)
        if (seen.has(stamp)) continue
        const last = before.get(item.path)
        const same = last?.stamp === stamp ? last : null
        now.set(item.path, same ?? { stamp, since: time })
        if (
          same !== null &&
          time - same.since >= settle &&
          (await isWholeFits(item.file).catch(() => false))
        ) {
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
