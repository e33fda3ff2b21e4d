import type { Image, Point } from '../../core/image'
import { searchHalfFluxWidth } from './half-flux-width'
import { type ApertureSums, measurePeaks } from './measure-aperture'
import {
  asPredicted,
  judgeStar,
  knownWidth,
  placeStar,
  type MeasureOptions,
  type StarMeasurement,
} from './measure-star'
import type { Sky } from './sky-annulus'

/** Many positions as columns, pixels. */
export interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** The heavy parts of photometry, for many stars of a frame in one call. */
export interface PhotometryKernels {
  /** As `measureSkyAnnulus`, one for each place. */
  skies(image: Image, places: Places, annulus: readonly [number, number]): Promise<Sky[]>
  /** As `measureApertures`: as many radii for each place, place by place. */
  apertures(image: Image, places: Places, radii: Float64Array): Promise<ApertureSums>
}

const asPlaces = (points: readonly Point[]): Places => ({
  x: Float64Array.from(points, ({ x }) => x),
  y: Float64Array.from(points, ({ y }) => y),
})

/** The part of star `star` of columns with `count` radii for each. */
const takeStar = (all: ApertureSums, star: number, count: number): ApertureSums => {
  const [from, to] = [star * count, (star + 1) * count]
  return {
    sums: all.sums.subarray(from, to),
    areas: all.areas.subarray(from, to),
    peaks: all.peaks.subarray(from, to),
    flags: all.flags.subarray(from, to),
  }
}

/** Half-flux widths of all stars: their searches go on side by side, each asking for one aperture at a time. */
const measureWidths = async (
  kernels: PhotometryKernels,
  image: Image,
  places: readonly Point[],
  how: { readonly skies: readonly Sky[]; readonly reach: number; readonly likely: number | null },
): Promise<Float64Array> => {
  const widths = new Float64Array(places.length)
  let open = places.map((place, star) => {
    const search = searchHalfFluxWidth(how.reach, how.likely)
    return { place, star, search, asked: search.next() }
  })
  for (;;) {
    for (const { star, asked } of open) if (asked.done) widths[star] = asked.value
    open = open.filter(({ asked }) => !asked.done)
    if (open.length === 0) return widths
    const radii = Float64Array.from(open, ({ asked }) => asked.value)
    const { sums, areas } = await kernels.apertures(image, asPlaces(open.map(({ place }) => place)), radii)
    open = open.map((one, index) => ({
      ...one,
      asked: one.search.next(sums[index]! - how.skies[one.star]!.level * areas[index]!),
    }))
  }
}

/** `measureStar` for all stars of a whole frame, the same to some units in the last place. */
export const measureField = async (
  kernels: PhotometryKernels,
  image: Image,
  predicted: readonly Point[],
  options: MeasureOptions,
): Promise<StarMeasurement[]> => {
  const { radii, annulus } = options
  const reach = Math.max(...radii)
  const findPlaces = async () => {
    if (!options.centroid) return predicted.map(asPredicted)
    const skies = await kernels.skies(image, asPlaces(predicted), annulus)
    const known = knownWidth(options)
    const widths =
      known === null
        ? await measureWidths(kernels, image, predicted, { skies, reach, likely: null })
        : new Float64Array(predicted.length).fill(known)
    return predicted.map((at, star) =>
      placeStar(image, at, { sky: skies[star]!.level, width: widths[star]! }, options),
    )
  }
  const places = await findPlaces()
  const columns = asPlaces(places)
  const skies = await kernels.skies(image, columns, annulus)
  const all = await kernels.apertures(
    image,
    columns,
    Float64Array.from({ length: places.length * radii.length }, (_, cell) => radii[cell % radii.length]!),
  )
  const widths = await measureWidths(kernels, image, places, { skies, reach, likely: knownWidth(options) })
  return places.map((place, star) => {
    const apertures = takeStar(all, star, radii.length)
    const peaks = options.raw === undefined ? apertures.peaks : measurePeaks(options.raw, place, radii)
    return judgeStar({ place, sky: skies[star]!, apertures, peaks, width: widths[star]! }, options)
  })
}
