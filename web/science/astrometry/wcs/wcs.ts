import type { SkySystem } from '../systems/sky-system'
import type { IrafSurface } from './distortion/iraf-surface'
import type { LookupPair } from './distortion/lookup-table'
import type { SipPolynomials } from './distortion/pixel-map'
import type { PixelPair, SkyPair } from './pairs'

/** Three letters of a projection of Calabretta & Greisen 2002 (A&A 395, 1077) and Calabretta & Roukema 2007 (HPX, XPH). */
export type ProjectionCode =
  | ('AZP' | 'SZP' | 'TAN' | 'STG' | 'SIN' | 'ARC' | 'ZPN' | 'ZEA' | 'AIR')
  | ('CYP' | 'CEA' | 'CAR' | 'MER' | 'SFL' | 'PAR' | 'MOL' | 'AIT')
  | ('COP' | 'COE' | 'COD' | 'COO' | 'BON' | 'PCO' | 'TSC' | 'CSC' | 'QSC' | 'HPX' | 'XPH')

/** What bends a picture of the sky, in the order in which a pixel meets it. */
export interface WcsDistortion {
  /** D2IM: from the detector to the image, before everything else. Pixels. */
  readonly detector: LookupPair | null
  /** SIP and CPDIS are both evaluated where `detector` puts a pixel, and added (as HST's headers and astropy mean them). Pixels. */
  readonly sip: SipPolynomials | null
  readonly lookup: LookupPair | null
  /** CQDIS: after the matrix and before CDELT, along the longitude (x) and the latitude (y) axis; `scale` is that CDELT. */
  readonly sequent: (LookupPair & { readonly scale: PixelPair<number> }) | null
  /** TPV: coefficients PV1_m and PV2_m, m = 0 … 39, of a polynomial in degrees of the plane of the projection. */
  readonly tpv: SkyPair<readonly number[]> | null
  /** TNX and ZPX: what is added to the coordinates of the plane, in degrees. */
  readonly iraf: SkyPair<IrafSurface | null> | null
}

/** World coordinates of two celestial axes as plain data: it can be sent between threads, kept, and built by whoever solves a plate. */
export interface Wcs {
  /** null: the axes are linear (CTYPE 'RA' and 'DEC' alone). */
  readonly projection: ProjectionCode | null
  /** PVi_m of the latitude axis, from m = 0; what is left out has its default. */
  readonly parameters: readonly (number | undefined)[]
  /** Which system the answers are in. */
  readonly system: SkySystem
  /** What CTYPE calls the axes: 'RA' and 'DEC', 'GLON' and 'GLAT' … */
  readonly names: SkyPair<string>
  /** The pixel axes (from 1) that `x` and `y` count along: [1, 2] for a picture. */
  readonly axes: readonly [number, number]
  /** True where CTYPE names the latitude first; the matrix below has its rows in the order longitude, latitude all the same. */
  readonly swapped: boolean
  /** CRPIX, the centre of the first pixel being 0. */
  readonly reference: PixelPair<number>
  /** CRVAL, degrees. */
  readonly center: SkyPair<number>
  /** Degrees per pixel: [longitude by x, longitude by y, latitude by x, latitude by y]. */
  readonly matrix: readonly [number, number, number, number]
  /** LONPOLE and LATPOLE in degrees, null where the header leaves them to the standard's rule. */
  readonly pole: SkyPair<number | null>
  /** PV1_1 and PV1_2: native coordinates of the reference point in degrees, where it is not the projection's own; `offset` (PV1_0) says that x = y = 0 there too. */
  readonly fiducial: (SkyPair<number> & { readonly offset: boolean }) | null
  readonly distortion: WcsDistortion
  /** What the header says and is not applied, each as a keyword: lookup tables whose arrays were not at hand. Commonly a pixel or less. */
  readonly missing: readonly string[]
}

export const NO_DISTORTION: WcsDistortion = {
  detector: null,
  sip: null,
  lookup: null,
  sequent: null,
  tpv: null,
  iraf: null,
}
