import { AsterismError } from '../../core/errors'
import type { ExposureRecord, PixelLocation } from '../../core/frame'
import {
  encodePixels,
  listHdus,
  planeCards,
  readPixelValues,
  writeFits,
  type PixelValues,
} from '../../science/fits'
import type { Workspace } from '../../storage/workspace'

/** What keeps values of this type without rounding. */
const BITS: Readonly<Record<PixelValues['type'], PixelLocation['bitpix']>> = {
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
  float32: -32,
  float64: -64,
}

/** One plane of a cube as a FITS file: its stored values as they are, with the cube's cards. */
export const exportPlaneFits = async (
  workspace: Workspace,
  { id, width, height, pixels, plane }: ExposureRecord & Required<Pick<ExposureRecord, 'plane'>>,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { cards = [] } = (await workspace.headers.get(plane.cube)) ?? {}
  const header = planeCards(cards, plane.number - 1, plane.of)
  const axes = [width, height]
  const { bitpix, bscale, bzero, blank } = pixels
  if (!pixels.compressed) {
    const bytes = new Uint8Array(pixels.dataLength)
    await workspace.pixels.readInto(pixels.bytesId, pixels.dataOffset, bytes)
    return writeFits([{ kind: 'image', image: { axes, bitpix, bytes, bscale, bzero, blank }, header }])
  }
  const file = await workspace.pixels.read(pixels.bytesId)
  const hdu = listHdus(file)[pixels.hdu]
  if (hdu === undefined)
    throw new AsterismError('not-found', 'The file of this plane has changed.', { frame: id })
  const { type, data } = readPixelValues(file, hdu)
  const size = width * height
  const values = data.subarray((plane.number - 1) * size, plane.number * size)
  const unsigned = type.startsWith('u')
  return writeFits([
    { kind: 'image', image: encodePixels({ axes, data: values, bitpix: BITS[type], unsigned }), header },
  ])
}
