import { AsterismError } from '../../core/errors'
import { flagBit } from '../../core/flags'
import type { Point } from '../../core/image'
import { type Centroid, refineCentroid } from './centroid'
import { measureHalfFluxWidth } from './curve-of-growth'
import { measureApertures, measurePeaks } from './measure-aperture'
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

/** Refined position, or the predicted one. The width steers the window. */
const placeStar = (pixels: Pixels, predicted: Point, sky: number, options: MeasureOptions): Centroid => {
  const reach = Math.max(...options.radii)
  const measured = positive(options.fwhm) ? options.fwhm : measureHalfFluxWidth(pixels, predicted, sky, reach)
  const fwhm = positive(measured) ? Math.max(NARROWEST_WINDOW, measured) : reach
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

/**
 * Aperture photometry of one star at a predicted position (0-based pixels, centre of the first pixel (0, 0)) on a frame or
 * a stamp: sky from the annulus, windowed centroid, exact apertures of all radii, errors and flags.
 */
export const measureStar = (pixels: Pixels, predicted: Point, options: MeasureOptions): StarMeasurement => {
  const stamp = asStamp(pixels)
  const need = Math.max(options.annulus[1], ...options.radii)
  if (!stampCovers(stamp, predicted, need)) {
    throw new AsterismError('shape-mismatch', `The stamp does not reach ${need} pixels around the star.`, {
      need,
    })
  }
  const first = options.centroid ? measureSkyAnnulus(stamp, predicted, options.annulus) : null
  const place: Centroid = first
    ? placeStar(stamp, predicted, first.level, options)
    : { ...predicted, converged: true, rounds: 0, flags: 0 }
  if (!stampCovers(stamp, place, need)) {
    throw new AsterismError(
      'shape-mismatch',
      `The centre moved so far that the stamp does not reach ${need} pixels around it.`,
      { need },
    )
  }
  const sky = measureSkyAnnulus(stamp, place, options.annulus)
  const { sums, areas, peaks, flags } = measureApertures(stamp, place, options.radii)
  const peakLevels = options.raw === undefined ? peaks : measurePeaks(options.raw, place, options.radii)
  const width = measureHalfFluxWidth(stamp, place, sky.level, Math.max(...options.radii))
  // A neighbour widens what is measured here, so the frame's own width judges blends where it is known.
  const usualWidth = positive(options.fwhm) ? options.fwhm : positive(width) ? width : 0
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
    const saturated = options.saturation !== null && peakLevels[i]! >= options.saturation
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
    peak: peakLevels[smallest] ?? NaN,
    fwhm: width,
    flags: radiusFlags.reduce((all, bits) => all | bits, 0),
    radiusFlags,
  }
}
