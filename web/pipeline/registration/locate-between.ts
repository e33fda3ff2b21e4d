import { AsterismError } from '../../core/errors'
import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { LocatePixel } from '../../science/reprojection/build-pixel-map'

/** From pixels of one picture of the sky to the sky and on to positions on another, exactly. */
export const locateBetween = (from: Wcs, to: Wcs): LocatePixel => {
  const [start, end] = [createIcrsTransform(from), createIcrsTransform(to)]
  if (start === null || end === null)
    throw new AsterismError(
      'bad-header',
      'The world coordinates of a frame are no part of the sky of stars, and so it cannot be laid on another by them. Register by stars instead.',
    )
  return (x, y, out) => start.pixelToSky(x, y, out) && end.skyToPixel(out[0]!, out[1]!, out)
}
