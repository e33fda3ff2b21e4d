/** An ellipse about the origin; the angle runs from x towards y, radians. */
export interface Ellipse {
  /** Pixels, > 0. */
  readonly semiMajor: number
  /** Minor over major axis, 0 < ratio <= 1. */
  readonly ratio: number
  readonly angle: number
}

/** Signed area between the origin and the part of the unit circle from the direction of (x0, y0) to that of (x1, y1). */
const sector = (x0: number, y0: number, x1: number, y1: number): number =>
  Math.atan2(x0 * y1 - y0 * x1, x0 * x1 + y0 * y1) / 2

/**
 * Signed area that the triangle of the origin, (x0, y0) and (x1, y1) shares with the unit circle: sectors where the edge
 * runs outside of the circle, a triangle where it runs inside.
 */
const edgeArea = (x0: number, y0: number, x1: number, y1: number): number => {
  const dx = x1 - x0
  const dy = y1 - y0
  const squared = dx * dx + dy * dy
  const along = x0 * dx + y0 * dy
  const root = along * along - squared * (x0 * x0 + y0 * y0 - 1)
  if (!(root > 0)) return sector(x0, y0, x1, y1)
  const enter = Math.max(0, (-along - Math.sqrt(root)) / squared)
  const leave = Math.min(1, (-along + Math.sqrt(root)) / squared)
  if (!(enter < leave)) return sector(x0, y0, x1, y1)
  const [ax, ay] = [x0 + enter * dx, y0 + enter * dy]
  const [bx, by] = [x0 + leave * dx, y0 + leave * dy]
  const before = enter > 0 ? sector(x0, y0, ax, ay) : 0
  const after = leave < 1 ? sector(bx, by, x1, y1) : 0
  return before + (ax * by - ay * bx) / 2 + after
}

/** A smaller part of a pixel is rounding: the pixel is beside the ellipse. */
const LEAST_SHARE = 1e-12

/**
 * Area in square pixels that the unit pixel centred at (dx, dy) shares with an ellipse about the origin. Exact to rounding: the map
 * that makes the ellipse the unit circle makes the pixel a parallelogram, and the area of a polygon within a circle is the
 * sum over its edges (Green's theorem). photutils calls this method 'exact'.
 */
export const overlapEllipse = (dx: number, dy: number, { semiMajor, ratio, angle }: Ellipse): number => {
  if (!(semiMajor > 0 && ratio > 0)) return 0
  const [cos, sin] = [Math.cos(angle) / semiMajor, Math.sin(angle) / semiMajor]
  const x = dx * cos + dy * sin
  const y = (dy * cos - dx * sin) / ratio
  // Half of the pixel's sides on the map.
  const [ux, uy] = [cos / 2, -sin / (2 * ratio)]
  const [vx, vy] = [sin / 2, cos / (2 * ratio)]
  // No corner of the pixel is farther from its middle than this on the map.
  const reach = Math.hypot(ux, uy) + Math.hypot(vx, vy)
  const far = Math.hypot(x, y)
  if (far - reach >= 1) return 0
  if (far + reach <= 1) return 1
  const corners = [
    [x - ux - vx, y - uy - vy],
    [x + ux - vx, y + uy - vy],
    [x + ux + vx, y + uy + vy],
    [x - ux + vx, y - uy + vy],
  ] as const
  let area = 0
  let last = corners[3]
  for (const corner of corners) {
    area += edgeArea(last[0], last[1], corner[0], corner[1])
    last = corner
  }
  const share = area * semiMajor * semiMajor * ratio
  return share < LEAST_SHARE ? 0 : Math.min(1, share)
}
