import type { Image } from '../../core/image'

/** The middle one of the first `count` values, which are sorted in place; the lower of the two middle ones of an even count. */
export const lowerMedian = (values: Float32Array, count: number): number => {
  for (let i = 1; i < count; i++) {
    const value = values[i]!
    let j = i - 1
    while (j >= 0 && values[j]! > value) {
      values[j + 1] = values[j]!
      j--
    }
    values[j + 1] = value
  }
  return values[(count - 1) >> 1]!
}

/** Positions that are at least `half` pixels from every edge. */
const forInterior = (
  { width, height }: Image,
  half: number,
  visit: (index: number, x: number, y: number) => void,
): void => {
  for (let y = half; y < height - half; y++) {
    for (let x = half; x < width - half; x++) visit(y * width + x, x, y)
  }
}

/** Median in a square of 2 half + 1 pixels. Within `half` pixels of an edge the image itself. Values must not be NaN. */
const filterSquare = (image: Image, half: number): Float32Array => {
  const { width, data } = image
  const result = data.slice()
  const side = 2 * half + 1
  const window = new Float32Array(side * side)
  forInterior(image, half, (index) => {
    for (let row = 0; row < side; row++) {
      const from = index + (row - half) * width - half
      for (let column = 0; column < side; column++) window[row * side + column] = data[from + column]!
    }
    result[index] = lowerMedian(window, side * side)
  })
  return result
}

/**
 * Medians along the rows, and of those along the columns: close to the median in the square, and much less work. Within
 * `half` pixels of an edge the image itself, not its row medians.
 */
const filterSeparably = (image: Image, half: number): Float32Array => {
  const { width, height, data } = image
  const rows = data.slice()
  const result = data.slice()
  const side = 2 * half + 1
  const window = new Float32Array(side)
  for (let y = 0; y < height; y++) {
    for (let x = half; x < width - half; x++) {
      const from = y * width + x - half
      for (let k = 0; k < side; k++) window[k] = data[from + k]!
      rows[y * width + x] = lowerMedian(window, side)
    }
  }
  forInterior(image, half, (index) => {
    for (let k = 0; k < side; k++) window[k] = rows[index + (k - half) * width]!
    result[index] = lowerMedian(window, side)
  })
  return result
}

/** Half widths of the four median filters of L.A.Cosmic. */
export interface MedianWidths {
  /** Of the image, for the noise. */
  readonly noise: number
  /** Of the significance, for what is large in it. */
  readonly structure: number
  /** Of the image: points go, stars stay. */
  readonly points: number
  /** Of what is left then: stars go too. */
  readonly stars: number
}

/** 5, 5, 3 and 7 pixels as in the paper; a separable median takes two pixels more of each to smooth as much. */
export const medianWidths = (separable: boolean): MedianWidths =>
  separable
    ? { noise: 3, structure: 3, points: 2, stars: 4 }
    : { noise: 2, structure: 2, points: 1, stars: 3 }

export const filterMedian = (image: Image, half: number, separable: boolean): Float32Array =>
  separable ? filterSeparably(image, half) : filterSquare(image, half)
