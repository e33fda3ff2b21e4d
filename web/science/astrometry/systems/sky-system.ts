/** What longitude and latitude are counted in (FITS standard 4.0, section 8.3). Equinoxes are years, Besselian for FK4 and Julian for the others. */
export type SkySystem =
  | { readonly name: 'icrs' | 'galactic' | 'supergalactic' }
  | { readonly name: 'fk5' | 'ecliptic'; readonly equinox: number }
  /** `epoch`, of observation as a Julian year: the FK4 system rotates. 'fk4-no-e' is without the elliptic terms of aberration. */
  | { readonly name: 'fk4' | 'fk4-no-e'; readonly equinox: number; readonly epoch: number }
  /** Known to the header alone (helioprojective, apparent places, planets): nothing is converted. */
  | { readonly name: 'other'; readonly title: string }
