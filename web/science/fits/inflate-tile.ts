import { gunzipSync } from 'fflate'

/** Marks, flags and times before the deflated data of gzip, and checksum and length after them. */
const LEAST_GZIP = 18

/**
 * What a gzip stream of a tile holds, or null where it is damaged or claims more than `most` bytes. Memory is taken for what the last
 * four bytes claim, so the claim is checked first; data that inflates to more than its claim is cut there.
 */
export const inflateTile = (source: Uint8Array, most: number): Uint8Array | null => {
  if (source.length < LEAST_GZIP) return null
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const claimed = view.getUint32(source.length - 4, true)
  if (claimed > most) return null
  try {
    const inflated = gunzipSync(source)
    return inflated.length === claimed ? inflated : null
  } catch {
    return null
  }
}

/**
 * Undoes the shuffle of GZIP_2: the first bytes of all values, then the second ones, and so on (FITS standard 10.4.2). What does not hold
 * whole values of `count` pixels comes back as it is, to be refused by its length.
 */
export const unshuffle = (source: Uint8Array, count: number): Uint8Array => {
  const size = source.length / count
  if (!Number.isInteger(size)) return source
  const output = new Uint8Array(source.length)
  for (let byte = 0; byte < size; byte++) {
    for (let index = 0; index < count; index++) output[index * size + byte] = source[byte * count + index]!
  }
  return output
}
