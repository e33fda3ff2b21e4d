import type { FrameFacts } from '../core/frame'
import type { Place } from '../science/astrometry/parse-place'

/** What a person says of where a frame may be. */
export interface SolveHintsChoice {
  /** What header and neighbours say, then the whole sky; about a place; at once over the whole sky. */
  readonly place: 'frame' | 'given' | 'anywhere'
  /** A name or coordinates, as they were typed. */
  readonly text: string
  /** The place that the text means; null where it is a name that is not known here. */
  readonly center: Place | null
  /** Degrees about the place within which the middle of the frame lies. */
  readonly radius: number
  /** What the header says, with room; a value; from the optics; any. */
  readonly scale: 'frame' | 'given' | 'optics' | 'any'
  /** Arcseconds a pixel. */
  readonly pixelScale: number
  /** Millimetres, and micrometres of a pixel as it is stored. */
  readonly focalLength: number
  readonly pixelSize: number
  readonly catalogue: string
  /** 'auto': whatever the stars support; 1: none. */
  readonly sipOrder: 'auto' | number
}

export const DEFAULT_HINTS: SolveHintsChoice = {
  place: 'frame',
  text: '',
  center: null,
  radius: 5,
  scale: 'frame',
  pixelScale: 1,
  focalLength: 1000,
  pixelSize: 9,
  catalogue: 'tycho2',
  sipOrder: 'auto',
}

const LONGEST_NAME = 200
/** Scales that any telescope or lens has, arcseconds a pixel. */
const ANY_SCALE = [0.1, 120] as const
/** Arcseconds in a radian, with micrometres over millimetres taken into account. */
const SCALE_CONSTANT = 206.264806

/** Arcseconds a pixel of a telescope: pixels in micrometres, focal length in millimetres. NaN where that makes no sense. */
export const scaleOfOptics = (pixelSize: number, focalLength: number): number =>
  pixelSize > 0 && focalLength > 0 ? (SCALE_CONSTANT * pixelSize) / focalLength : Number.NaN

/** What the form stands at before anybody types: what the frame says of itself. */
export const hintsOfFrame = (facts: FrameFacts): Partial<SolveHintsChoice> => ({
  ...(facts.pixelScale === null ? {} : { pixelScale: facts.pixelScale }),
  ...(facts.focalLength == null ? {} : { focalLength: facts.focalLength }),
  ...(facts.pixelSize == null ? {} : { pixelSize: facts.pixelSize }),
})

/** The hints as parameters of an order; what is left out the frame says itself. */
export const makeSolveParameters = (hints: SolveHintsChoice): Record<string, unknown> => ({
  ...(hints.place === 'given' && hints.text.trim() !== ''
    ? {
        // What is no place is a name, which is looked up when the order is carried out.
        center:
          hints.center === null
            ? hints.text.trim().slice(0, LONGEST_NAME)
            : { ra: hints.center.rightAscension, dec: hints.center.declination },
        radius: hints.radius,
        blind: false,
      }
    : {}),
  ...(hints.place === 'anywhere' ? { blind: true } : {}),
  ...(hints.scale === 'given' ? { scale: hints.pixelScale } : {}),
  ...(hints.scale === 'optics' ? { focalLength: hints.focalLength, pixelSize: hints.pixelSize } : {}),
  ...(hints.scale === 'any' ? { scale: ANY_SCALE } : {}),
  ...(hints.catalogue === DEFAULT_HINTS.catalogue ? {} : { catalog: hints.catalogue }),
  ...(hints.sipOrder === 'auto' ? {} : { sipOrder: hints.sipOrder }),
})
