/** Integral of sqrt(r^2 - x^2) from 0 to x, 0 <= x <= r: half a triangle and half a sector. */
const underCircle = (x: number, radius: number): number => {
  const ratio = x / radius
  return ratio >= 1
    ? (Math.PI * radius * radius) / 4
    : (x * Math.sqrt(radius * radius - x * x) + radius * radius * Math.asin(ratio)) / 2
}

/**
 * Area of the rectangle [x0, x1] x [y0, y1] of the first quadrant (0 <= x0 < x1, 0 <= y0 < y1) within the circle about the
 * origin: the integral over x of min(y1, sqrt(r^2 - x^2)) - y0 where that is positive. Left of `full` the rectangle's whole
 * height is inside; right of `end` nothing is.
 */
const overlapInQuadrant = (x0: number, y0: number, x1: number, y1: number, radius: number): number => {
  const squared = radius * radius
  if (x0 * x0 + y0 * y0 >= squared) return 0
  if (x1 * x1 + y1 * y1 <= squared) return (x1 - x0) * (y1 - y0)
  const full = y1 < radius ? Math.min(x1, Math.max(x0, Math.sqrt(squared - y1 * y1))) : x0
  const end = Math.min(x1, Math.sqrt(squared - y0 * y0))
  if (end <= full) return (full - x0) * (y1 - y0)
  return (full - x0) * (y1 - y0) + underCircle(end, radius) - underCircle(full, radius) - y0 * (end - full)
}

/**
 * Area in square pixels that the unit pixel centred at (dx, dy) shares with the circle of this radius about the origin.
 * Exact to rounding (about 1e-15): elementary integration, the pixel cut at the axes so that each part lies in one quadrant.
 * photutils calls this method 'exact'.
 */
export const overlapPixel = (dx: number, dy: number, radius: number): number => {
  if (!(radius > 0)) return 0
  // By symmetry the pixel's centre may be put into the first quadrant.
  const x0 = Math.abs(dx) - 0.5
  const y0 = Math.abs(dy) - 0.5
  const x1 = x0 + 1
  const y1 = y0 + 1
  if (x0 >= 0 && y0 >= 0) return overlapInQuadrant(x0, y0, x1, y1, radius)
  if (x0 >= 0) return overlapInQuadrant(x0, 0, x1, y1, radius) + overlapInQuadrant(x0, 0, x1, -y0, radius)
  if (y0 >= 0) return overlapInQuadrant(0, y0, x1, y1, radius) + overlapInQuadrant(0, y0, -x0, y1, radius)
  return (
    overlapInQuadrant(0, 0, x1, y1, radius) +
    overlapInQuadrant(0, 0, -x0, y1, radius) +
    overlapInQuadrant(0, 0, x1, -y0, radius) +
    overlapInQuadrant(0, 0, -x0, -y0, radius)
  )
}
