import type { Arena } from '../../compute/arena'
import type { MasterRecord } from '../../core/master'
import type { Workspace } from '../../storage/workspace'
import type { MasterRows } from './master-rows'

/** Part of the memory in which whole masters stay between frames. */
const SHARE = 0.25

/**
 * Whole masters, kept where the kernels read them, since a night's frames share a few and are looked at one after the other. When
 * another does not fit, all are let go. One that is larger than the shelf never comes in.
 */
export interface MasterShelf {
  /** Whether this master is here now, or could be brought in. */
  hold(master: MasterRecord): Promise<boolean>
  read(master: MasterRecord): Float32Array | null
}

/** Takes its part of the arena for good: to be made before anything else is lent. */
export const createMasterShelf = (arena: Arena, workspace: Workspace): MasterShelf => {
  const space = arena.uint8(Math.floor((arena.capacity - arena.used) * SHARE))
  const kept = new Map<string, Float32Array>()
  let used = 0
  return {
    hold: async (master) => {
      if (kept.has(master.id)) return true
      const bytes = master.width * master.height * 4
      if (bytes > space.length) return false
      if (used + bytes > space.length) {
        kept.clear()
        used = 0
      }
      const target = space.subarray(used, used + bytes)
      // The next plane begins on a cache line, and not a power of two further on.
      used += Math.ceil(bytes / 64) * 64 + 4160
      await workspace.pixels.readInto(master.bytesId, 0, target)
      kept.set(master.id, new Float32Array(target.buffer, target.byteOffset, bytes / 4))
      return true
    },
    read: (master) => kept.get(master.id) ?? null,
  }
}

/** Rows from the shelf where it holds the master, else from rows that are read for the strip. */
export const withShelf = (shelf: MasterShelf, rows: MasterRows): MasterRows => ({
  prepare: async (master, range) => {
    if (master !== null && shelf.read(master) === null) await rows.prepare(master, range)
  },
  take: (master, range) => {
    const whole = master === null ? null : shelf.read(master)
    if (master === null || whole === null) return rows.take(master, range)
    return whole.subarray(range.top * master.width, range.bottom * master.width)
  },
})
