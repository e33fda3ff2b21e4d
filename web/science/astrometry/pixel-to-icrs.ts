import type { Header } from '../../core/header'
import { degrees, type Degrees } from '../../core/units'
import { createIcrsTransform } from './icrs-transform'
import { readWcs } from './wcs/read-wcs'

export interface SkyPosition {
  readonly rightAscension: Degrees
  readonly declination: Degrees
}

/**
 * From a pixel (from 0) to right ascension and declination in ICRS, whatever system the header's coordinates are in; null where it has none, or
 * only such as are no part of the sky of stars. A pixel that shows no sky has no position. Throws where coordinates cannot be read.
 */
export const createPixelToIcrs = (header: Header): ((x: number, y: number) => SkyPosition | null) | null => {
  const wcs = readWcs(header)
  const transform = wcs === null ? null : createIcrsTransform(wcs)
  if (transform === null) return null
  const out = new Float64Array(6)
  return (x, y) =>
    transform.pixelToSky(x, y, out)
      ? { rightAscension: degrees(out[0]!), declination: degrees(out[1]!) }
      : null
}
