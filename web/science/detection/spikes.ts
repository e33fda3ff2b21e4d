import type { DetectionKernels } from './detection-kernels'

/**
 * Mean of the eight neighbours over the central pixel, for a Gaussian star of this width that sits on a pixel's centre:
 * the sharpest look a star can have.
 */
const sharpestNeighbourRatio = (fwhm: number): number => {
  const side = Math.exp((-4 * Math.LN2) / (fwhm * fwhm))
  return (side + side * side) / 2
}

interface Plane {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Mean above the background of the eight pixels around (x, y), as far as they lie on the frame. */
const meanOfNeighbours = (plane: Plane, x: number, y: number): number => {
  let sum = 0
  let count = 0
  for (let j = Math.max(0, y - 1); j <= Math.min(plane.height - 1, y + 1); j++) {
    for (let i = Math.max(0, x - 1); i <= Math.min(plane.width - 1, x + 1); i++) {
      if (i === x && j === y) continue
      sum += plane.data[j * plane.width + i]!
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

/** Below this nothing is called a spike. */
const LEAST_SIGMAS = 5

/**
 * A single pixel that light through the optics cannot make: its neighbours hold less than half of what the sharpest
 * star would give them, by more than two sigma of their mean. `plane` is above the background.
 */
export const isSpike = (plane: Plane, at: { x: number; y: number }, noise: number, fwhm: number): boolean => {
  const centre = plane.data[at.y * plane.width + at.x]!
  if (!(centre > LEAST_SIGMAS * noise)) return false
  const neighbours = meanOfNeighbours(plane, at.x, at.y)
  return neighbours + (2 * noise) / Math.sqrt(8) < 0.5 * sharpestNeighbourRatio(fwhm) * centre
}

/**
 * Replaces spikes (hot pixels, single-pixel cosmic rays) by the mean of their neighbours, in place, and returns their
 * indices. Done before filtering, so that a spike neither makes a star nor bends the one beside it.
 */
export const removeSpikes = async (
  plane: Plane,
  noise: number,
  fwhm: number,
  { findAbove }: Pick<DetectionKernels, 'findAbove'>,
): Promise<number[]> => {
  const { data, width } = plane
  const found: number[] = []
  for (const at of await findAbove(data, LEAST_SIGMAS * noise)) {
    const value = data[at]!
    const x = at % width
    if (x > 0 && data[at - 1]! > value) continue
    if (x < width - 1 && data[at + 1]! > value) continue
    const y = (at - x) / width
    if (isSpike(plane, { x, y }, noise, fwhm)) {
      data[at] = meanOfNeighbours(plane, x, y)
      found.push(at)
    }
  }
  return found
}
