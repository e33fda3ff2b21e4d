import type { FrameSky } from './frame-sky'

/** A right-angled part of a frame, pixels, 0-based. */
export interface FramePart {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What of the sky a part of a frame shows, degrees. Right ascensions count on over 0h: `west` is the smaller one, and they are no more than 360 apart. */
export interface SeenSky {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
  readonly hasNorthPole: boolean
  readonly hasSouthPole: boolean
  /** Degrees a pixel, about the middle. */
  readonly scale: number
  /** Mean cosine of the declinations. */
  readonly cosine: number
}

/** Places along a side at which it is asked. */
const SAMPLES = 9
const RADIAN = Math.PI / 180

const isInside = (part: FramePart, x: number, y: number): boolean =>
  x >= part.left && x <= part.right && y >= part.top && y <= part.bottom

const showsPole = (sky: FrameSky, part: FramePart, declination: number, out: Float64Array): boolean => {
  if (!sky.toPixel(0, declination, out)) return false
  const [x, y] = [out[0]!, out[1]!]
  // The far pole of a map of half the sky lands on it too: it counts where it comes back as itself.
  return isInside(part, x, y) && sky.toSky(x, y, out) && Math.abs(out[1]! - declination) < 1e-6
}

const separation = (a: readonly [number, number], b: readonly [number, number]): number => {
  const half = (value: number): number => Math.sin((value * RADIAN) / 2) ** 2
  const product = Math.cos(a[1] * RADIAN) * Math.cos(b[1] * RADIAN)
  return (2 * Math.asin(Math.min(1, Math.sqrt(half(a[1] - b[1]) + product * half(a[0] - b[0]))))) / RADIAN
}

/** Which part of the sky is seen, from a lattice of places; null where there is none. */
export const seeSky = (sky: FrameSky, part: FramePart): SeenSky | null => {
  const out = new Float64Array(6)
  const middle: [number, number] = [(part.left + part.right) / 2, (part.top + part.bottom) / 2]
  const [stepX, stepY] = [(part.right - part.left) / (SAMPLES - 1), (part.bottom - part.top) / (SAMPLES - 1)]
  if (!(stepX > 0 && stepY > 0)) return null
  let origin: number | null = sky.toSky(middle[0], middle[1], out) ? out[0]! : null
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  let [cosines, count] = [0, 0]
  for (let j = 0; j < SAMPLES; j++) {
    for (let i = 0; i < SAMPLES; i++) {
      if (!sky.toSky(part.left + i * stepX, part.top + j * stepY, out)) continue
      origin ??= out[0]!
      const away = ((((out[0]! - origin + 180) % 360) + 360) % 360) - 180
      west = Math.min(west, away)
      east = Math.max(east, away)
      south = Math.min(south, out[1]!)
      north = Math.max(north, out[1]!)
      cosines += Math.cos(out[1]! * RADIAN)
      count++
    }
  }
  if (count === 0 || origin === null) return null
  const hasNorthPole = showsPole(sky, part, 90, out)
  const hasSouthPole = showsPole(sky, part, -90, out)
  const all = hasNorthPole || hasSouthPole || east - west > 300
  // The lattice may miss what bulges between its places.
  const padRight = (east - west) / (SAMPLES - 1)
  const padUp = (north - south) / (SAMPLES - 1)
  const scale = findScale(sky, middle, Math.min(stepX, stepY) / 4, out)
  return {
    west: all ? origin - 180 : origin + west - padRight,
    east: all ? origin + 180 : origin + east + padRight,
    south: hasSouthPole ? -90 : Math.max(-90, south - padUp),
    north: hasNorthPole ? 90 : Math.min(90, north + padUp),
    hasNorthPole,
    hasSouthPole,
    scale: scale ?? Math.max(1e-9, (north - south) / Math.max(1, part.bottom - part.top)),
    cosine: cosines / count,
  }
}

/** Degrees a pixel, the mean of both axes, over a few pixels about a place. */
const findScale = (
  sky: FrameSky,
  [x, y]: readonly [number, number],
  step: number,
  out: Float64Array,
): number | null => {
  const look = (px: number, py: number): readonly [number, number] | null =>
    sky.toSky(px, py, out) ? [out[0]!, out[1]!] : null
  const [middle, right, up] = [look(x, y), look(x + step, y), look(x, y + step)]
  if (middle === null || right === null || up === null) return null
  return Math.sqrt(separation(middle, right) * separation(middle, up)) / step
}
