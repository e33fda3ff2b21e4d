export const COLOUR_CHANNELS = ['red', 'green', 'blue'] as const

/** The pixels of one colour behind a mask of colour filters; a picture of them has half the width and height. */
export type ColourChannel = (typeof COLOUR_CHANNELS)[number]

/** Places within a cell of two by two pixels: [column, row], each 0 or 1. */
export type CellPlace = readonly [column: number, row: number]

export type BayerPattern = 'RGGB' | 'BGGR' | 'GRBG' | 'GBRG'

const LETTERS: Record<ColourChannel, string> = { red: 'R', green: 'G', blue: 'B' }

/** Where the pixels of a colour lie in each cell, for a picture that begins at column `left` and row `top` of what the pattern describes. */
export const findCellPlaces = (
  pattern: BayerPattern,
  channel: ColourChannel,
  { left, top }: { readonly left: number; readonly top: number },
): CellPlace[] =>
  pattern.split('').flatMap((letter, index): CellPlace[] => {
    if (letter !== LETTERS[channel]) return []
    const [column, row] = [index % 2, index >> 1]
    return [[(((column - left) % 2) + 2) % 2, (((row - top) % 2) + 2) % 2]]
  })

/** The pattern of a picture that begins at column `left` and row `top` of what `pattern` describes. */
export const shiftPattern = (
  pattern: BayerPattern,
  { left, top }: { readonly left: number; readonly top: number },
): BayerPattern => {
  const letters = [0, 1, 2, 3].map((place) => pattern[2 * (((place >> 1) + top) & 1) + ((place + left) & 1)])
  return letters.join('') as BayerPattern
}
