import {
  encodePixels,
  hasPixels,
  hasTable,
  listHdus,
  readPixelValues,
  readScaling,
  readTable,
  restoreImageHeader,
  writeFits,
  type Hdu,
  type HduToWrite,
} from '../../web/science/fits'

/** Type of values and what it is stored as. */
const STORED = {
  uint8: [8, true],
  int8: [8, false],
  uint16: [16, true],
  int16: [16, false],
  uint32: [32, true],
  int32: [32, false],
  uint64: [64, true],
  int64: [64, false],
  float32: [-32, false],
  float64: [-64, false],
} as const

const rewriteImage = (bytes: Uint8Array, hdu: Hdu): HduToWrite => {
  const header = restoreImageHeader(hdu)
  const scaling = readScaling(hdu)
  if (!hasPixels(hdu))
    return { kind: 'image', header, image: { ...scaling, axes: hdu.axes, bytes: new Uint8Array(0) } }
  const scaled =
    hdu.bitpix < 0
      ? scaling.bzero !== 0 || scaling.bscale !== 1
      : scaling.bscale !== 1 || scaling.blank !== null
  // Scaled whole numbers keep what is stored and how it is to be read; everything else goes through its values.
  if (scaled && hdu.kind === 'image') {
    const stored = bytes.subarray(hdu.dataOffset, hdu.dataOffset + hdu.dataLength)
    return { kind: 'image', header, image: { ...scaling, axes: hdu.axes, bytes: stored } }
  }
  const { type, data } = readPixelValues(bytes, hdu)
  const [bitpix, unsigned] = STORED[type]
  return { kind: 'image', header, image: encodePixels({ axes: hdu.axes, data, bitpix, unsigned }) }
}

/** A file read by our reader and written by our writer, HDU by HDU. */
export const rewriteFits = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  writeFits(
    listHdus(bytes).map((hdu): HduToWrite => {
      if (hasTable(hdu)) return { kind: 'table', table: readTable(bytes, hdu), header: hdu.header }
      return rewriteImage(bytes, hdu)
    }),
  )
