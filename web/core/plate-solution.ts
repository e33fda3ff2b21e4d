import type { TanSip } from './tan-sip'

/** What told the solver where to look. */
export const HINT_SOURCES = [
  'parameters',
  'world-coordinates',
  'pointing',
  'name',
  'neighbour',
  'registration',
  'blind',
] as const
export type HintSource = (typeof HINT_SOURCES)[number]

/** Where a solution was looked for, and from where that was known. */
export interface UsedHints {
  readonly source: HintSource
  /** Degrees; null: over the whole sky. */
  readonly place: {
    readonly rightAscension: number
    readonly declination: number
    readonly radius: number
  } | null
  /** Arcseconds a pixel of the original, least and greatest. */
  readonly scale: readonly [number, number]
  readonly parity: 1 | -1 | null
  /** Degrees: where the y axis was thought to point, or the other way, and how far off that might be. */
  readonly rotation?: { readonly angle: number; readonly tolerance: number } | null
}

/** The stars that a solution was measured against. */
export interface UsedCatalogue {
  /** As an order names it, and in words. */
  readonly id: string
  readonly name: string
  /** Band of its magnitudes. */
  readonly band: string
  /** Julian year to which its places were moved. */
  readonly epoch: number
  /** True where its stars have proper motions, which were taken into account. */
  readonly moving: boolean
  /** Magnitude of the faintest star that was at hand; null where there was none. */
  readonly limit: number | null
  /** Stars that were at hand, the field and what lies about it. */
  readonly stars: number
  /** What they came from: tiles with their SHA-256, or the address and time of an answer. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** Stars that are on the frame and in the catalogue, a column each. */
export interface MatchedStarColumns {
  /** Pixels of the original, 0-based. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Degrees, ICRS at the catalogue's epoch (`UsedCatalogue.epoch`). */
  readonly rightAscension: Float64Array
  readonly declination: Float64Array
  readonly magnitude: Float32Array
  /** Where the star is less where the catalogue puts it: pixels, and arcseconds towards east and north. */
  readonly dx: Float32Array
  readonly dy: Float32Array
  readonly east: Float32Array
  readonly north: Float32Array
}

/** Standard errors of a solution, from the scatter of its own stars; NaN where they are no more than what was fitted. */
export interface SolutionErrors {
  /** Arcseconds, each coordinate of the middle of the frame. */
  readonly center: number
  /** Arcseconds a pixel. */
  readonly scale: number
  /** Degrees. */
  readonly rotation: number
}

/** Where on the sky one exposure is. Of several of an exposure the newest counts. */
export interface PlateSolutionRecord {
  /** A hash of what it was made from: stars, hints, catalogue and version. */
  readonly id: string
  readonly exposure: string
  readonly name: string
  readonly order: string
  /** The calibrated frame in which the stars were found; null where they were found in the original. */
  readonly frame: string | null
  /** Pixels of the original as it is stored. */
  readonly width: number
  readonly height: number
  /** Counts in the original's stored pixels, from 0, whatever frame the stars were found in. */
  readonly wcs: TanSip
  /** Degrees: the middle of the original. */
  readonly center: readonly [number, number]
  /** Arcseconds a pixel of the original. */
  readonly scale: number
  /** Degrees from north through east, 0 to 360: where the y axis of the stored pixels points. */
  readonly rotation: number
  /** Left out in solutions of older versions. */
  readonly errors?: SolutionErrors
  /** Sign of the determinant of CD: -1 where the sky is seen as from inside with rows upwards, 1 where it is mirrored. */
  readonly parity: 1 | -1
  /** 1: TAN alone. */
  readonly sipOrder: number
  /** Of the matched stars. */
  readonly rmsPixels: number
  readonly rmsArcseconds: number
  /** Natural logarithm of how much likelier this is than chance. */
  readonly logOdds: number
  readonly catalogue: UsedCatalogue
  readonly hints: UsedHints
  /** How many hints were tried in vain before this one: header, neighbour and so on, each with more room than the last. */
  readonly attempts: number
  readonly matched: MatchedStarColumns
  /** Stars of the frame that the catalogue does not have. */
  readonly unmatchedStars: {
    readonly x: Float64Array
    readonly y: Float64Array
    readonly flux: Float32Array
  }
  /** Stars of the catalogue that ought to be on the frame and were not found. */
  readonly unmatchedReferences: {
    readonly rightAscension: Float64Array
    readonly declination: Float64Array
    readonly magnitude: Float32Array
    readonly x: Float64Array
    readonly y: Float64Array
  }
  /** The exposure of the series whose solution helped; null where none did. */
  readonly neighbour: string | null
  /** Of solving alone. */
  readonly seconds: number
  readonly inputs: readonly string[]
  readonly flags: readonly string[]
  readonly createdAt: number
}

/** The one that counts: of several solutions of an exposure the newest. */
export const chooseNewest = (solutions: readonly PlateSolutionRecord[]): PlateSolutionRecord | null =>
  solutions.reduce<PlateSolutionRecord | null>(
    (newest, each) => (newest === null || each.createdAt >= newest.createdAt ? each : newest),
    null,
  )
