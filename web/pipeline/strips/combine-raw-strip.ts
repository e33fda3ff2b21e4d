import { combineRawKernel } from '../../compute/kernels/combine-raw'
import type { CombinedPlanes, CombineJob, Rows } from './combine-job'
import { isRaw } from './frame-recipe'
import { readStrips } from './raw-rows'
import type { StripRoom } from './strip-room'

/** 16-bit frames as the camera wrote them, with nothing taken off, are combined straight from their bytes. */
export const canCombineRaw = ({ frames, params }: CombineJob): boolean => {
  const first = frames[0]?.exposure.pixels
  if (first === undefined || params.scales !== undefined || params.offsets !== undefined) return false
  if (params.weights !== undefined || first.bitpix !== 16) return false
  return frames.every((frame) => {
    const { bitpix, bzero, bscale, blank, compressed } = frame.exposure.pixels
    return (
      isRaw(frame) &&
      !compressed &&
      bitpix === first.bitpix &&
      bzero === first.bzero &&
      bscale === first.bscale &&
      blank === first.blank
    )
  })
}

export const combineRawStrip = async (
  room: StripRoom,
  { frames, params }: CombineJob,
  rows: Rows,
  output: CombinedPlanes,
): Promise<void> => {
  const strips = await readStrips(
    room,
    frames.map(({ exposure }) => exposure),
    rows,
  )
  const planes = strips.flatMap((strip) => (strip.kind === 'bytes' ? [strip.bytes] : []))
  const { combine } = params
  await room.run(combineRawKernel, { combine, scaling: frames[0]!.exposure.pixels }, { planes }, output)
}
