import type { ExposureRecord } from '../../core/frame'
import { createTileDecoder } from '../../compute/create-tile-decoder'
import { decodeFrameWith } from '../../science/fits'
import type { PixelScaling } from '../../science/fits'
import type { StripRoom } from './strip-room'

/** Rows of an original: its bytes as they are stored, or pixels where it is stored compressed. */
export type RawRows =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly scaling: PixelScaling }
  | { readonly kind: 'pixels'; readonly data: Float32Array }

export const rowBytes = ({ pixels, width }: ExposureRecord): number => (width * Math.abs(pixels.bitpix)) / 8

/** Rows top to bottom (exclusive), read straight into `target` where they are stored as they are. */
export const readRawRows = async (
  { workspace, compute, task }: StripRoom,
  exposure: ExposureRecord,
  { top, bottom }: { readonly top: number; readonly bottom: number },
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

/** The rows with as many ADU less in every pixel; pixels are changed where they lie. */
export const lowerRows = (raw: RawRows, by: number): RawRows => {
  if (by === 0) return raw
  if (raw.kind === 'bytes') return { ...raw, scaling: { ...raw.scaling, bzero: raw.scaling.bzero - by } }
  for (let index = 0; index < raw.data.length; index++) raw.data[index]! -= by
  return raw
}

/** The same rows of several originals, at one stride in lent memory: what the kernels take as they lie. */
export const readStrips = async (
  room: StripRoom,
  exposures: readonly ExposureRecord[],
  rows: { readonly top: number; readonly bottom: number },
): Promise<RawRows[]> => {
  const most = Math.max(...exposures.map(rowBytes))
  const planes = room.compute.arena.bytePlanes(exposures.length, most * (rows.bottom - rows.top))
  return Promise.all(exposures.map((exposure, index) => readRawRows(room, exposure, rows, planes[index]!)))
}
