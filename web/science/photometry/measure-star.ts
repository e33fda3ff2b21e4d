import { AsterismError } from '../../core/errors'
import { flagBit } from '../../core/flags'
import type { Point } from '../../core/image'
import { type Centroid, refineCentroid } from './centroid'
import { measureHalfFluxWidth } from './half-flux-width'
import { type ApertureSums, measureApertures, measurePeaks } from './measure-aperture'
import { type ErrorBudget, estimateFluxError } from './photometry-error'
import { type Sky, measureSkyAnnulus } from './sky-annulus'
import { type Pixels, asStamp, stampCovers } from './stamps'

export interface MeasureOptions {
  /** Pixels, each > 0; the smallest is taken to hold the star's core. */
  readonly radii: readonly number[]
  /** Inner and outer radius of the sky, pixels. */
  readonly annulus: readonly [number, number]
  /** Electrons per unit of the image; null when unknown: errors are then lower bounds, without the star's photons. */
  readonly gain: number | null
  /** Electrons; null when unknown. */
  readonly readNoise: number | null
  /** Level at and above which a pixel is saturated, in the unit of `raw` when that is given, else of the image. */
  readonly saturation: number | null
  /** Whether the position is refined on the star's light; else the predicted one is used as it is. */
  readonly centroid: boolean
  /** The same pixels before calibration, where peak and saturation are to be judged. */
  readonly raw?: Pixels
  /** Positions of the other stars on this frame, for the blended flag. The star itself (within 1 px) does not count. */
  readonly neighbours?: readonly Point[]
  /** Width of this frame's stars, pixels; measured on this star unless said. */
  readonly fwhm?: number | null
  /** Farthest that the centre may move, pixels; 1.5 widths, at least 2, unless said. */
  readonly centroidLimit?: number
  /** Scintillation as a fraction of the flux. */
  readonly scintillation?: number | null
}

/** One star on one frame at all radii. Flux in the unit of the image, for the whole exposure. */
export interface StarMeasurement {
  readonly x: number
  readonly y: number
  readonly sky: number
  readonly skySigma: number
  readonly skyCount: number
  readonly skyRejected: number
  /** Net flux, its error and the parts of that, for each radius. */
  readonly fluxes: Float64Array
  readonly errors: Float64Array
  readonly budgets: readonly ErrorBudget[]
  /** Square pixels summed, for each radius. */
  readonly areas: Float64Array
  /** Highest pixel within the smallest radius, sky included, in the unit of `raw` when that is given. */
  readonly peak: number
  /** Twice the half-flux radius, pixels. */
  readonly fwhm: number
  /** Bits of core/flags.ts that hold for some radius, and those of each. */
  readonly flags: number
  readonly radiusFlags: Uint8Array
}

const SATURATED = flagBit('saturated')
const SKY_CROWDED = flagBit('sky-crowded')
const BLENDED = flagBit('blended')
const NEGATIVE = flagBit('negative-flux')

/** Full width of the narrowest centroid window, pixels: under a narrower one the pixel grid pulls the centre. */
const NARROWEST_WINDOW = 2.6

const positive = (value: number | null | undefined): value is number => typeof value === 'number' && value > 0

/** The width of the frame's stars, where it was given and makes sense. */
export const knownWidth = ({ fwhm }: MeasureOptions): number | null => (positive(fwhm) ? fwhm : null)

/** Refined position, or the predicted one. The width steers the window. */
export const placeStar = (
  pixels: Pixels,
  predicted: Point,
  { sky, width }: { readonly sky: number; readonly width: number },
  options: MeasureOptions,
): Centroid => {
  const fwhm = positive(width) ? Math.max(NARROWEST_WINDOW, width) : Math.max(...options.radii)
  const limit = options.centroidLimit ?? Math.max(2, 1.5 * fwhm)
  return refineCentroid(pixels, predicted.x, predicted.y, {
    radius: Math.max(3, 1.5 * fwhm),
    fwhm,
    sky,
    limit,
  })
}

const nearestNeighbour = (place: Point, neighbours: readonly Point[]): number => {
  let nearest = Infinity
  for (const other of neighbours) {
    const dx = Math.abs(other.x - place.x)
    const dy = Math.abs(other.y - place.y)
    // Nearly all are ruled out by one coordinate.
    if (dx >= nearest || dy >= nearest) continue
    const distance = Math.hypot(dx, dy)
    if (distance > 1 && distance < nearest) nearest = distance
  }
  return nearest
}

