import { AsterismError } from '../../core/errors'

/** So many pixels may be claimed whatever the bytes: a plane of 2048 x 2048 in which nothing is. */
const FREE_PIXELS = 2 ** 22
/** The best that a codec does on real images: empty rows of sixteen lines by HCOMPRESS are 3000 pixels for each byte, gzip gives 1032. */
const PIXELS_PER_BYTE = 4096

/**
 * Refuses a compressed image that claims far more pixels than its bytes can unpack to, before anything is allocated: at most
 * 4 194 304 + 4096 for each byte of the data unit.
 */
export const refuseExpansion = (pixels: number, bytes: number): void => {
  const limit = FREE_PIXELS + PIXELS_PER_BYTE * bytes
  if (pixels <= limit) return
  throw new AsterismError(
    'too-large',
    `The compressed image claims ${pixels.toLocaleString('en-US')} pixels in ${bytes.toLocaleString('en-US')} bytes, which no packing gives. ` +
      'The header is damaged or forged: fetch or copy the file again.',
    { pixels, bytes, limit },
  )
}
