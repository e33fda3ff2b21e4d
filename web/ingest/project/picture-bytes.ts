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

/** Extensions after the picture itself, in the order of the store; those of a stack are missing in masters. */
const EXTENSIONS = ['UNCERT', 'COVERAGE', 'REJECTED']

/**
 * What the store holds of a master or a stack (planes of little-endian f32: the picture, its uncertainty, and what a stack counts), out of
 * the FITS file that was made of it.
 */
export const restorePictureBytes = (
  fits: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer> => {
  const hdus = listHdus(fits)
  const first = hdus.find((hdu) => hdu.index === 0 && isPlane(hdu, width, height))
  const planes = EXTENSIONS.flatMap(
    (name) =>
      hdus.find((hdu) => (hdu.name ?? '').toUpperCase().startsWith(name) && isPlane(hdu, width, height)) ??
      [],
  )
  if (first === undefined || planes[0]?.name?.toUpperCase().startsWith('UNCERT') !== true)
    throw new AsterismError(
      'bad-archive',
      'This picture does not hold the two planes (value and uncertainty) that it should.',
    )
  const length = width * height * 4
  const bytes = new Uint8Array((1 + planes.length) * length)
  for (const [index, hdu] of [first, ...planes].entries())
    swapWords(
      fits.subarray(hdu.dataOffset, hdu.dataOffset + length),
      bytes.subarray(index * length, (index + 1) * length),
    )
  return bytes
}
