import type { StoredImage } from './encode-pixels'
import type { TileCodecToWrite } from './encode-tiles'
import { hasPixels, listHdus, type Hdu } from './list-hdus'
import { padBlock } from './assemble-hdu'
import { readScaling } from './read-image'
import { writeFits, type HduToWrite } from './write-fits'
import type { ImageHdu } from './write-image'

/**
 * What packs these pixels as wished; null where nothing that other programs read can. Rice takes whole numbers without loss and
 * single-precision floats in steps of a fraction of their noise; doubles are packed by gzip. 64-bit integers stay as they are.
 */
const chooseCodec = (bitpix: StoredImage['bitpix'], wish: 'rice' | 'gzip'): TileCodecToWrite | null => {
  if (bitpix === 64) return null
  if (wish === 'gzip' || bitpix === -64) return 'GZIP_2'
  return bitpix === -32 ? 'QUANTISED_RICE_1' : 'RICE_1'
}

/** An image packed as wished, with the same cards. */
export const compressImage = (hdu: ImageHdu, wish: 'rice' | 'gzip', wasPrimary: boolean): HduToWrite => {
  const codec = chooseCodec(hdu.image.bitpix, wish)
  return codec === null || hdu.image.axes.length === 0
    ? hdu
    : { ...hdu, kind: 'compressed', codec, wasPrimary }
}

const toStored = (bytes: Uint8Array, hdu: Hdu): StoredImage => ({
  ...readScaling(hdu),
  axes: hdu.axes,
  bytes: bytes.subarray(hdu.dataOffset, hdu.dataOffset + hdu.dataLength),
})

const copyHdu = (bytes: Uint8Array, hdu: Hdu): HduToWrite => {
  const end = hdu.dataOffset + padBlock(hdu.dataLength)
  const copy = bytes.slice(hdu.headerOffset, Math.min(end, bytes.length))
  const whole = new Uint8Array(end - hdu.headerOffset)
  whole.set(copy)
  return { kind: 'verbatim', bytes: whole, primary: hdu.index === 0 }
}

/** A file with its images packed; what is packed already, or is no image, goes out byte for byte. */
export const compressFits = (bytes: Uint8Array, wish: 'rice' | 'gzip'): Uint8Array<ArrayBuffer> =>
  writeFits(
    listHdus(bytes).map((hdu): HduToWrite => {
      if (hdu.kind !== 'image' || !hasPixels(hdu) || hdu.bitpix === 64) return copyHdu(bytes, hdu)
      const image: ImageHdu = { kind: 'image', image: toStored(bytes, hdu), header: hdu.header }
      return compressImage(image, wish, hdu.index === 0)
    }),
  )
