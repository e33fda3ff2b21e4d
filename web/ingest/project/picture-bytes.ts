import { AsterismError } from '../../core/errors'
import { listHdus, type Hdu } from '../../science/fits'

/** Copies 32-bit words and turns each round: FITS is big-endian, the store little-endian. Words, not numbers, so that a NaN keeps its bits. */
const swapWords = (from: Uint8Array, into: Uint8Array): void => {
  const source = new DataView(from.buffer, from.byteOffset, from.byteLength)
  const target = new DataView(into.buffer, into.byteOffset, into.byteLength)
  for (let at = 0; at < into.length; at += 4) target.setUint32(at, source.getUint32(at), true)
}

const isPlane = (hdu: Hdu, width: number, height: number): boolean =>
  hdu.kind === 'image' &&
  hdu.bitpix === -32 &&
  hdu.axes.length === 2 &&
  hdu.axes[0] === width &&
  hdu.axes[1] === height

/**
 * What the store holds of a master or a stack (two planes of little-endian f32: the picture, then its uncertainty), out of the FITS file
 * that was made of it.
 */
export const restorePictureBytes = (
  fits: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer> => {
  const hdus = listHdus(fits)
  const first = hdus.find((hdu) => hdu.index === 0 && isPlane(hdu, width, height))
  const second = hdus.find(
    (hdu) => (hdu.name ?? '').toUpperCase().startsWith('UNCERT') && isPlane(hdu, width, height),
  )
  if (first === undefined || second === undefined)
    throw new AsterismError(
      'bad-archive',
      'This picture does not hold the two planes (value and uncertainty) that it should.',
    )
  const length = width * height * 4
  const bytes = new Uint8Array(2 * length)
  for (const [index, hdu] of [first, second].entries())
    swapWords(
      fits.subarray(hdu.dataOffset, hdu.dataOffset + length),
      bytes.subarray(index * length, (index + 1) * length),
    )
  return bytes
}
