/** Colours of the first two pixels of the first two rows, as the camera gives them; row 0 is the first in the file. */
export const BAYER_PATTERNS = ['RGGB', 'BGGR', 'GRBG', 'GBRG'] as const

export type BayerPattern = (typeof BAYER_PATTERNS)[number]

const RED = 0
export const GREEN = 1
const BLUE = 2

/** The colour of each of the four places of a pattern, by 2 (y mod 2) + x mod 2. */
export const coloursOf = (pattern: BayerPattern): Uint8Array =>
  Uint8Array.from(pattern, (letter) => (letter === 'R' ? RED : letter === 'G' ? GREEN : BLUE))

/** One plane of pixels behind a colour filter mosaic. */
export interface Mosaic {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  readonly pattern: BayerPattern
}

/** Red, green and blue planes of the size of the mosaic. */
export type ColourPlanes = readonly [Float32Array, Float32Array, Float32Array]
