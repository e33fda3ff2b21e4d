import type { BalanceFit } from '../../core/composite'
import { flagBit } from '../../core/flags'
import type { Image, Point } from '../../core/image'
import { balanceStars } from '../../science/colour/balance-stars'
import type { Detection } from '../../science/detection/star'
import { measureApertures } from '../../science/photometry/measure-aperture'
import { measureSkyAnnulus } from '../../science/photometry/sky-annulus'

/** Bright stars have the least noise, and more of them make the factors hardly better. */
const MOST_STARS = 250
const UNUSABLE =
  flagBit('edge') |
  flagBit('centroid-failed') |
  flagBit('saturated') |
  flagBit('blended') |
  flagBit('bad-pixel')
/** A star with others this near, in widths, has their light in its sum. */
const ALONE = 3

/** The star's light above the sky around it. */
const measureFlux = (image: Image, at: Point, radius: number): number => {
  const { level } = measureSkyAnnulus(image, at, [2 * radius, 3.5 * radius])
  const { sums, areas } = measureApertures(image, at, [radius])
  return sums[0]! - level * areas[0]!
}

/** B-V of the star at a position of the picture's grid; NaN where no catalogue says. */
export type ColourAt = (position: Point) => number

/** Measures the stars of the reference on all planes, which lie on one grid, and finds what makes them white. Null where they are too few. */
export const fitBalance = (
  planes: readonly Image[],
  { stars, quality }: Detection,
  reference: number,
  colourAt: ColourAt,
): BalanceFit | null => {
  const width = Number.isFinite(quality.fwhm) ? (quality.fwhm ?? 4) : 4
  const radius = Math.max(3, 1.5 * width)
  const good = stars.filter(({ flags }) => (flags & UNUSABLE) === 0)
  const lonely = good.filter(({ x, y, flux }) =>
    stars.every(
      (other) =>
        (other.x === x && other.y === y) ||
        other.flux < 0.05 * flux ||
        Math.hypot(other.x - x, other.y - y) > ALONE * width,
    ),
  )
  const measured = lonely.slice(0, MOST_STARS).map((star) => ({
    fluxes: planes.map((plane) => measureFlux(plane, star, radius)),
    colour: colourAt(star),
  }))
  const fit = balanceStars(measured, planes.length, reference)
  if (fit === null) return null
  const { gains, errors, fromCatalogue, used } = fit
  return { method: fromCatalogue ? 'catalogue' : 'stars', measured: fit.measured, used, gains, errors }
}
