import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Image } from '../../web/core/image'
import { decodeHdu, hasPixels, listHdus } from '../../web/science/fits'

/** The first image of a gzipped FITS file. */
export const readGzippedImage = (path: string): Image => {
  const bytes = new Uint8Array(gunzipSync(readFileSync(path)))
  const hdu = listHdus(bytes).find(hasPixels)
  if (hdu === undefined) throw new Error(`${path} holds no image`)
  return { width: hdu.axes[0] ?? 0, height: hdu.axes[1] ?? 0, data: decodeHdu(bytes, hdu) }
}
