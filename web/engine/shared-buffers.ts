/** Bytes that are kept for the next phase of the same size; new memory costs more to touch than to fill. */
const MOST_KEPT = 256 * 1024 * 1024

const kept: SharedArrayBuffer[] = []

const keptBytes = (): number => kept.reduce((sum, buffer) => sum + buffer.byteLength, 0)

/** Shared memory for the planes of a phase, all of which is written; what was in it before does not matter. */
export const takeShared = (bytes: number): SharedArrayBuffer => {
  const index = kept.findIndex((buffer) => buffer.byteLength === bytes)
  const [found] = index < 0 ? [] : kept.splice(index, 1)
  return found ?? new SharedArrayBuffer(bytes)
}

/** Given back when nobody works on it any more: after a phase has been kept, never after one that failed. */
export const giveBackShared = (buffers: readonly SharedArrayBuffer[]): void => {
  kept.push(...buffers)
  while (keptBytes() > MOST_KEPT) kept.shift()
}
