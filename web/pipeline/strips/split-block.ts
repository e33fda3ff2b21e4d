import { mastersOf, type Rows } from './combine-job'
import { findSourceRows, type Block, type FrameOnGrid } from './make-rows'
import { gridOf } from './frame-recipe'
import { heldRowBytes } from './raw-rows'

/** Blocks of fewer columns gain nothing: what is read around them is more than they are. */
const LEAST_COLUMNS = 64

/** A cut after which both halves together need more than so many times as much saves too little for reading twice. */
const WORTH_A_CUT = 1.6

/** Rows that hold those of all frames; null when none reaches there. */
export const joinRows = (all: readonly (Rows | null)[]): Rows | null => {
  const known = all.filter((rows) => rows !== null)
  if (known.length === 0) return null
  return {
    top: Math.min(...known.map(({ top }) => top)),
    bottom: Math.max(...known.map(({ bottom }) => bottom)),
  }
}

/** Bytes that are held while a block is made: one frame's rows, raw and calibrated, and those of the masters. */
const bytesOf = (frames: readonly FrameOnGrid[], block: Block): number => {
  const sources = frames.map((onGrid) => findSourceRows(onGrid, block))
  const most = frames.reduce((bytes, { frame }, index) => {
    const rows = sources[index]
    const height = rows === null || rows === undefined ? 0 : rows.bottom - rows.top
    return Math.max(bytes, height * (heldRowBytes(frame) + 4 * gridOf(frame).width))
  }, 0)
  const joined = joinRows(sources)
  const width = Math.max(...frames.map(({ frame }) => gridOf(frame).width))
  const masters = mastersOf({ frames: frames.map(({ frame }) => frame) }).length
  const shared = joined === null ? 0 : masters * (joined.bottom - joined.top) * width * 4
  return most + shared + 4 * (block.right - block.left) * (block.bottom - block.top)
}

/**
 * Cuts rows of the grid into blocks of columns for which so many bytes are enough: rows of a frame that lies turned come from as many of its
 * rows as they are long. Where frames hardly turn, the rows stay whole. The pixels do not depend on the cuts.
 */
export const splitBlock = (frames: readonly FrameOnGrid[], block: Block, bytes: number): Block[] => {
  const columns = block.right - block.left
  const needed = bytesOf(frames, block)
  if (needed <= bytes || columns < 2 * LEAST_COLUMNS) return [block]
  const middle = block.left + Math.ceil(columns / 2)
  const halves = [
    { ...block, right: middle },
    { ...block, left: middle },
  ]
  // Frames that do not turn need the same rows for half of the columns.
  const both = halves.reduce((sum, half) => sum + bytesOf(frames, half), 0)
  if (both > WORTH_A_CUT * needed) return [block]
  return halves.flatMap((half) => splitBlock(frames, half, bytes))
}
