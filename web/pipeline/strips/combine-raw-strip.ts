import { combineRawKernel } from '../../compute/kernels/combine-raw'
import { calibrateRows } from './calibrate-rows'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import type { FrameRecipe } from './frame-recipe'
import { createMasterRows, prepareMasters } from './master-rows'
import type { RawRows } from './file-rows'
import { readStrips } from './raw-rows'
import type { StripRoom } from './strip-room'

/** What is taken off every frame alike, and can as well be taken off the result. */
const offsetsOf = ({ bias, dark, darkFactor, pedestal }: FrameRecipe): string =>
  JSON.stringify([bias?.id, dark?.id, dark === null ? null : darkFactor, pedestal])

/**
 * 16-bit frames of one scaling are combined straight from their bytes, where nothing is done to them but to take off one and the same
 * bias and dark: to take a number off all values of a pixel changes neither which of them are rejected nor their scatter, and
 * is done once, to the result.
 */
export const canCombineRaw = ({ frames, params, counts = false, noises }: CombineJob): boolean => {
  const [first] = frames
  if (first === undefined || params.scales !== undefined || params.offsets !== undefined) return false
  if (params.weights !== undefined || params.combine.method === 'sum') return false
  const { bitpix, bzero, bscale, blank } = first.exposure.pixels
  // Pixels without a value are seen once they are decoded, and so is whose value it is that stands alone.
  if ((counts && blank !== null) || noises !== undefined) return false
  return frames.every((frame) => {
    const { pixels } = frame.exposure
    return (
      frame.raw === null &&
      frame.channel === null &&
      frame.gain === 1 &&
      frame.flat === null &&
      frame.map === null &&
      frame.badPixels === null &&
      frame.sky === null &&
      frame.patch === null &&
      offsetsOf(frame) === offsetsOf(first) &&
      !pixels.compressed &&
      pixels.bitpix === 16 &&
      pixels.bitpix === bitpix &&
      pixels.bzero === bzero &&
      pixels.bscale === bscale &&
      pixels.blank === blank
    )
  })
}

export const combineRawStrip = async (
  room: StripRoom,
  job: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const { frames, params } = job
  const strips = await readStrips(room, frames, rows)
  const planes = strips.flatMap((strip) => (strip.kind === 'bytes' ? [strip.bytes] : []))
  const { combine } = params
  const first = frames[0]!
  await room.run(combineRawKernel, { combine, scaling: first.exposure.pixels }, { planes }, output)
  output.coverage?.fill(frames.length)
  if (first.bias === null && first.dark === null && first.pedestal === 0) return
  const masters = createMasterRows(room)
  await prepareMasters(masters, [first], rows)
  const combined: RawRows = { kind: 'pixels', data: output.data }
  await calibrateRows(room, first, combined, { masters, ...rows }, output.data)
}
