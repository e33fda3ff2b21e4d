/**
 * A plane of pixels: row-major, row 0 first as it stands in the file, index = y * width + x.
 * The centre of the first pixel is (0, 0). A pixel without a value is NaN.
 */
export interface Image {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

export const createImage = (width: number, height: number): Image => ({
  width,
  height,
  data: new Float32Array(width * height),
})

/** Pixel position, 0-based, x along NAXIS1. */
export interface Point {
  readonly x: number
  readonly y: number
}
