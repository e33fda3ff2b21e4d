import type { Workspace } from '../storage/workspace'

export const MEMORY_SETTING = 'memory-limit-bytes'
const MEBIBYTE = 1024 * 1024
const DEFAULT_MEMORY_BYTES = 1024 * MEBIBYTE
/** Below this not even a strip of a large frame fits; above it a tab is ended by its browser. */
const LEAST_BYTES = 128 * MEBIBYTE
const MOST_BYTES = 8192 * MEBIBYTE

/** Bytes that all workers together may hold for pixels, as the person set it. */
export const readMemoryLimit = async (workspace: Workspace): Promise<number> => {
  const setting = await workspace.settings.get(MEMORY_SETTING)
  const value = typeof setting?.value === 'number' ? setting.value : DEFAULT_MEMORY_BYTES
  return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, value))
}
