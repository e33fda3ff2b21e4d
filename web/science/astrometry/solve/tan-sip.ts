import { liftPoint, projectVector, RADIAN, toSky, touchAt, toVector, type TangentPlane } from './sphere'
import type { SipTerm, TanSip } from '../../../core/tan-sip'

const evaluate = (terms: readonly SipTerm[], u: number, v: number): number => {
  let sum = 0
  for (const { p, q, coefficient } of terms) sum += coefficient * u ** p * v ** q
  return sum
}

/** Pixel (0-based) to the tangent plane, radians towards east and north. */
const pixelToPlane = ({ crpix, cd, a, b }: TanSip, x: number, y: number): [number, number] => {
  const u = x - crpix[0]
  const v = y - crpix[1]
  const straightU = u + evaluate(a, u, v)
  const straightV = v + evaluate(b, u, v)
  return [(cd[0] * straightU + cd[1] * straightV) * RADIAN, (cd[2] * straightU + cd[3] * straightV) * RADIAN]
}

export const touchAtReference = ({ crval }: TanSip): TangentPlane => touchAt(toVector(crval[0], crval[1]))

/** Right ascension and declination of a pixel, degrees. */
export const tanSipToSky = (wcs: TanSip, x: number, y: number): [number, number] => {
  const [xi, eta] = pixelToPlane(wcs, x, y)
  return toSky(liftPoint(touchAtReference(wcs), xi, eta))
}

const MOST_ROUNDS = 50
/** Pixels. */
const SETTLED = 1e-8

/**
 * Pixel of a unit vector; `plane` is that of the reference point, made once for many. The distortion is turned round by going back by what
 * it is at the last guess, which settles wherever it changes by less than a pixel a pixel. NaN on the far side and where it does not settle.
 */
export const vectorToPixel = (
  { crpix, cd, a, b }: TanSip,
  plane: TangentPlane,
  x: number,
  y: number,
  z: number,
): [number, number] => {
  const [xi, eta] = projectVector(plane, x, y, z)
  const determinant = (cd[0] * cd[3] - cd[1] * cd[2]) * RADIAN
  const wantedU = (cd[3] * xi - cd[1] * eta) / determinant
  const wantedV = (cd[0] * eta - cd[2] * xi) / determinant
  let [u, v] = [wantedU, wantedV]
  if (a.length > 0 || b.length > 0) {
    for (let round = 0; ; round++) {
      const nextU = wantedU - evaluate(a, u, v)
      const nextV = wantedV - evaluate(b, u, v)
      const moved = Math.hypot(nextU - u, nextV - v)
      u = nextU
      v = nextV
      if (moved < SETTLED) break
      if (!(moved < 1e6) || round === MOST_ROUNDS) return [Number.NaN, Number.NaN]
    }
  }
  return [u + crpix[0], v + crpix[1]]
}
