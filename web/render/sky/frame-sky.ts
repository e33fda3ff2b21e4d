import type { CoordinateStep } from '../../science/astrometry/map-coordinates'

/** A frame's place on the sky: its pixels, 0-based, to ICRS in degrees and back. Both write into `out`, of 6 places, and are false where there is no answer. */
export interface FrameSky {
  readonly width: number
  readonly height: number
  readonly toSky: CoordinateStep
  readonly toPixel: CoordinateStep
}
