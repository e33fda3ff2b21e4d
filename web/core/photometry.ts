export type StarRole = 'target' | 'comparison' | 'check' | 'field'

/** A star that is measured in every frame, by its position on the reference frame. */
export interface MeasuredStar {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly role: StarRole
}

/** The head of a photometry table; its numbers lie in one PhotometryFrameRecord for each frame. */
export interface PhotometryTableRecord {
  readonly id: string
  readonly order: string
  readonly reference: string
  readonly stars: readonly MeasuredStar[]
  /** Pixels. */
  readonly radii: readonly number[]
  readonly annulus: readonly [number, number]
  readonly unit: 'adu' | 'electron'
  readonly gain: number | null
  readonly readNoise: number | null
  /**
   * ICRS degrees that times are corrected for, and where they come from: a person (or a name that was looked up), the target's pixel on the
   * solved reference frame, or the telescope's pointing, which stands in for the target.
   */
  readonly position: {
    readonly ra: number
    readonly dec: number
    readonly source: 'given' | 'solved' | 'pointing'
  } | null
  readonly frames: readonly string[]
  readonly inputs: readonly string[]
  readonly createdAt: number
}

/** All stars at all radii in one frame. Arrays have a value for each star; flux, error and flags one for each star and radius, radius fastest. */
export interface PhotometryFrameRecord {
  readonly id: string
  readonly table: string
  readonly frame: string
  readonly exposure: string
  /** Julian dates at mid-exposure; bjd null when position or site is unknown. */
  readonly jd_utc_mid: number | null
  readonly bjd_tdb_mid: number | null
  readonly airmass: number | null
  readonly x: Float64Array
  readonly y: Float64Array
  readonly sky: Float64Array
  readonly skySigma: Float64Array
  readonly peak: Float64Array
  readonly fwhm: Float64Array
  readonly flags: Uint8Array
  readonly flux: Float64Array
  readonly error: Float64Array
  readonly inputs: readonly string[]
}
