import { fixBadPixels, type FixOptions, type PlanesToFix } from './fix-bad-pixels'

/** Pixels of one place in the cells of a mosaic. */
const takePlace = <Plane extends Float32Array | Uint8Array>(
  plane: Plane,
  width: number,
  [column, row]: readonly [number, number],
): Plane => {
  const height = Math.floor(plane.length / width)
  const [columns, rows] = [Math.ceil((width - column) / 2), Math.ceil((height - row) / 2)]
  const taken = plane.slice(0, columns * rows) as Plane
  for (let y = 0, at = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, at++) taken[at] = plane[(2 * y + row) * width + 2 * x + column]!
  return taken
}

const putPlace = (
  from: Float32Array,
  to: Float32Array,
  width: number,
  [column, row]: readonly [number, number],
): void => {
  const columns = Math.ceil((width - column) / 2)
  for (let at = 0; at < from.length; at++) {
    const x = at % columns
    const y = (at - x) / columns
    to[(2 * y + row) * width + 2 * x + column] = from[at]!
  }
}

const PLACES = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const

/**
 * Bad pixels behind a mask of colours, filled from neighbours of their own colour, in place: each of the four places of a cell is a
 * picture of its own for `fixBadPixels`. (The two greens are kept apart: their filters may differ by a per cent.)
 */
export const fixColourPixels = (planes: PlanesToFix, width: number, options: FixOptions): void => {
  for (const place of PLACES) {
    const data = takePlace(planes.data, width, place)
    const uncertainty =
      planes.uncertainty === undefined ? undefined : takePlace(planes.uncertainty, width, place)
    const bad = takePlace(planes.bad, width, place)
    fixBadPixels({ data, uncertainty, bad }, Math.ceil((width - place[0]) / 2), options)
    putPlace(data, planes.data, width, place)
    if (uncertainty !== undefined) putPlace(uncertainty, planes.uncertainty!, width, place)
  }
}
