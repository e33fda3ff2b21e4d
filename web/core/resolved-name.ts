import type { Degrees } from './units'

/** When something comes back: transits of a planet, minima of an eclipsing star, maxima of a pulsating one. */
export interface Ephemeris {
  readonly of: 'transit' | 'minimum' | 'maximum'
  /** Julian date of one of them; null where only the period can be relied on. */
  readonly epoch: number | null
  readonly scale: 'BJD_TDB' | 'HJD'
  /** Days. */
  readonly period: number
  /** Of a transit: hours from first to last contact. */
  readonly duration: number | null
  readonly radiusRatio: number | null
  /** Semi-major axis in radii of the star. */
  readonly axisRatio: number | null
  /** Degrees. */
  readonly inclination: number | null
  /** Papers that the times and the shape come from, as bibcodes. */
  readonly references: readonly string[]
}

/** A thing in the sky as it was found by its name. */
export interface ResolvedName {
  /** As lists call it. */
  readonly name: string
  readonly aliases: readonly string[]
  /** ICRS, degrees; of stars with a motion that is given at J2000. */
  readonly rightAscension: Degrees
  readonly declination: Degrees
  /** What it is: `galaxy`, `open cluster`, `star`, or a service's own word; null where nobody says. */
  readonly type: string | null
  /** V, magnitudes; of a variable star at its brightest. */
  readonly magnitude: number | null
  /** B-V, magnitudes. */
  readonly colour: number | null
  /** Across, minutes of arc. */
  readonly size: number | null
  /** Milliarcseconds a year, east already with cos(declination). */
  readonly motion: { readonly east: number; readonly north: number } | null
  readonly ephemeris: Ephemeris | null
  /** Who said so: what was typed is a place, the lists that come with the app, or a service. */
  readonly source: 'typed' | 'bundled' | 'sesame'
}
