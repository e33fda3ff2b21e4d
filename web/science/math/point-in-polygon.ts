/** A closed polygon with its bounds, as its corners: x and y of each in turn. */
export interface Polygon {
  readonly corners: Float64Array
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const createPolygon = (points: readonly { readonly x: number; readonly y: number }[]): Polygon => {
  const corners = Float64Array.from(points.flatMap(({ x, y }) => [x, y]))
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { corners, left, right, top, bottom }
}

/**
 * Whether a place lies inside a polygon by the even-odd rule: a ray to the right crosses its sides an odd number of times
 * (Shimrat 1962, CACM 5, 434, Algorithm 112, with the side half open so that a corner counts once). What lies exactly on a
 * side may fall either way. NaN is outside; fewer than three corners hold nothing.
 */
export const isInsidePolygon = (polygon: Polygon, x: number, y: number): boolean => {
  const { corners } = polygon
  if (!(x >= polygon.left && x <= polygon.right && y >= polygon.top && y <= polygon.bottom)) return false
  let inside = false
  let [x0, y0] = [corners.at(-2) ?? 0, corners.at(-1) ?? 0]
  for (let i = 0; i < corners.length; i += 2) {
    const [x1, y1] = [corners[i]!, corners[i + 1]!]
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
    x0 = x1
    y0 = y1
  }
  return inside
}
