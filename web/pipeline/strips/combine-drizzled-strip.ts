import { drizzleKernel } from '../../compute/kernels/drizzle'
import type { PixelMap } from '../../core/pixel-map'
import { combineDrizzled } from '../../science/calibration/combine-drizzled'
import { addSlopes } from './add-slopes'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import { gridOf } from './frame-recipe'
import { findSourceRows, makeSource, type Block, type FrameOnGrid } from './make-rows'
import { createMasterRows, prepareMasters, type MasterRows } from './master-rows'
import { settleSingleErrors } from './single-frame-errors'
import { splitBlock } from './split-block'
import type { StripRoom } from './strip-room'

interface Drop {
  readonly onGrid: FrameOnGrid
  readonly inverse: PixelMap
  readonly pixfrac: number
}

/** Drops of one frame on a block, into planes of whole rows: value, and how much of drops fell. */
const drizzleBlock = async (
  room: StripRoom,
  { onGrid, inverse, pixfrac }: Drop,
  block: Block,
  masters: MasterRows,
  { plane, fell }: { readonly plane: Float32Array; readonly fell: Float32Array },
): Promise<void> => {
  const { left, right, top, bottom } = block
  const target = { left, top, width: right - left, height: bottom - top }
  const source = findSourceRows(onGrid, block)
  if (source === null) {
    for (let row = 0; row < target.height; row++) {
      plane.fill(Number.NaN, row * onGrid.width + left, row * onGrid.width + right)
      fell.fill(0, row * onGrid.width + left, row * onGrid.width + right)
    }
    return
  }
  await room.compute.arena.scope(async () => {
    const { arena } = room.compute
    const own = gridOf(onGrid.frame)
    const data = arena.float32(own.width * (source.bottom - source.top))
    await makeSource(room, onGrid.frame, source, masters, data)
    const size = target.width * target.height
    const drops = { flux: arena.float64(size), weight: arena.float64(size) }
    const params = {
      map: inverse,
      source: { left: 0, top: source.top, width: own.width, height: source.bottom - source.top },
      target,
      pixfrac,
      per: 'target-pixel',
      weight: 1,
    } as const
    await room.run(drizzleKernel, params, { data }, drops)
    for (let row = 0, from = 0; row < target.height; row++)
      for (let column = 0; column < target.width; column++, from++) {
        const to = row * onGrid.width + left + column
        fell[to] = drops.weight[from]!
        plane[to] = drops.flux[from]! / drops.weight[from]!
      }
  })
}

/** Frames whose pixels fall as drops on the grid, each frame's on planes of its own so that what does not fit the others can be rejected. */
export const combineDrizzledStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { width, interpolation, drizzle, params } = job
  if (drizzle === undefined) return
  const { arena } = room.compute
  const frames = job.frames.map((frame) => ({ frame, width, interpolation }))
  const size = width * (rows.bottom - rows.top)
  const planes = arena.planes(frames.length, size)
  const drops = arena.planes(frames.length, size)
  for (const [index, onGrid] of frames.entries())
    for (const block of splitBlock([onGrid], { left: 0, right: width, ...rows }, room.budget / 2))
      await arena.scope(async () => {
        const source = findSourceRows(onGrid, block)
        const masters = createMasterRows(room)
        if (source !== null) await prepareMasters(masters, [onGrid.frame], source)
        const drop = { onGrid, inverse: drizzle.inverses[index]!, pixfrac: drizzle.pixfrac }
        await drizzleBlock(room, drop, block, masters, { plane: planes[index]!, fell: drops[index]! })
      })
  if (job.slopes !== undefined) addSlopes(planes, job, rows)
  const { combine, ...rest } = params
  const method = combine.method === 'sum' ? 'sum' : 'mean'
  const coverage = output.coverage ?? new Float32Array(size)
  const rejected = output.rejected ?? new Float32Array(size)
  combineDrizzled(
    { planes, drops, combine: { ...combine, method }, ...rest, areas: drizzle.areas },
    { ...output, coverage, rejected },
  )
  await settleSingleErrors(room, job, rows, planes, { ...output, coverage, rejected })
}
