/** Magnitudes of all stars in one band. */
export interface CatalogueBand {
  /** As the field calls it: `Gmag`, `BPmag`, `Vmag`, `gmag`. */
  readonly name: string
  /** Photometric system, such as `Vega (Gaia DR3)` or `AB (Pan-STARRS1)`. */
  readonly system: string
  /** NaN where it is not known. */
  readonly magnitude: Float32Array
  /** One sigma; NaN where it is not known. */
  readonly error: Float32Array
}

/** Two values of each star, towards east (already with cos(declination)) and north. */
export interface EastNorth {
  readonly east: Float32Array
  readonly north: Float32Array
}

/** Stars of a catalogue, a column each, all of one length. */
export interface CatalogueStars {
  /** Degrees, ICRS, at `epoch`. */
  readonly rightAscension: Float64Array
  readonly declination: Float64Array
  /** In the catalogue's own band; for Tycho-2 that is VT. */
  readonly magnitude: Float32Array
  /** B-V, magnitudes; NaN where it is not known. */
  readonly colour: Float32Array
  /** Proper motion, milliarcseconds a Julian year; NaN where it is not known, null where the source has none. */
  readonly motion: EastNorth | null
  /** Julian year of the positions. */
  readonly epoch: number
  /** What the source calls each star; empty where it has no name. */
  readonly identifiers?: readonly string[]
  /** One sigma of the positions at `epoch`, milliarcseconds; NaN where it is not known. */
  readonly positionErrors?: EastNorth
  /** One sigma of the proper motions, milliarcseconds a Julian year. */
  readonly motionErrors?: EastNorth
  /** Parallax and its one sigma, milliarcseconds; NaN where it is not known. */
  readonly parallax?: { readonly value: Float32Array; readonly error: Float32Array }
  /** All bands that the source has, `magnitude` among them. */
  readonly bands?: readonly CatalogueBand[]
}

/** A circle on the sky, all in degrees. */
export interface Cone {
  readonly rightAscension: number
  readonly declination: number
  readonly radius: number
}

/** Stars of a service as they were given once, so that the same field is not asked for again. */
export interface CatalogueConeRecord {
  readonly id: string
  /** Id of the catalogue. */
  readonly catalogue: string
  /** Host that answered. */
  readonly service: string
  readonly cone: Cone
  /** All stars of the cone down to this magnitude are there; null where all are there. */
  readonly faintest: number | null
  readonly stars: CatalogueStars
  /** Milliseconds since 1970. */
  readonly createdAt: number
}
