/**
 * Every file ends with a record of 16 bytes that is written last: 'ASTERISM' and the number of bytes before it,
 * little-endian u64. A file that a killed tab or a full disk cut short has no such end and does not count as there.
 */
export const TRAILER_BYTES = 16

const MARK = new TextEncoder().encode('ASTERISM')

export const makeTrailer = (length: number): Uint8Array<ArrayBuffer> => {
  const trailer = new Uint8Array(TRAILER_BYTES)
  trailer.set(MARK)
  new DataView(trailer.buffer).setBigUint64(MARK.length, BigInt(length), true)
  return trailer
}

/** True when the last 16 bytes of a file of this size say that all before them was written. */
export const isWhole = (trailer: Uint8Array<ArrayBuffer>, fileSize: number): boolean => {
  if (trailer.length !== TRAILER_BYTES || fileSize < TRAILER_BYTES) return false
  if (!MARK.every((byte, index) => trailer[index] === byte)) return false
  const length = new DataView(trailer.buffer, trailer.byteOffset).getBigUint64(MARK.length, true)
  return length === BigInt(fileSize - TRAILER_BYTES)
}
