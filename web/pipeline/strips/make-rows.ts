import type { StackInterpolation } from '../../core/stack'
import { findSourceWindow } from '../../science/image/source-window'
import { findMappedWindow, intersectWindows, REACH } from '../../science/reprojection/find-mapped-window'
import { calibrateRows } from './calibrate-rows'
import type { Rows } from './combine-job'
import { gridOf, type FrameRecipe } from './frame-recipe'
import type { MasterRows } from './master-rows'
import { rawBytesOf, readRawRows } from './raw-rows'
import { resampleBlock } from './resample-block'
import type { StripRoom } from './strip-room'

/** One frame on the wanted grid. */
export interface FrameOnGrid {
  readonly frame: FrameRecipe
  /** Of the grid. */
  readonly width: number
  readonly interpolation: StackInterpolation
  readonly clamp?: number | null | undefined
}

/** Rows of the grid, or some of their columns. */
export interface Block extends Rows {
  readonly left: number
  readonly right: number
}

/** Rows of a frame that are needed for a block of the grid; null when the frame does not reach there. */
export const findSourceRows = ({ frame, interpolation }: FrameOnGrid, block: Block): Rows | null => {
  const { map } = frame
  const { left, right, top, bottom } = block
  if (map === null) return { top, bottom }
  const target = { left, top, width: right - left, height: bottom - top }
  const own = gridOf(frame)
  // Beside what is mapped nothing has a position, and the outline that is walked along must have some.
  const mapped = map.kind === 'affine' ? target : intersectWindows(target, map)
  if (mapped === null) return null
  const byArea = interpolation === 'exact' || interpolation === 'drizzle'
  const window =
    map.kind === 'affine' && !byArea
      ? findSourceWindow({ method: interpolation, transform: map.transform, target, ...own })
      : findMappedWindow({
          map,
          target: mapped,
          reach: REACH[interpolation === 'exact' ? 'area' : interpolation],
          ...own,
        })
  return window === null ? null : { top: window.top, bottom: window.top + window.height }
}

/** Calibrated pixels of rows of a frame, on its own grid. The masters' rows must be ready. */
export const makeSource = async (
  room: StripRoom,
  frame: FrameRecipe,
  source: Rows,
  masters: MasterRows,
  target: Float32Array,
): Promise<void> => {
  const raw = await readRawRows(room, frame, source, room.compute.arena.uint8(rawBytesOf(frame, source)))
  await calibrateRows(room, frame, raw, { masters, ...source }, target)
}

/** Pixels of a block go to their columns of a plane of whole rows. */
const putBlock = (
  pixels: Float32Array,
  { left, right, top, bottom }: Block,
  plane: Float32Array,
  width: number,
) => {
  const columns = right - left
  for (let row = 0; row < bottom - top; row++)
    plane.set(pixels.subarray(row * columns, (row + 1) * columns), row * width + left)
}

/**
 * Pixels of a block of the grid, into a plane that holds its rows as a whole: read, calibrated and, where the frame lies otherwise,
 * resampled. The masters' rows must be ready.
 */
export const makeBlock = async (
  room: StripRoom,
  onGrid: FrameOnGrid,
  block: Block,
  masters: MasterRows,
  plane: Float32Array,
): Promise<void> => {
  const { width } = onGrid
  const { left, right, top, bottom } = block
  const source = findSourceRows(onGrid, block)
  await room.compute.arena.scope(async () => {
    const { arena } = room.compute
    const whole = left === 0 && right === width
    const made = whole ? plane : arena.float32((right - left) * (bottom - top))
    if (source === null) made.fill(Number.NaN)
    else {
      const { frame } = onGrid
      const { map } = frame
      const own = gridOf(frame)
      const height = source.bottom - source.top
      if (map === null) return makeSource(room, frame, source, masters, plane)
      const calibrated = arena.float32(own.width * height)
      await makeSource(room, frame, source, masters, calibrated)
      const params = {
        map,
        // A frame that is looked at as one picture has no drops.
        method: onGrid.interpolation === 'drizzle' ? 'exact' : onGrid.interpolation,
        clamp: onGrid.clamp ?? null,
        source: { left: 0, top: source.top, width: own.width, height },
        target: { left, top, width: right - left, height: bottom - top },
      }
      await resampleBlock(room, params, calibrated, made)
    }
    if (!whole) putBlock(made, block, plane, width)
  })
}
