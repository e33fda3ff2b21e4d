/** A FITS file put together by hand: cards as they are given, padded to 80 characters, END and padding added unless told not to. */
export const makeHeader = (
  cards: readonly string[],
  options: { readonly end?: boolean; readonly pad?: boolean } = {},
): Uint8Array<ArrayBuffer> => {
  const records = options.end === false ? cards : [...cards, 'END']
  const text = records.map((card) => card.padEnd(80)).join('')
  const length = options.pad === false ? text.length : Math.ceil(text.length / 2880) * 2880
  const bytes = new Uint8Array(length).fill(0x20)
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}

export const imageCards = (bitpix: number, axes: readonly number[]): string[] => [
  'SIMPLE  =                    T',
  `BITPIX  = ${String(bitpix).padStart(20)}`,
  `NAXIS   = ${String(axes.length).padStart(20)}`,
  ...axes.map((axis, index) => `NAXIS${index + 1}  = ${String(axis).padStart(20)}`),
]

export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const output = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    output.set(part, offset)
    offset += part.length
  }
  return output
}

/** A small frame of 16-bit pixels with more cards. */
export const makeFrame = (more: readonly string[] = [], width = 4, height = 3): Uint8Array<ArrayBuffer> => {
  const data = new Uint8Array(2880)
  for (let index = 0; index < width * height; index++) data[2 * index + 1] = index
  return joinBytes(makeHeader([...imageCards(16, [width, height]), ...more]), data)
}
