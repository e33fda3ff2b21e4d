import { createIcrsTransform } from '../../science/astrometry/icrs-transform'
import type { Wcs } from '../../science/astrometry/wcs/wcs'

const RADIAN = Math.PI / 180

/** A direction on the sky as a vector of length 1. */
type Direction = readonly [number, number, number]

/** The edge of a frame on the sky, around once. */
export type FrameOutline = readonly Direction[]

/** Places along each side: enough for the bent edges of wide fields. */
const PLACES = 8

/** Null where the world coordinates are no part of the sky, or an edge shows none. */
export const traceOutline = (
  wcs: Wcs,
  { width, height }: { readonly width: number; readonly height: number },
): FrameOutline | null => {
  const transform = createIcrsTransform(wcs)
  if (transform === null) return null
  const out = new Float64Array(6)
  const corners = [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [width - 0.5, height - 0.5],
    [-0.5, height - 0.5],
  ] as const
  const outline: Direction[] = []
  for (const [index, [x, y]] of corners.entries()) {
    const [endX, endY] = corners[(index + 1) % 4]!
    for (let place = 0; place < PLACES; place++) {
      const part = place / PLACES
      if (!transform.pixelToSky(x + part * (endX - x), y + part * (endY - y), out)) return null
      const [ra, dec] = [out[0]! * RADIAN, out[1]! * RADIAN]
      outline.push([Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)])
    }
  }
  return outline
}

export interface FlatOutlines {
  /** Degrees from the middle: east to the left and north up, as the sky is seen; y grows downwards, as on a screen. */
  readonly outlines: readonly (readonly (readonly [number, number])[])[]
  /** Degrees: what holds all of them. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Outlines on the plane that touches the sky in their middle; null where they do not lie on one side of it. */
export const flattenOutlines = (outlines: readonly FrameOutline[]): FlatOutlines | null => {
  const all = outlines.flat()
  if (all.length === 0) return null
  const sum = [0, 1, 2].map((axis) => all.reduce((total, direction) => total + direction[axis]!, 0))
  const length = Math.hypot(...sum)
  if (!(length > 0)) return null
  const [x, y, z] = sum.map((value) => value / length) as unknown as Direction
  const equator = Math.hypot(x, y)
  // At the pole itself any direction may be east.
  const east: Direction = equator > 0 ? [-y / equator, x / equator, 0] : [0, 1, 0]
  const north: Direction = [-z * east[1], z * east[0], x * east[1] - y * east[0]]
  const dot = (a: Direction, b: Direction): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
  const flat = outlines.map((outline) =>
    outline.map((direction) => {
      const height = dot(direction, [x, y, z])
      return height > 0.05
        ? ([-dot(direction, east) / height / RADIAN, -dot(direction, north) / height / RADIAN] as const)
        : null
    }),
  )
  const points = flat.flat()
  if (points.some((point) => point === null)) return null
  const known = points.filter((point) => point !== null)
  const [across, down] = [known.map(([at]) => at), known.map(([, at]) => at)]
  const [left, top] = [Math.min(...across), Math.min(...down)]
  return {
    outlines: flat.map((outline) => outline.filter((point) => point !== null)),
    left,
    top,
    width: Math.max(...across) - left,
    height: Math.max(...down) - top,
  }
}
