import { coloursOf, GREEN, type ColourPlanes, type Mosaic } from './bayer'
import { interpolateColour } from './debayer-bilinear'

/** Of the paper: a direction is smooth when its gradient is at most k1 min + k2 (max - min). */
const LEAST_FACTOR = 1.5
const SPREAD_FACTOR = 0.5

/** Neighbours that the gradients and the means reach to. */
const REACH = 2

/** One step in each direction: north, east, south, west, then north-east, south-east, south-west, north-west. North is up the rows, y - 1. */
const STEPS = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
] as const

/** A pixel with its neighbourhood: `at(dx, dy)` for |dx|, |dy| <= 2. */
type Window = (dx: number, dy: number) => number

const apart = (window: Window, ax: number, ay: number, bx: number, by: number): number =>
  Math.abs(window(ax, ay) - window(bx, by))

/** Gradient towards north, east, south or west; (dx, dy) the step, (px, py) the step across it. */
const straightGradient = (window: Window, dx: number, dy: number): number => {
  const [px, py] = [dy, dx]
  return (
    apart(window, dx, dy, -dx, -dy) +
    apart(window, 2 * dx, 2 * dy, 0, 0) +
    apart(window, dx - px, dy - py, -dx - px, -dy - py) / 2 +
    apart(window, dx + px, dy + py, -dx + px, -dy + py) / 2 +
    apart(window, 2 * dx - px, 2 * dy - py, -px, -py) / 2 +
    apart(window, 2 * dx + px, 2 * dy + py, px, py) / 2
  )
}

/** Gradient along a diagonal at a red or blue pixel: between its own colour, the colour across, and greens. */
const diagonalGradient = (window: Window, dx: number, dy: number): number =>
  apart(window, dx, dy, -dx, -dy) +
  apart(window, 2 * dx, 2 * dy, 0, 0) +
  apart(window, 0, dy, -dx, 0) / 2 +
  apart(window, dx, 0, 0, -dy) / 2 +
  apart(window, dx, 2 * dy, 0, dy) / 2 +
  apart(window, 2 * dx, dy, dx, 0) / 2

/** The same at a green pixel, whose diagonal neighbours are green. */
const greenDiagonalGradient = (window: Window, dx: number, dy: number): number =>
  apart(window, dx, dy, -dx, -dy) +
  apart(window, 2 * dx, 2 * dy, 0, 0) +
  apart(window, dx, 2 * dy, -dx, 0) +
  apart(window, 2 * dx, dy, 0, -dy)

/** Mean colours of the region in one direction: the pixel's own colour, the colour at the sides (green, or beside a green pixel) and the third. */
const regionMeans = (window: Window, dx: number, dy: number, green: boolean): [number, number, number] => {
  const own = (window(0, 0) + window(2 * dx, 2 * dy)) / 2
  const straight = dx === 0 || dy === 0
  const [px, py] = [dy, dx]
  if (straight && !green)
    return [own, window(dx, dy), (window(dx - px, dy - py) + window(dx + px, dy + py)) / 2]
  if (straight) {
    const across =
      (window(-px, -py) +
        window(px, py) +
        window(2 * dx - px, 2 * dy - py) +
        window(2 * dx + px, 2 * dy + py)) /
      4
    return [own, window(dx, dy), across]
  }
  if (!green) {
    const sides = (window(dx, 0) + window(0, dy) + window(2 * dx, dy) + window(dx, 2 * dy)) / 4
    return [own, sides, window(dx, dy)]
  }
  // Beside a green pixel, rows and columns have one colour each.
  return [window(dx, dy), (window(0, dy) + window(2 * dx, dy)) / 2, (window(dx, 0) + window(dx, 2 * dy)) / 2]
}

/**
 * The two colours that a pixel lacks, by variable number of gradients (Chang, Cheung & Pang 1999, Proc. SPIE 3650, 36, section 2):
 * gradients in eight directions of the 5 x 5 window; in the smooth ones mean colours of the regions; what the missing colours differ
 * from the pixel's own there is added to the pixel. `green`: the pixel's filter is green, and then the first of the
 * two is the colour of its column, the second that of its row.
 */
const estimateMissing = (window: Window, green: boolean): [number, number] => {
  const diagonal = green ? greenDiagonalGradient : diagonalGradient
  const gradients = STEPS.map(([dx, dy], index) =>
    index < 4 ? straightGradient(window, dx, dy) : diagonal(window, dx, dy),
  )
  const least = Math.min(...gradients)
  const most = Math.max(...gradients)
  const threshold = LEAST_FACTOR * least + SPREAD_FACTOR * (most - least)
  let first = 0
  let second = 0
  let count = 0
  STEPS.forEach(([dx, dy], index) => {
    if (gradients[index]! > threshold) return
    const [own, side, third] = regionMeans(window, dx, dy, green)
    // East and west of a green pixel lies the colour of its row, north and south that of its column.
    const turned = green && dy === 0
    first += (turned ? third : side) - own
    second += (turned ? side : third) - own
    count++
  })
  return [window(0, 0) + first / count, window(0, 0) + second / count]
}

const isWhole = ({ width, height, data }: Mosaic, x: number, y: number): boolean => {
  if (x < REACH || y < REACH || x >= width - REACH || y >= height - REACH) return false
  for (let j = y - REACH; j <= y + REACH; j++) {
    for (let i = x - REACH; i <= x + REACH; i++) {
      const value = data[j * width + i]!
      if (value - value !== 0) return false
    }
  }
  return true
}

/** Three planes from a mosaic by variable number of gradients; bilinear in the outer two rows and columns and around pixels without a value. */
export const debayerVng = (mosaic: Mosaic): ColourPlanes => {
  const { width, height, data } = mosaic
  const colours = coloursOf(mosaic.pattern)
  const planes: ColourPlanes = [
    new Float32Array(width * height),
    new Float32Array(width * height),
    new Float32Array(width * height),
  ]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      if (!isWhole(mosaic, x, y)) {
        planes.forEach((plane, colour) => {
          plane[at] = interpolateColour(mosaic, colours, x, y, colour)
        })
        continue
      }
      const own = colours[2 * (y & 1) + (x & 1)]!
      const [first, second] = estimateMissing((dx, dy) => data[at + dy * width + dx]!, own === GREEN)
      planes[own]![at] = data[at]!
      // At a green pixel: the colours of its column and its row. Else green, and the colour across.
      const column = own === GREEN ? colours[2 * ((y + 1) & 1) + (x & 1)]! : GREEN
      const row = own === GREEN ? colours[2 * (y & 1) + ((x + 1) & 1)]! : 2 - own
      planes[column]![at] = first
      planes[row]![at] = second
    }
  }
  return planes
}
