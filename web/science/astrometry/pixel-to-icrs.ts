import type { Header } from '../../core/header'
import { degrees, type Degrees } from '../../core/units'
import type { CoordinateStep } from './map-coordinates'
import { createSkyConversion } from './systems/convert-sky'
import { createTransform } from './wcs/create-transform'
import { readWcs } from './wcs/read-wcs'
import type { Wcs } from './wcs/wcs'

export interface SkyPosition {
  readonly rightAscension: Degrees
  readonly declination: Degrees
}

/** Equatorial coordinates of a system that is not known by name are the best that there is; of other coordinates nothing is known then. */
const findConversion = ({ system, names }: Wcs): CoordinateStep | null =>
  system.name === 'other' && names.longitude === 'RA'
    ? createSkyConversion(system, system)
    : createSkyConversion(system, { name: 'icrs' })

/**
 * From a pixel (from 0) to right ascension and declination in ICRS, whatever system the header's coordinates are in; null where it has none, or
 * only such as are no part of the sky of stars. A pixel that shows no sky has no position. Throws where coordinates cannot be read.
 */
export const createPixelToIcrs = (header: Header): ((x: number, y: number) => SkyPosition | null) | null => {
  const wcs = readWcs(header)
  const convert = wcs === null ? null : findConversion(wcs)
  if (wcs === null || convert === null) return null
  const { pixelToSky } = createTransform(wcs)
  const out = new Float64Array(6)
  return (x, y) =>
    pixelToSky(x, y, out) && convert(out[0]!, out[1]!, out)
      ? { rightAscension: degrees(out[0]!), declination: degrees(out[1]!) }
      : null
}
