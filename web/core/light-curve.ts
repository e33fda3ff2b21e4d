/** Why a star is in the ensemble or not, as a code with numbers that the page turns into a sentence. */
export interface ComparisonVerdict {
  readonly star: number
  readonly name: string
  /** On the reference frame; absent in verdicts that nobody has placed yet. */
  readonly place?: { readonly x: number; readonly y: number }
  readonly chosen: boolean
  readonly code: string
  readonly values: Readonly<Record<string, number>>
}

/** Columns of a light curve, a value for each frame in time order. Missing values are NaN. */
export interface LightCurveColumns {
  readonly frame: readonly string[]
  readonly jd_utc_mid: Float64Array
  /** NaN for all points when position or site is unknown. */
  readonly bjd_tdb_mid: Float64Array
  /** Target over ensemble, divided by the median outside the dip. */
  readonly flux: Float64Array
  readonly flux_error: Float64Array
  /** flux divided by the trend. */
  readonly detrended: Float64Array
  readonly trend: Float64Array
  readonly airmass: Float64Array
  /** Pixels. */
  readonly fwhm: Float64Array
  readonly sky: Float64Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly target_flux: Float64Array
  readonly ensemble_flux: Float64Array
  /** Bits of core/flags.ts. */
  readonly flags: Uint8Array
}

/** Parts of one point's error, as fractions of the flux, a value for each frame. */
export interface LightCurveErrors {
  readonly photon: Float64Array
  readonly sky: Float64Array
  readonly read: Float64Array
  readonly comparisons: Float64Array
}

export interface DipEstimate {
  /** Same scale as the curve's time column. */
  readonly start: number
  readonly end: number
  readonly mid: number
  readonly depth: number
  readonly depthError: number
  /** Depth over its error. */
  readonly significance: number
}

export interface LightCurveRecord {
  readonly id: string
  readonly order: string
  readonly table: string
  readonly name: string
  readonly reference: string
  readonly target: { readonly name: string; readonly x: number; readonly y: number }
  readonly comparisons: readonly {
    readonly name: string
    readonly x: number
    readonly y: number
    readonly weight: number
  }[]
  readonly verdicts: readonly ComparisonVerdict[]
  readonly radius: number
  readonly annulus: readonly [number, number]
  readonly radiusChosen: boolean
  readonly radiusScan: readonly { readonly radius: number; readonly scatter: number }[]
  readonly detrend: readonly string[]
  readonly timeScale: 'bjd_tdb_mid' | 'jd_utc_mid'
  readonly columns: LightCurveColumns
  readonly errors: LightCurveErrors
  /** One box-shaped dip, when one stands out; without a model of a transit. */
  readonly dip: DipEstimate | null
  /** Scatter of the detrended points outside the dip, and what photons, sky and read noise alone would give. */
  readonly rms: number
  readonly expectedRms: number
  readonly unit: 'adu' | 'electron'
  readonly inputs: readonly string[]
  readonly createdAt: number
}
