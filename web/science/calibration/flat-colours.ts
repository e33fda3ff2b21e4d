import type { BayerPattern } from '../../core/colour-channel'
import { divideByLevel, LEAST_FLAT } from './scale-flat'

/** Levels of red, green and blue. */
export type ColourLevels = Readonly<Record<'R' | 'G' | 'B', number>>

/** Rows of a mosaic: `pattern` is that of pixel (0, 0) of the frame, of which the first pixel of `data` is (left, top). */
export interface MosaicRows {
  readonly data: Float32Array
  readonly width: number
  readonly left: number
  readonly top: number
  readonly pattern: BayerPattern
}

const letterAt = (
  { pattern, left, top }: Pick<MosaicRows, 'pattern' | 'left' | 'top'>,
  x: number,
  y: number,
) => pattern[2 * ((y + top) & 1) + ((x + left) & 1)] as keyof ColourLevels

/** The pixels of one colour, in the order in which they lie. */
export const takeColour = (rows: MosaicRows, letter: keyof ColourLevels): Float32Array => {
  const { data, width } = rows
  const taken = new Float32Array(data.length)
  let count = 0
  for (let y = 0; y * width < data.length; y++) {
    for (let x = 0; x < width; x++) if (letterAt(rows, x, y) === letter) taken[count++] = data[y * width + x]!
  }
  return taken.slice(0, count)
}

/**
 * A flat of a camera with a colour mask over the level of each colour, in place, so that the response of every colour is 1 and counts of every colour
 * stay what they are: over one level for all, a colour that the lamp has much of would lose counts, and its errors would be too large. Rules
 * as in `divideByLevel`; this is what other programs call to equalise the colour filter array. Gives the number of pixels without response.
 */
export const divideByColourLevels = (
  rows: MosaicRows,
  uncertainty: Float32Array | null,
  levels: ColourLevels,
): number => {
  const { data, width } = rows
  let without = 0
  const cell = [0, 1].map((y) => [0, 1].map((x) => levels[letterAt(rows, x, y)]))
  for (let y = 0; y * width < data.length; y++) {
    const [even = NaN, odd = NaN] = cell[y & 1] ?? []
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const level = (x & 1) === 0 ? even : odd
      const response = data[at]! / level
      const usable = response > LEAST_FLAT && Number.isFinite(response)
      if (!usable) without++
      data[at] = usable ? response : Number.NaN
      if (uncertainty !== null) uncertainty[at] = usable ? uncertainty[at]! / level : Number.NaN
    }
  }
  return without
}

/** By one level for all pixels, or by those of their colours. */
export const divideFlat = (
  rows: Omit<MosaicRows, 'pattern'>,
  uncertainty: Float32Array | null,
  by: number | { readonly pattern: BayerPattern; readonly levels: ColourLevels },
): number =>
  typeof by === 'number'
    ? divideByLevel(rows.data, uncertainty, by)
    : divideByColourLevels({ ...rows, pattern: by.pattern }, uncertainty, by.levels)
