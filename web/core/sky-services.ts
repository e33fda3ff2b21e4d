/** A service on the net that may be asked, and where it is. */
export interface SkyService {
  readonly on: boolean
  readonly address: string
}

/** What a person said of the services: whether each may be asked at all. */
export interface SkyServices {
  /** TAP of VizieR, or its older interface where the address ends with `asu-tsv`. */
  readonly vizier: SkyService
  /** TAP of ESA's archive of Gaia. */
  readonly gaia: SkyService
  /** Names: Sesame, which asks SIMBAD, NED and VizieR. */
  readonly sesame: SkyService
}

export const SKY_SERVICES = ['vizier', 'gaia', 'sesame'] as const satisfies readonly (keyof SkyServices)[]

export const DEFAULT_SERVICES: SkyServices = {
  vizier: { on: true, address: 'https://tapvizier.cds.unistra.fr/TAPVizieR/tap/sync' },
  gaia: { on: true, address: 'https://gea.esac.esa.int/tap-server/tap/sync' },
  sesame: { on: true, address: 'https://cds.unistra.fr/cgi-bin/nph-sesame' },
}
