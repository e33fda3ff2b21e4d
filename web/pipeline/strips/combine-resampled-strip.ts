import { combineKernel } from '../../compute/kernels/combine'
import { mastersOf, type CombinedPlanes, type CombineJob, type Rows } from './combine-job'
import { findSourceRows, makeRows } from './make-rows'
import { createMasterRows } from './master-rows'
import type { StripRoom } from './strip-room'

/** Frames of a drifting series: each is calibrated and laid on the wanted grid, then all are combined. */
export const combineResampledStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { frames, width, params, interpolation } = job
  const sources = frames.map((frame) => findSourceRows({ frame, width, interpolation }, rows))
  const known = sources.filter((source) => source !== null)
  const masters = createMasterRows(room)
  if (known.length > 0) {
    const all = {
      top: Math.min(...known.map(({ top }) => top)),
      bottom: Math.max(...known.map(({ bottom }) => bottom)),
    }
    for (const master of mastersOf(job)) await masters.prepare(master, all)
  }
  const planes = room.compute.arena.planes(frames.length, width * (rows.bottom - rows.top))
  for (const [index, frame] of frames.entries())
    await makeRows(room, { frame, width, interpolation }, rows, masters, planes[index]!)
  await room.run(combineKernel, params, { planes }, output)
}
