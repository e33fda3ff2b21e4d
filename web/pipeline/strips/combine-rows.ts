import { throwIfAborted } from '../../core/task'
import { combineCalibratedStrip } from './combine-calibrated-strip'
import { combineDrizzledStrip } from './combine-drizzled-strip'
import { mastersOf, rowsWithin, type CombinedPlanes, type CombineJob, type Rows } from './combine-job'
import { canCombineRaw, combineRawStrip } from './combine-raw-strip'
import { combineResampledStrip } from './combine-resampled-strip'
import { letMessagesIn } from './let-messages-in'
import { heldRowBytes } from './raw-rows'
import type { StripRoom } from './strip-room'

/** More than this in one strip gains nothing, and a wish to stop waits the longer. */
const STRIP_BYTES = 24 * 1024 * 1024

/** Bytes in memory for each row of the picture: raw rows and calibrated rows of all frames, masters, the result. */
const bytesPerRow = ({ frames, width, drizzle }: CombineJob): number => {
  const raw = frames.reduce((sum, recipe) => sum + heldRowBytes(recipe), 0)
  const masters = mastersOf({ frames }).length
  // Drops have planes of their own, and their sums are in f64.
  const drops = drizzle === undefined ? 0 : (frames.length + 4) * width * 4
  return raw + drops + (frames.length + masters + 5) * width * 4
}

/** Rows as they come out, in lent memory: to be used before the next are asked for. */
export interface CombinedStrip {
  readonly top: number
  readonly data: Float32Array
  readonly uncertainty: Float32Array
  /** Frames that showed each pixel, and those whose value was rejected, where the job counts them. */
  readonly coverage?: Float32Array | undefined
  readonly rejected?: Float32Array | undefined
}

/** Combines rows of all frames, strip by strip, each handed over as it is made. Gives the number of values that went in and, where they are counted, of those that were there and of pixels that one frame alone shows. */
export const combineRows = async (
  room: StripRoom,
  job: CombineJob,
  { top, bottom }: Rows,
  handOver: (strip: CombinedStrip) => Promise<void>,
): Promise<{ readonly kept: number; readonly covered: number; readonly alone: number }> => {
  const step = rowsWithin(Math.min(STRIP_BYTES, room.budget / 2), bytesPerRow(job))
  let [kept, covered, alone] = [0, 0, 0]
  for (let from = top; from < bottom; from += step) {
    throwIfAborted(room.task)
    const rows = { top: from, bottom: Math.min(bottom, from + step) }
    await room.compute.arena.scope(async () => {
      const { count, coverage, rejected: found, ...strip } = await combineStrip(room, job, rows)
      kept += sumOf(count)
      const rejected = found ?? (coverage === undefined ? undefined : countRejected(coverage, count))
      alone += rejected === undefined ? 0 : countAlone(count, rejected)
      covered += rejected === undefined ? 0 : sumOf(count) + sumOf(rejected)
      await handOver({ top: from, ...strip, coverage, rejected })
    })
    room.task.report({ label: 'combine', done: rows.bottom - top, total: bottom - top })
    await letMessagesIn()
  }
  return { kept, covered, alone }
}

const countAlone = (count: Uint16Array, rejected: Float32Array): number => {
  let pixels = 0
  for (let i = 0; i < count.length; i++) if (count[i] === 1 && rejected[i] === 0) pixels++
  return pixels
}

const countRejected = (coverage: Float32Array, count: Uint16Array): Float32Array => {
  const rejected = new Float32Array(coverage.length)
  for (let i = 0; i < rejected.length; i++) rejected[i] = coverage[i]! - count[i]!
  return rejected
}

const sumOf = (counts: Uint16Array | Float32Array): number => {
  let sum = 0
  for (let i = 0; i < counts.length; i++) sum += counts[i]!
  return sum
}

const combineStrip = async (room: StripRoom, job: CombineJob, rows: Rows): Promise<CombinedPlanes> => {
  const { arena } = room.compute
  const length = job.width * (rows.bottom - rows.top)
  const made = {
    data: arena.float32(length),
    uncertainty: arena.float32(length),
    count: arena.uint16(length),
    coverage: job.counts === true ? arena.float32(length) : undefined,
    rejected: job.drizzle === undefined ? undefined : arena.float32(length),
  }
  if (job.drizzle !== undefined) await combineDrizzledStrip(room, job, rows, made)
  else if (canCombineRaw(job)) await combineRawStrip(room, job, rows, made)
  else if (job.slopes === undefined && job.frames.every(({ map }) => map === null))
    await combineCalibratedStrip(room, job, rows, made)
  else await combineResampledStrip(room, job, rows, made)
  return made
}
