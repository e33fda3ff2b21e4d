import type { Point } from '../../core/image'
import { measureApertures } from './measure-aperture'
import type { Pixels } from './stamps'

/** Radii that are looked at are so far apart, pixels. */
const STEP = 0.25
const MOST_ROUNDS = 6

/**
 * Twice the radius that holds half of the flux: for a Gaussian its full width at half maximum, and for a trailed or ragged
 * star still one well-defined number. The pixel's own spread (variance 1/12) is in it. The total is taken within two widths, found by
 * going round, so that neighbours far out do not count. NaN when there is no light.
 *
 * It asks for net fluxes within radii of its choice, one after the other: of the whole curve of growth only the beginning and a few far
 * points are looked at, and many stars can be searched side by side. A likely width tells where to begin.
 */
export const searchHalfFluxWidth = function* (
  largestRadius: number,
  likelyWidth: number | null = null,
): Generator<number, number, number> {
  const count = Math.max(2, Math.ceil(largestRadius / STEP))
  const known = new Float64Array(count).fill(Number.NaN)
  const fluxAt = function* (index: number): Generator<number, number, number> {
    if (known[index] !== known[index]) known[index] = yield (index + 1) * STEP
    return known[index]!
  }
  let within = count - 1
  let next = likelyWidth === null ? 0 : Math.min(within, Math.max(0, Math.round(likelyWidth / 2 / STEP) - 1))
  let width = NaN
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const half = (yield* fluxAt(within)) / 2
    if (!(half > 0)) return NaN
    // From where it was looked for last: inwards as long as there is half of the flux already, then outwards until there is.
    while (next > 0 && (yield* fluxAt(next - 1)) >= half) next--
    while ((yield* fluxAt(next)) < half) next++
    const below = next === 0 ? 0 : yield* fluxAt(next - 1)
    // Flux grows with the area near the centre: interpolate in the square of the radius.
    const inner = (next * STEP) ** 2
    const outer = ((next + 1) * STEP) ** 2
    width = 2 * Math.sqrt(inner + ((half - below) / ((yield* fluxAt(next)) - below)) * (outer - inner))
    const wanted = Math.min(count - 1, Math.max(3, Math.ceil((2 * width) / STEP) - 1))
    if (wanted === within) break
    within = wanted
  }
  return width
}

/** The width of one star, its sky taken off. */
export const measureHalfFluxWidth = (
  pixels: Pixels,
  position: Point,
  sky: number,
  {
    largestRadius,
    likelyWidth = null,
  }: { readonly largestRadius: number; readonly likelyWidth?: number | null },
): number => {
  const search = searchHalfFluxWidth(largestRadius, likelyWidth)
  let asked = search.next()
  while (!asked.done) {
    const { sums, areas } = measureApertures(pixels, position, [asked.value])
    asked = search.next(sums[0]! - sky * areas[0]!)
  }
  return asked.value
}
