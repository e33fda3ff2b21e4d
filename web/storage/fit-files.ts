/** Bytes that records, results and the browser itself need beside the files. */
const MARGIN_PART = 0.02
const MARGIN_LEAST = 32 * 1024 * 1024

export interface FittingFiles<Item> {
  readonly fits: readonly Item[]
  /** Those for which there is no room, in the order given. */
  readonly left: readonly Item[]
  readonly neededBytes: number
  /** For files, less what the rest needs. */
  readonly freeBytes: number
}

/**
 * Which files there is room for, in the order given: a file that does not fit does not keep smaller ones out. Where the browser does
 * not tell how much it may keep, all of them.
 */
export const fitFiles = <Item extends { readonly bytes: number }>(
  files: readonly Item[],
  { usedBytes, quotaBytes }: { readonly usedBytes: number; readonly quotaBytes: number },
): FittingFiles<Item> => {
  const neededBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (quotaBytes === 0) return { fits: files, left: [], neededBytes, freeBytes: Infinity }
  const margin = Math.max(MARGIN_LEAST, MARGIN_PART * neededBytes)
  const freeBytes = Math.max(0, quotaBytes - usedBytes - margin)
  let room = freeBytes
  const fits: Item[] = []
  const left: Item[] = []
  for (const file of files) {
    if (file.bytes <= room) {
      fits.push(file)
      room -= file.bytes
    } else left.push(file)
  }
  return { fits, left, neededBytes, freeBytes }
}
