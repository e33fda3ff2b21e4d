import type { TanSip } from '../../../core/tan-sip'
import type { SolutionErrors } from '../../../core/plate-solution'

/** A star as it was found on a frame: pixels, 0-based, the centre of the first pixel being (0, 0). */
export interface FieldStar {
  readonly x: number
  readonly y: number
  readonly flux: number
}

export interface FieldToSolve {
  /** Any order; those without a finite place or a positive flux take no part. */
  readonly stars: readonly FieldStar[]
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Stars of a catalogue, a column each; degrees (ICRS at the frame's epoch) and magnitudes of any one band. */
export interface ReferenceStars {
  readonly rightAscension: ArrayLike<number>
  readonly declination: ArrayLike<number>
  readonly magnitude: ArrayLike<number>
}

/** Sign of the determinant of CD: -1 where the sky is seen as from inside with rows upwards, 1 where it is mirrored. */
export type Parity = 1 | -1

export interface SolveHints {
  /** Degrees; the frame's centre lies within `radius` of this place. Null: anywhere. */
  readonly place: {
    readonly rightAscension: number
    readonly declination: number
    readonly radius: number
  } | null
  /** Arcseconds a pixel, least and greatest. */
  readonly scale: readonly [number, number]
  readonly parity: Parity | null
  /**
   * Degrees: where the frame's y axis points (north through east) or the other way, as a German mount turns by half a circle at the meridian,
   * and how far off that may be. Known only of frames of optics that were solved before, and so the scale is then taken at its word. Any way
   * round when left out.
   */
  readonly rotation?: { readonly angle: number; readonly tolerance: number } | null
  /** Highest order of distortion that is fitted, 1 (none) to 5; the stars have to support it in any case. 5 when left out. */
  readonly highestOrder?: number
}

/** A star of the frame and its star of the catalogue, by their places in the lists that were given. */
export interface MatchedStar {
  readonly star: number
  readonly reference: number
  /** Where the star is less where the catalogue puts it: pixels, and arcseconds towards east and north. */
  readonly dx: number
  readonly dy: number
  readonly east: number
  readonly north: number
}

export interface PlateSolution {
  readonly solved: true
  readonly wcs: TanSip
  /** Degrees: the middle of the frame. */
  readonly center: readonly [number, number]
  /** Arcseconds a pixel, the geometric mean of both axes. */
  readonly scale: number
  /** Degrees from north through east, 0 to 360: where the frame's y axis points. */
  readonly rotation: number
  readonly parity: Parity
  /** Standard errors of the middle (each coordinate), the scale and the rotation, from the scatter of the matched stars. */
  readonly errors: SolutionErrors
  readonly matched: readonly MatchedStar[]
  /** Stars of the frame without a star of the catalogue. */
  readonly unmatchedStars: readonly number[]
  /** Stars of the catalogue that ought to be on the frame and were not found. */
  readonly unmatchedReferences: readonly number[]
  /** Root mean square distance of the matched stars. */
  readonly rmsPixels: number
  readonly rmsArcseconds: number
  /** Natural logarithm of how much likelier this is than chance, the number of places looked at taken into account. */
  readonly logOdds: number
}

/** Why there is no solution. Nothing is ever returned that is not far likelier than chance. */
export type SolveRefusal =
  /** The frame has fewer stars than settle a place on the sky. */
  | { readonly code: 'too-few-stars'; readonly found: number; readonly needed: number }
  /** The catalogue has too few stars where the hints lead. */
  | { readonly code: 'too-few-references'; readonly found: number; readonly needed: number }
  /** Frames of this scale are smaller than what the catalogue has a few stars in, or larger than a tangent plane holds (degrees). */
  | {
      readonly code: 'scale-out-of-range'
      readonly smallest: number
      readonly largest: number
      readonly least: number
      readonly most: number
    }
  /** No place was found that is far likelier than chance. */
  | {
      readonly code: 'no-match'
      /** The best that was found, and what is asked for: natural logarithms of odds. */
      readonly logOdds: number
      readonly needed: number
      /** Places that were looked at more closely. */
      readonly tested: number
    }
  /** Time was over before all was looked at: closer hints, or more time, may help. */
  | {
      readonly code: 'time-over'
      readonly seconds: number
      readonly logOdds: number
      readonly needed: number
      readonly tested: number
    }

export interface Unsolved {
  readonly solved: false
  readonly refusal: SolveRefusal
}
