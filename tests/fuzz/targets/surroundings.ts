import type { Hdu } from '../../../web/science/fits'

/** The same file with everything outside one HDU changed: what is read of that HDU has to stay as it is. */
export const changeSurroundings = (
  input: Uint8Array,
  { headerOffset, dataOffset, dataLength }: Hdu,
): Uint8Array => {
  const changed = new Uint8Array(input.length)
  for (let index = 0; index < input.length; index++) changed[index] = input[index]! ^ 0xa5
  changed.set(input.subarray(headerOffset, dataOffset + dataLength), headerOffset)
  return changed
}
