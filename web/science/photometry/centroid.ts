import { flagBit } from '../../core/flags'
import { type Pixels, asStamp } from './stamps'

export interface CentroidOptions {
  /** Pixels within this distance of the predicted position are looked at. */
  readonly radius: number
  /** Width of the star in pixels; the window is a Gaussian as wide as the star. */
  readonly fwhm: number
  /** Level that is taken off first, in the unit of the image. */
  readonly sky: number
  /** Farthest that the centre may move from the prediction, pixels; the radius unless said. */
  readonly limit?: number
}

export interface Centroid {
  readonly x: number
  readonly y: number
  readonly converged: boolean
  readonly rounds: number
  /** centroid-failed, or 0. */
  readonly flags: number
}

const MOST_ROUNDS = 50
const ENOUGH = 1e-5

/**
 * Windowed centroid: x <- x + 2 sum(w f (x_i - x)) / sum(w f) with a Gaussian window w about the present centre, the
 * estimator of SExtractor's XWIN_IMAGE, whose error is close to that of a fit of the star's profile.
 * It fails, and the predicted position is kept, when the light in the window is not positive, when it moves farther than
 * the limit (another star has caught it), or when it does not settle.
 */
export const refineCentroid = (pixels: Pixels, x: number, y: number, options: CentroidOptions): Centroid => {
  const { image, x0, y0 } = asStamp(pixels)
  const { radius, fwhm, sky, limit = radius } = options
  const failed = (rounds: number): Centroid => ({
    x,
    y,
    converged: false,
    rounds,
    flags: flagBit('centroid-failed'),
  })
  const steepness = (-4 * Math.LN2) / (fwhm * fwhm)
  let atX = x
  let atY = y
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const left = Math.max(x0, Math.ceil(atX - radius))
    const right = Math.min(x0 + image.width - 1, Math.floor(atX + radius))
    const top = Math.max(y0, Math.ceil(atY - radius))
    const bottom = Math.min(y0 + image.height - 1, Math.floor(atY + radius))
    let total = 0
    let sumX = 0
    let sumY = 0
    for (let j = top; j <= bottom; j++) {
      for (let i = left; i <= right; i++) {
        const dx = i - atX
        const dy = j - atY
        const squared = dx * dx + dy * dy
        if (squared > radius * radius) continue
        const value = image.data[(j - y0) * image.width + i - x0]!
        if (value - value !== 0) continue
        const light = (value - sky) * Math.exp(steepness * squared)
        total += light
        sumX += light * dx
        sumY += light * dy
      }
    }
    if (!(total > 0)) return failed(round)
    const stepX = (2 * sumX) / total
    const stepY = (2 * sumY) / total
    atX += stepX
    atY += stepY
    if (!(Math.hypot(atX - x, atY - y) <= limit)) return failed(round)
    if (Math.hypot(stepX, stepY) < ENOUGH) return { x: atX, y: atY, converged: true, rounds: round, flags: 0 }
  }
  return failed(MOST_ROUNDS)
}
