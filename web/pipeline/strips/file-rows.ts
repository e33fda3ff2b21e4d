import type { ExposureRecord } from '../../core/frame'
import { createTileDecoder } from '../../compute/create-tile-decoder'
import { decodeFrameWith } from '../../science/fits'
import type { PixelScaling } from '../../science/fits'
import { decodeKernel } from '../../compute/kernels/decode'
import type { RowRange } from './row-range'
import type { StripRoom } from './strip-room'

/** Rows of an original: its bytes as they are stored, or pixels where it is stored compressed. */
export type RawRows =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly scaling: PixelScaling }
  | { readonly kind: 'pixels'; readonly data: Float32Array }

export const rowBytes = ({ pixels, width }: ExposureRecord): number => (width * Math.abs(pixels.bitpix)) / 8

/** Rows top to bottom (exclusive) of the file, read straight into `target` where they are stored as they are. */
export const readFileRows = async (
  { workspace, compute, task }: StripRoom,
  exposure: ExposureRecord,
  { top, bottom }: RowRange,
  target: Uint8Array<ArrayBuffer>,
): Promise<RawRows> => {
  const { pixels } = exposure
  if (pixels.compressed) {
    const file = await workspace.pixels.read(pixels.bytesId)
    const rows = { start: top, end: bottom }
    const lent = compute.arena.float32((bottom - top) * exposure.width)
    const decoder = createTileDecoder(compute, task)
    const { data } = await decodeFrameWith(decoder, file, exposure, { rows, target: lent })
    return { kind: 'pixels', data }
  }
  const bytes = target.subarray(0, (bottom - top) * rowBytes(exposure))
  await workspace.pixels.readInto(pixels.bytesId, pixels.dataOffset + top * rowBytes(exposure), bytes)
  return { kind: 'bytes', bytes, scaling: pixels }
}

/** Pixels of whole rows of the file, in lent memory. */
export const readFilePixels = async (
  room: StripRoom,
  exposure: ExposureRecord,
  rows: RowRange,
): Promise<Float32Array> => {
  const { arena } = room.compute
  const pixels = arena.float32((rows.bottom - rows.top) * exposure.width)
  await arena.scope(async () => {
    const raw = await readFileRows(
      room,
      exposure,
      rows,
      arena.uint8(rowBytes(exposure) * (rows.bottom - rows.top)),
    )
    if (raw.kind === 'pixels') pixels.set(raw.data)
    else await room.run(decodeKernel, raw.scaling, { bytes: raw.bytes }, { data: pixels })
  })
  return pixels
}

/** The rows with as many ADU less in every pixel; pixels are changed where they lie. */
export const lowerRows = (raw: RawRows, by: number): RawRows => {
  if (by === 0) return raw
  if (raw.kind === 'bytes') return { ...raw, scaling: { ...raw.scaling, bzero: raw.scaling.bzero - by } }
  for (let index = 0; index < raw.data.length; index++) raw.data[index]! -= by
  return raw
}
