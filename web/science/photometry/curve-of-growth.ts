import type { Point } from '../../core/image'
import { median } from '../math/median'
import { measureApertures } from './measure-aperture'
import { type Pixels, asStamp } from './stamps'

export interface GrowthCurve {
  /** Pixels, as they were asked for. */
  readonly radii: Float64Array
  /** Net flux within each radius, in the unit of the image. */
  readonly flux: Float64Array
  /** Flux over that of the largest radius. */
  readonly fraction: Float64Array
}

/** Net flux against radius, exact apertures, with the given sky level taken off. */
export const measureCurveOfGrowth = (
  pixels: Pixels,
  position: Point,
  radii: ArrayLike<number>,
  sky: number,
): GrowthCurve => {
  const { sums, areas } = measureApertures(pixels, position, radii)
  const flux = sums.map((sum, i) => sum - sky * areas[i]!)
  let widest = 0
  for (let i = 0; i < radii.length; i++) if (radii[i]! > radii[widest]!) widest = i
  return { radii: Float64Array.from(radii), flux, fraction: flux.map((value) => value / flux[widest]!) }
}

export interface RadialProfile {
  /** Mean distance of a ring's pixels, and mean, median and standard deviation of their values above the sky; NaN in empty rings. */
  readonly radius: Float64Array
  readonly mean: Float64Array
  readonly median: Float64Array
  readonly deviation: Float64Array
  readonly count: Int32Array
  /** Every pixel: distance of its centre and value above the sky. */
  readonly distances: Float64Array
  readonly values: Float64Array
}

/** Brightness against distance from a position, by pixel centres, in rings of `step` pixels out to `reach`. */
export const measureRadialProfile = (
  pixels: Pixels,
  position: Point,
  options: { readonly reach: number; readonly step: number; readonly sky: number },
): RadialProfile => {
  const { image, x0, y0 } = asStamp(pixels)
  const { reach, step, sky } = options
  const rings = Math.ceil(reach / step)
  const members: { distance: number; value: number }[][] = Array.from({ length: rings }, () => [])
  for (
    let j = Math.max(y0, Math.ceil(position.y - reach));
    j <= Math.min(y0 + image.height - 1, position.y + reach);
    j++
  ) {
    for (
      let i = Math.max(x0, Math.ceil(position.x - reach));
      i <= Math.min(x0 + image.width - 1, position.x + reach);
      i++
    ) {
      const distance = Math.hypot(i - position.x, j - position.y)
      const value = image.data[(j - y0) * image.width + i - x0]! - sky
      if (distance < reach && value - value === 0)
        members[Math.floor(distance / step)]!.push({ distance, value })
    }
  }
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const brightness = members.map((ring) => ring.map(({ value }) => value))
  const means = brightness.map(meanOf)
  return {
    radius: Float64Array.from(members, (ring) => meanOf(ring.map(({ distance }) => distance))),
    mean: Float64Array.from(means),
    median: Float64Array.from(brightness, (ring) => median(ring)),
    deviation: Float64Array.from(brightness, (ring, k) =>
      Math.sqrt(meanOf(ring.map((value) => (value - means[k]!) ** 2))),
    ),
    count: Int32Array.from(members, (ring) => ring.length),
    distances: Float64Array.from(members.flat(), ({ distance }) => distance),
    values: Float64Array.from(members.flat(), ({ value }) => value),
  }
}
