import { degrees, type Degrees } from '../../../core/units'
import { RADIAN } from '../angles'
import type { Wcs } from './wcs'

/** Arcseconds per pixel, geometric mean of both axes, and how the image lies at the reference pixel. */
export const describeWcs = (wcs: Wcs): { scale: number; north: Degrees; flipped: boolean } => {
  const [m0, m1, m2, m3] = wcs.matrix
  const determinant = m0 * m3 - m1 * m2
  // The pixel direction in which latitude grows: matrix^-1 (0, 1).
  const north = Math.atan2(m0 / determinant, -m1 / determinant) / RADIAN
  return {
    scale: Math.sqrt(Math.abs(determinant)) * 3600,
    /** From +x towards +y. */
    north: degrees((north + 360) % 360),
    /** Seen with +y up: east is to the right of north, as in a mirror. */
    flipped: determinant > 0,
  }
}
