import type { Point } from '../../web/core/image'
import { measureStar } from '../../web/science/photometry/measure-star'
import { addStar } from '../../web/science/simulator/point-spread'
import type { LightTruth } from '../../web/science/simulator'

interface Aperture {
  readonly radius: number
  readonly annulus: readonly [number, number]
  /** Median response of the detector, to which the flat is normalised. */
  readonly response: number
}

/**
 * What a noiseless camera would give for the star of the truth at a place: the stars near it drawn on an empty sky and measured with
 * the same aperture and annulus, so that wings and neighbours are in the expectation. Null when no star is there, when a neighbour
 * is close and bright enough to pull the centre, or so bright that clipping the noisy sky cannot treat it as clipping the noiseless one.
 */
export const expectStarFlux = (truth: LightTruth, at: Point, aperture: Aperture): number | null => {
  const reach = aperture.annulus[1] + 12
  const near = truth.stars.filter((star) => Math.hypot(star.x - at.x, star.y - at.y) < reach)
  const own = near.find((star) => Math.hypot(star.x - at.x, star.y - at.y) < 1.5)
  if (own === undefined) return null
  const others = near.filter((star) => star !== own)
  const distance = (star: Point) => Math.hypot(star.x - own.x, star.y - own.y)
  const disturbs = others.some(
    (star) => star.electrons > (distance(star) < 2 * aperture.radius ? 0.1 : 3) * own.electrons,
  )
  if (disturbs) return null
  const size = 2 * reach + 1
  const shift = { x: Math.round(own.x) - reach, y: Math.round(own.y) - reach }
  const plane = new Float32Array(size * size)
  for (const star of [own, ...others]) {
    addStar(
      plane,
      { width: size, height: size },
      { ...star, x: star.x - shift.x, y: star.y - shift.y, fwhm: truth.conditions.fwhm },
    )
  }
  const measured = measureStar(
    { width: size, height: size, data: plane },
    { x: own.x - shift.x, y: own.y - shift.y },
    {
      radii: [aperture.radius],
      annulus: aperture.annulus,
      gain: 1,
      readNoise: 0,
      saturation: null,
      centroid: false,
    },
  )
  return (measured.fluxes[0] ?? NaN) * aperture.response
}
