/** A smaller part of a pixel is rounding: the pixel is beside the ellipse. */
const LEAST_SHARE: f64 = 1e-12

function sector(x0: f64, y0: f64, x1: f64, y1: f64): f64 {
  return Math.atan2(x0 * y1 - y0 * x1, x0 * x1 + y0 * y1) / 2
}

/** Area that the triangle of the origin and an edge shares with the unit circle; as in science/photometry/elliptical-overlap. */
function edgeArea(x0: f64, y0: f64, x1: f64, y1: f64): f64 {
  const dx = x1 - x0
  const dy = y1 - y0
  const squared = dx * dx + dy * dy
  const along = x0 * dx + y0 * dy
  const root = along * along - squared * (x0 * x0 + y0 * y0 - 1)
  if (!(root > 0)) return sector(x0, y0, x1, y1)
  const enter = max<f64>(0, (-along - Math.sqrt(root)) / squared)
  const leave = min<f64>(1, (-along + Math.sqrt(root)) / squared)
  if (!(enter < leave)) return sector(x0, y0, x1, y1)
  const ax = x0 + enter * dx
  const ay = y0 + enter * dy
  const bx = x0 + leave * dx
  const by = y0 + leave * dy
  const before: f64 = enter > 0 ? sector(x0, y0, ax, ay) : 0
  const after: f64 = leave < 1 ? sector(bx, by, x1, y1) : 0
  return before + (ax * by - ay * bx) / 2 + after
}

/** Area that the unit pixel centred at (dx, dy) shares with the ellipse about the origin; `cos` and `sin` of its angle. */
export function overlapEllipse(dx: f64, dy: f64, semiMajor: f64, ratio: f64, cos: f64, sin: f64): f64 {
  const c = cos / semiMajor
  const s = sin / semiMajor
  const x = dx * c + dy * s
  const y = (dy * c - dx * s) / ratio
  const ux = c / 2
  const uy = -s / (2 * ratio)
  const vx = s / 2
  const vy = c / (2 * ratio)
  // No corner of the pixel is farther from its middle than this on the map.
  const reach = Math.sqrt(ux * ux + uy * uy) + Math.sqrt(vx * vx + vy * vy)
  const far = Math.sqrt(x * x + y * y)
  if (far - reach >= 1) return 0
  if (far + reach <= 1) return 1
  const area =
    edgeArea(x - ux + vx, y - uy + vy, x - ux - vx, y - uy - vy) +
    edgeArea(x - ux - vx, y - uy - vy, x + ux - vx, y + uy - vy) +
    edgeArea(x + ux - vx, y + uy - vy, x + ux + vx, y + uy + vy) +
    edgeArea(x + ux + vx, y + uy + vy, x - ux + vx, y - uy + vy)
  const share = area * semiMajor * semiMajor * ratio
  return share < LEAST_SHARE ? 0 : min<f64>(1, share)
}
