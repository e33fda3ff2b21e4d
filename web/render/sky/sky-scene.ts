import type { CoordinateStyle } from './choose-spacing'
import type { FrameSky } from './frame-sky'
import type { MarkKind } from './paint-marks'

/** Something on the sky with its place on the frame, pixels, 0-based. */
export interface SkyMark {
  readonly kind: MarkKind
  readonly x: number
  readonly y: number
  /** Degrees, ICRS. */
  readonly rightAscension: number
  readonly declination: number
  readonly magnitude: number | null
  /** Written beside it; most stars of a catalogue have none. */
  readonly name: string | null
  /** Radius on the sky in degrees, of what is more than a point. */
  readonly extent: number | null
}

/** Where a star is found and how far off its place in the catalogue that is. */
export interface Residual {
  readonly x: number
  readonly y: number
  /** Star less catalogue: pixels, and arcseconds to the east and to the north. */
  readonly dx: number
  readonly dy: number
  readonly east: number
  readonly north: number
}

/** Everything that may lie over a picture of the sky. */
export interface SkyScene {
  readonly sky: FrameSky
  readonly grid: CoordinateStyle | null
  /** What north and east are called; null where no arrows are wanted. */
  readonly compass: { readonly north: string; readonly east: string } | null
  readonly scaleBar: boolean
  readonly marks: readonly SkyMark[]
  /** Empty where they are not wanted. */
  readonly residuals: readonly Residual[]
  readonly rmsArcseconds: number
  readonly magnitudes: { readonly faintest: number; readonly brightest: number }
}
