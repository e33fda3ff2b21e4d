import type { Point } from '../../core/image'
import { degrees, type Degrees } from '../../core/units'
import type { FrameSky } from './frame-sky'

/** Where a place of the sky lies on a frame; null where that is beyond its edges. */
export const findOnFrame = (sky: FrameSky, rightAscension: number, declination: number): Point | null => {
  const out = new Float64Array(6)
  if (!sky.toPixel(rightAscension, declination, out)) return null
  const [x, y] = [out[0]!, out[1]!]
  return x >= -0.5 && y >= -0.5 && x <= sky.width - 0.5 && y <= sky.height - 0.5 ? { x, y } : null
}

/** Which place of the sky a point of a frame shows, ICRS; null where it shows none. */
export const findOnSky = (
  sky: FrameSky,
  { x, y }: Point,
): { readonly rightAscension: Degrees; readonly declination: Degrees } | null => {
  const out = new Float64Array(6)
  return sky.toSky(x, y, out) ? { rightAscension: degrees(out[0]!), declination: degrees(out[1]!) } : null
}
