import { combineKernel } from '../../compute/kernels/combine'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import { countFrames } from './count-frames'
import { findSourceRows, makeBlock } from './make-rows'
import { createMasterRows, prepareMasters } from './master-rows'
import { joinRows, splitBlock } from './split-block'
import type { StripRoom } from './strip-room'

/** Frames of a drifting series: each is calibrated and laid on the wanted grid, block by block, then all are combined. */
export const combineResampledStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { width, params, interpolation } = job
  const { arena } = room.compute
  const frames = job.frames.map((frame) => ({ frame, width, interpolation }))
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
  countFrames(planes, job, output)
}

/** Before the frames are scaled, so that what is added is what was wanted once they are. */
const addSlopes = (
  planes: readonly Float32Array[],
  { slopes = [], params, width, height = 0 }: CombineJob,
  { top, bottom }: Rows,
): void => {
  for (const [index, plane] of planes.entries()) {
    const slope = slopes[index]
    if (slope === undefined || (slope.x === 0 && slope.y === 0)) continue
    const scale = params.scales?.[index] ?? 1
    for (let y = top, at = 0; y < bottom; y++) {
      const start = slope.y * (y - (height - 1) / 2)
      for (let x = 0; x < width; x++, at++) plane[at]! += (start + slope.x * (x - (width - 1) / 2)) / scale
    }
  }
}
