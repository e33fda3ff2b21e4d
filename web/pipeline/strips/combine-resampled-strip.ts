import { combineKernel } from '../../compute/kernels/combine'
import { addSlopes } from './add-slopes'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import { countFrames } from './count-frames'
import { findSourceRows, makeBlock } from './make-rows'
import { createMasterRows, prepareMasters } from './master-rows'
import { settleSingleErrors } from './single-frame-errors'
import { joinRows, splitBlock } from './split-block'
import type { StripRoom } from './strip-room'

/** Frames of a drifting series: each is calibrated and laid on the wanted grid, block by block, then all are combined. */
export const combineResampledStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { width, params, interpolation, clamp } = job
  const { arena } = room.compute
  const frames = job.frames.map((frame) => ({ frame, width, interpolation, clamp }))
  const planes = arena.planes(frames.length, width * (rows.bottom - rows.top))
  for (const block of splitBlock(frames, { left: 0, right: width, ...rows }, room.budget / 2)) {
    await arena.scope(async () => {
      const source = joinRows(frames.map((onGrid) => findSourceRows(onGrid, block)))
      const masters = createMasterRows(room)
      if (source !== null) await prepareMasters(masters, job.frames, source)
      for (const [index, onGrid] of frames.entries())
        await makeBlock(room, onGrid, block, masters, planes[index]!)
    })
  }
  if (job.slopes !== undefined) addSlopes(planes, job, rows)
  await room.run(combineKernel, params, { planes }, output)
  countFrames(planes, output)
  await settleSingleErrors(room, job, rows, planes, output)
}
