import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { FrameSky } from './frame-sky'

/** The sky of a frame from its world coordinates, which count in its own pixels; null where they are no part of the sky of stars. */
export const createFrameSky = (
  wcs: Wcs,
  { width, height }: { readonly width: number; readonly height: number },
): FrameSky | null => {
  const transform = createIcrsTransform(wcs)
  return transform === null
    ? null
    : { width, height, toSky: transform.pixelToSky, toPixel: transform.skyToPixel }
}