const isCrowded = (sky: Sky): boolean => sky.count === 0 || sky.rejected > sky.count

/** What was measured of one star; see StarMeasurement. */
export interface StarParts {
  readonly place: Centroid
  readonly sky: Sky
  readonly apertures: ApertureSums
  /** Highest pixels in the unit that saturation is told in. */
  readonly peaks: Float64Array
  readonly width: number
}

/** Fluxes, errors and flags from what was measured. */
export const judgeStar = (
  { place, sky, apertures, peaks, width }: StarParts,
  options: MeasureOptions,
): StarMeasurement => {
  const { sums, areas, flags } = apertures
  // A neighbour widens what is measured here, so the frame's own width judges blends where it is known.
  const usualWidth = knownWidth(options) ?? (positive(width) ? width : 0)
  const nearest = nearestNeighbour(place, options.neighbours ?? [])
  const always = place.flags | (isCrowded(sky) ? SKY_CROWDED : 0)
  const fluxes = sums.map((sum, i) => sum - sky.level * areas[i]!)
  const budgets = Array.from(fluxes, (flux, i) =>
    estimateFluxError({
      flux,
      area: areas[i]!,
      skySigma: sky.sigma,
      skyCount: sky.count,
      gain: options.gain,
      readNoise: options.readNoise,
      scintillation: options.scintillation ?? null,
    }),
  )
  const radiusFlags = flags.map((bits, i) => {
    const saturated = options.saturation !== null && peaks[i]! >= options.saturation
    const blended = nearest < options.radii[i]! + usualWidth
    return (
      bits | always | (saturated ? SATURATED : 0) | (blended ? BLENDED : 0) | (fluxes[i]! <= 0 ? NEGATIVE : 0)
    )
  })
  let smallest = 0
  options.radii.forEach((radius, i) => {
    if (radius < options.radii[smallest]!) smallest = i
  })
  return {
    x: place.x,
    y: place.y,
    sky: sky.level,
    skySigma: sky.sigma,
    skyCount: sky.count,
    skyRejected: sky.rejected,
    fluxes,
    errors: Float64Array.from(budgets, (budget) => budget.total),
    budgets,
    areas,
    peak: peaks[smallest] ?? NaN,
    fwhm: width,
    flags: radiusFlags.reduce((all, bits) => all | bits, 0),
    radiusFlags,
  }
}

export const asPredicted = ({ x, y }: Point): Centroid => ({ x, y, converged: true, rounds: 0, flags: 0 })

/**
 * Aperture photometry of one star at a predicted position (0-based pixels, centre of the first pixel (0, 0)) on a frame or
 * a stamp: sky from the annulus, windowed centroid, exact apertures of all radii, errors and flags.
 */
export const measureStar = (pixels: Pixels, predicted: Point, options: MeasureOptions): StarMeasurement => {
  const stamp = asStamp(pixels)
  const { radii, annulus } = options
  const reach = Math.max(...radii)
  const need = Math.max(annulus[1], reach)
  const requireCover = (place: Point, what: string): void => {
    if (stampCovers(stamp, place, need)) return
    throw new AsterismError('shape-mismatch', `${what} the stamp does not reach ${need} pixels around it.`, {
      need,
    })
  }
  requireCover(predicted, 'The star lies where')
  const findPlace = (): Centroid => {
    if (!options.centroid) return asPredicted(predicted)
    const sky = measureSkyAnnulus(stamp, predicted, annulus).level
    const width = knownWidth(options) ?? measureHalfFluxWidth(stamp, predicted, sky, { largestRadius: reach })
    return placeStar(stamp, predicted, { sky, width }, options)
  }
  const place = findPlace()
  requireCover(place, 'The centre moved so far that')
  const sky = measureSkyAnnulus(stamp, place, annulus)
  const apertures = measureApertures(stamp, place, radii)
  const peaks = options.raw === undefined ? apertures.peaks : measurePeaks(options.raw, place, radii)
  const width = measureHalfFluxWidth(stamp, place, sky.level, {
    largestRadius: reach,
    likelyWidth: knownWidth(options),
  })
  return judgeStar({ place, sky, apertures, peaks, width }, options)
}
