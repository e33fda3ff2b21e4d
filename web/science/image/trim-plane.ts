import type { PixelSection } from '../../core/pixel-section'

/** The part of a section that lies in a frame; null when none does. */
export const cutSection = (section: PixelSection, width: number, height: number): PixelSection | null => {
  const x = [Math.max(0, section.x[0]), Math.min(width, section.x[1])] as const
  const y = [Math.max(0, section.y[0]), Math.min(height, section.y[1])] as const
  return x[1] > x[0] && y[1] > y[0] ? { x, y } : null
}

/** A copy of the pixels of a section, row by row. The section must lie in the plane (see cutSection). Data, uncertainty and mask alike. */
export const trimPlane = <Plane extends Float32Array | Float64Array | Uint8Array>(
  plane: Plane,
  width: number,
  { x, y }: PixelSection,
): Plane => {
  const columns = x[1] - x[0]
  const trimmed = plane.slice(0, columns * (y[1] - y[0])) as Plane
  for (let row = y[0], at = 0; row < y[1]; row++, at += columns) {
    trimmed.set(plane.subarray(row * width + x[0], row * width + x[1]), at)
  }
  return trimmed
}

/**
 * Where the reference pixel of a world coordinate system (CRPIX1, CRPIX2, counted from 1) lies after trimming. Nothing else changes: CD, PC,
 * CDELT and the SIP and TPV polynomials are all relative to it (Shupe et al. 2005).
 */
export const shiftReferencePixel = (
  [first, second]: readonly [number, number],
  { x, y }: PixelSection,
): [number, number] => [first - x[0], second - y[0]]
