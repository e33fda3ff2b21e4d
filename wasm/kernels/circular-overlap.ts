/** Integral of sqrt(r^2 - x^2) from 0 to x, 0 <= x <= r. */
function underCircle(x: f64, radius: f64): f64 {
  const ratio = x / radius
  if (ratio >= 1) return (Math.PI * radius * radius) / 4
  return (x * Math.sqrt(radius * radius - x * x) + radius * radius * Math.asin(ratio)) / 2
}

/** Area of a rectangle of the first quadrant within the circle; as in science/photometry/circular-overlap. */
function overlapInQuadrant(x0: f64, y0: f64, x1: f64, y1: f64, radius: f64): f64 {
  const squared = radius * radius
  if (x0 * x0 + y0 * y0 >= squared) return 0
  if (x1 * x1 + y1 * y1 <= squared) return (x1 - x0) * (y1 - y0)
  const full = y1 < radius ? min(x1, max(x0, Math.sqrt(squared - y1 * y1))) : x0
  const end = min(x1, Math.sqrt(squared - y0 * y0))
  if (end <= full) return (full - x0) * (y1 - y0)
  return (full - x0) * (y1 - y0) + underCircle(end, radius) - underCircle(full, radius) - y0 * (end - full)
}

/** Area that the unit pixel centred at (dx, dy) shares with the circle about the origin. */
export function overlapCircle(dx: f64, dy: f64, radius: f64): f64 {
  const x0 = abs(dx) - 0.5
  const y0 = abs(dy) - 0.5
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
