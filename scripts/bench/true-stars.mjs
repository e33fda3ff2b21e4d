import { MOFFAT } from './make-frames.mjs'

/** @typedef {import('./data-set.mjs').DataSet} DataSet */

/** Electrons above which a star's middle is far above the noise of one pixel. */
const BRIGHT = 40_000
/** Pixels to the next star that is at least a twentieth as bright. */
const APART = 25
/** Pixels to the edge: dithers stay within. */
const MARGIN = 32

/**
 * Stars of the first light that are bright, alone and away from the edges, with the index of the pixel they lie on.
 * @param {DataSet} set
 */
export const brightStars = ({ size, truth }) => {
  const all = truth.x.map((x, index) => ({ x, y: truth.y[index] ?? NaN, flux: truth.flux[index] ?? NaN }))
  return all
    .filter(
      ({ x, y, flux }) => flux > BRIGHT && flux < 1e6 && Math.min(x, y, size - 1 - x, size - 1 - y) > MARGIN,
    )
    .filter(
      (star) =>
        !all.some(
          (other) =>
            other !== star &&
            other.flux > star.flux / 20 &&
            Math.hypot(other.x - star.x, other.y - star.y) < APART,
        ),
    )
    .map((star) => ({ ...star, pixel: Math.round(star.y) * size + Math.round(star.x) }))
}

/** Stars whose middle is on the first light. @param {DataSet} set */
export const countStars = ({ size, truth }) =>
  truth.x.filter((x, index) => {
    const y = truth.y[index] ?? NaN
    return x > 0 && y > 0 && x < size - 1 && y < size - 1
  }).length

/**
 * Share of a star's light within a circle. The wings are drawn to 20 pixels, which leaves out less than a thousandth.
 * @param {number} radius pixels
 */
export const encircled = (radius) => 1 - (1 + (radius / MOFFAT.alpha) ** 2) ** (1 - MOFFAT.beta)
