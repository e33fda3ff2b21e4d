import type { CoordinateStep } from './map-coordinates'
import { createSkyConversion } from './systems/convert-sky'
import type { SkySystem } from './systems/sky-system'
import { createTransform, type WcsTransform } from './wcs/create-transform'
import type { Wcs } from './wcs/wcs'

const ICRS: SkySystem = { name: 'icrs' }

/** Equatorial coordinates of a system that is not known by name are the best that there is; of other coordinates nothing is known then. */
const findConversions = ({ system, names }: Wcs): [CoordinateStep, CoordinateStep] | null => {
  const own = system.name === 'other' && names.longitude === 'RA' ? system : ICRS
  const there = createSkyConversion(system, own)
  const back = createSkyConversion(own, system)
  return there === null || back === null ? null : [there, back]
}

/**
 * Pixels (from 0) to right ascension and declination in ICRS and back, degrees, whatever system the world coordinates count in; null where
 * they are no part of the sky of stars. Throws where coordinates cannot be worked out.
 */
export const createIcrsTransform = (wcs: Wcs): WcsTransform | null => {
  const conversions = findConversions(wcs)
  if (conversions === null) return null
  const [there, back] = conversions
  const { pixelToSky, skyToPixel } = createTransform(wcs)
  return {
    pixelToSky: (x, y, out) => pixelToSky(x, y, out) && there(out[0]!, out[1]!, out),
    skyToPixel: (rightAscension, declination, out) =>
      back(rightAscension, declination, out) && skyToPixel(out[0]!, out[1]!, out),
  }
}
