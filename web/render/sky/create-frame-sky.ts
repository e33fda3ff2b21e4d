import { createSkyConversion } from '../../science/astrometry/systems/convert-sky'
import { createTransform } from '../../science/astrometry/wcs/create-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import type { FrameSky } from './frame-sky'

const ICRS = { name: 'icrs' } as const

/**
 * The sky of a frame from its world coordinates; null where they are no part of the sky of stars. `place` says how the frame lies on the pixels
 * that they count in. Equatorial coordinates of a system that is not known by name are the best that there is.
 */
export const createFrameSky = (
  wcs: Wcs,
  size: { readonly width: number; readonly height: number },
  { step, left, top }: { readonly step: number; readonly left: number; readonly top: number },
): FrameSky | null => {
  const own = wcs.system.name === 'other' && wcs.names.longitude === 'RA' ? wcs.system : ICRS
  const there = createSkyConversion(wcs.system, own)
  const back = createSkyConversion(own, wcs.system)
  if (there === null || back === null) return null
  const { pixelToSky, skyToPixel } = createTransform(wcs)
  return {
    width: size.width,
    height: size.height,
    toSky: (x, y, out) => pixelToSky(step * x + left, step * y + top, out) && there(out[0]!, out[1]!, out),
    toPixel: (rightAscension, declination, out) => {
      if (!back(rightAscension, declination, out) || !skyToPixel(out[0]!, out[1]!, out)) return false
      out[0] = (out[0]! - left) / step
      out[1] = (out[1]! - top) / step
      return true
    },
  }
}
