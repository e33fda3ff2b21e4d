import type { BayerPattern } from './bayer'

/** The four places of a mosaic apart, each a plane of half the width and half the height. A last odd column or row belongs to no whole square and is left out. */
export interface MosaicChannels<Plane> {
  readonly width: number
  readonly height: number
  readonly red: Plane
  /** Green of the row that has red in it. */
  readonly greenOfRed: Plane
  readonly greenOfBlue: Plane
  readonly blue: Plane
}

/**
 * Pixels of one colour each, as the chip counted them: nothing is interpolated, so that photometry in one band has its own counts and its own errors. Data,
 * uncertainty and mask are split alike. The first pixel of a channel is the pattern's, row 0 first as it stands in the file.
 */
export const splitChannels = <Plane extends Float32Array | Uint8Array>(
  plane: Plane,
  width: number,
  pattern: BayerPattern,
): MosaicChannels<Plane> => {
  const columns = width >> 1
  const rows = Math.floor(plane.length / width) >> 1
  const takeFrom = (place: number): Plane => {
    const channel = plane.slice(0, columns * rows) as Plane
    for (let y = 0, at = 0; y < rows; y++) {
      let from = (2 * y + (place >> 1)) * width + (place & 1)
      for (let x = 0; x < columns; x++, from += 2) channel[at++] = plane[from]!
    }
    return channel
  }
  const red = pattern.indexOf('R')
  return {
    width: columns,
    height: rows,
    red: takeFrom(red),
    // Red and blue lie across from each other: the green beside red is in its row, the other one above or below it.
    greenOfRed: takeFrom(red ^ 1),
    greenOfBlue: takeFrom(red ^ 2),
    blue: takeFrom(red ^ 3),
  }
}

/** Both greens together, pixel by pixel: twice the light at sqrt(2) times the noise. NaN where one has no value. */
export const sumGreens = ({
  greenOfRed,
  greenOfBlue,
}: Pick<MosaicChannels<Float32Array>, 'greenOfRed' | 'greenOfBlue'>): Float32Array =>
  greenOfRed.map((value, i) => value + greenOfBlue[i]!)
