import type { Header } from '../../../core/header'
import { readAxes } from './read-axes'
import { readDss } from './read-dss'
import { readLinear } from './read-linear'
import { readLookups, type WcsTable } from './read-lookups'
import { readParameters } from './read-parameters'
import { readSip } from './read-sip'
import { readSystem } from './read-system'
import { readIrafSurfaces } from './read-wat'
import type { Wcs } from './wcs'

export interface WcsOptions {
  /** The letter of one of several descriptions in the header; without it the first, which has none. */
  readonly alternate?: string
  /** Image extensions of the same file with tables of corrections; what the header names and is not here is left out and named in `missing`. */
  readonly tables?: readonly WcsTable[]
}

/**
 * The celestial world coordinates of a header, null where it has none. Throws an AsterismError where it has some that cannot be read. Sources:
 * Greisen & Calabretta 2002 (A&A 395, 1061), Calabretta & Greisen 2002 (A&A 395, 1077), Shupe et al. 2005 (SIP), Calabretta et al. 2004
 * (draft on distortions: CPDIS, CQDIS), the registry of FITS conventions (TPV, TNX, ZPX), STScI's D2IM and the plate solutions of its survey.
 */
export const readWcs = (header: Header, { alternate = '', tables = [] }: WcsOptions = {}): Wcs | null => {
  const found = readAxes(header, alternate)
  if (found === null) return null
  const system = readSystem(header, found.names.longitude, alternate)
  const plate = alternate === '' && found.algorithm === 'TAN' ? readDss(header) : null
  if (plate !== null) return { ...plate, system }
  const { scale, ...linear } = readLinear(header, found, alternate)
  const { tpv, withoutSip, ...projection } = readParameters(header, found, linear.center, alternate)
  const missing: string[] = []
  const { axes } = linear
  const sequent = readLookups(header, tables, 'sequent', {
    axes: [found.axis.longitude, found.axis.latitude],
    missing,
  })
  const isIraf = found.algorithm === 'TNX' || found.algorithm === 'ZPX'
  return {
    ...linear,
    ...projection,
    system,
    names: found.names,
    distortion: {
      detector: readLookups(header, tables, 'detector', { axes, missing }),
      sip: withoutSip ? null : readSip(header),
      lookup: readLookups(header, tables, 'lookup', { axes, missing }),
      sequent: sequent === null ? null : { ...sequent, scale: { x: scale.longitude, y: scale.latitude } },
      tpv,
      iraf: isIraf ? readIrafSurfaces(header, found) : null,
    },
    missing,
  }
}
