import { combineKernel } from '../../compute/kernels/combine'
import { calibrateRows } from './calibrate-rows'
import { countFrames } from './count-frames'
import { rowsWithin, type CombinedPlanes, type CombineJob, type Rows } from './combine-job'
import { createMasterRows, prepareMasters } from './master-rows'
import { correctedSize } from '../../core/raw-correction'
import { findPixelRows } from './frame-recipe'
import { rowBytes, type RawRows } from './file-rows'
import { readStrips } from './raw-rows'
import { settleSingleErrors } from './single-frame-errors'
import type { StripRoom } from './strip-room'

/** Planes of a block that is combined at once: they should be in the cache when the combining begins. */
const BLOCK_BYTES = 1024 * 1024

const sliceOf = (
  strip: RawRows,
  { top: from, bottom: to }: Rows,
  perRow: { bytes: number; pixels: number },
): RawRows =>
  strip.kind === 'bytes'
    ? { ...strip, bytes: strip.bytes.subarray(from * perRow.bytes, to * perRow.bytes) }
    : { ...strip, data: strip.data.subarray(from * perRow.pixels, to * perRow.pixels) }

/** Frames on their own grid: block by block, calibrated planes go into the combining while they are in the cache. */
export const combineCalibratedStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { frames, width, params } = job
  const masters = createMasterRows(room)
  await prepareMasters(masters, frames, rows)
  const strips = await readStrips(room, frames, rows)
  const step = rowsWithin(BLOCK_BYTES, frames.length * width * 4)
  for (let top = rows.top; top < rows.bottom; top += step) {
    const bottom = Math.min(rows.bottom, top + step)
    const [from, to] = [top - rows.top, bottom - rows.top]
    await room.compute.arena.scope(async () => {
      const planes = room.compute.arena.planes(frames.length, (to - from) * width)
      for (const [index, frame] of frames.entries()) {
        const perRow = {
          bytes: rowBytes(frame.exposure),
          pixels: correctedSize(frame.exposure, frame.raw).width,
        }
        const pixelRows = findPixelRows(frame, { top: from, bottom: to })
        const raw = sliceOf(strips[index]!, pixelRows, perRow)
        const gain = params.scales?.[index] ?? 1
        await calibrateRows(room, frame, raw, { masters, top, bottom, gain }, planes[index]!)
      }
      const block = {
        data: output.data.subarray(from * width, to * width),
        uncertainty: output.uncertainty.subarray(from * width, to * width),
        count: output.count.subarray(from * width, to * width),
        coverage: output.coverage?.subarray(from * width, to * width),
      }
      // The scales are in the planes already.
      await room.run(combineKernel, { ...params, scales: undefined }, { planes }, block)
      countFrames(planes, block)
      await settleSingleErrors(room, job, { top, bottom }, planes, block)
    })
  }
}
