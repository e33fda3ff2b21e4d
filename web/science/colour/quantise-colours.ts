/** Whole numbers of 8 bits, cut off as astropy.visualization.make_lupton_rgb cuts them; values are 0 to 1. */
export const toBytes = (colours: Float32Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(colours.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = colours[at]! * 255
  return bytes
}

/** The nearest whole numbers of 16 bits; values are 0 to 1. */
export const toWords = (colours: Float32Array): Uint16Array<ArrayBuffer> => {
  const words = new Uint16Array(colours.length)
  for (let at = 0; at < words.length; at++) words[at] = colours[at]! * 65535 + 0.5
  return words
}
