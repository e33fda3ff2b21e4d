import { coloursOf, type ColourPlanes, type Mosaic } from './bayer'

/** Mean of the finite pixels of one colour in a square around a pixel, itself included; NaN where there is none. */
const meanOfColour = (
  { width, height, data }: Mosaic,
  colours: Uint8Array,
  at: { readonly x: number; readonly y: number; readonly colour: number },
  reach: number,
): number => {
  let sum = 0
  let count = 0
  for (let j = Math.max(0, at.y - reach); j <= Math.min(height - 1, at.y + reach); j++) {
    for (let i = Math.max(0, at.x - reach); i <= Math.min(width - 1, at.x + reach); i++) {
      if (colours[2 * (j & 1) + (i & 1)] !== at.colour) continue
      const value = data[j * width + i]!
      if (value - value !== 0) continue
      sum += value
      count++
    }
  }
  return sum / count
}

/**
 * A colour at a pixel, by bilinear interpolation: its own value where the filter has that colour, else the mean of the pixels of that
 * colour among its eight neighbours (two, or four). At the edge of the frame, and where pixels have no value, the mean is of those
 * that are there; where there is none, of the 24 neighbours; NaN where there is none either.
 */
export const interpolateColour = (
  mosaic: Mosaic,
  colours: Uint8Array,
  x: number,
  y: number,
  colour: number,
): number => {
  const own = mosaic.data[y * mosaic.width + x]!
  if (colours[2 * (y & 1) + (x & 1)] === colour && own - own === 0) return own
  const near = meanOfColour(mosaic, colours, { x, y, colour }, 1)
  return near - near === 0 ? near : meanOfColour(mosaic, colours, { x, y, colour }, 2)
}

/** Three planes from a mosaic by bilinear interpolation. */
export const debayerBilinear = (mosaic: Mosaic): ColourPlanes => {
  const { width, height } = mosaic
  const colours = coloursOf(mosaic.pattern)
  const plane = (colour: number): Float32Array => {
    const made = new Float32Array(width * height)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) made[y * width + x] = interpolateColour(mosaic, colours, x, y, colour)
    return made
  }
  return [plane(0), plane(1), plane(2)]
}
