import type { Point } from '../../web/core/image'
import { type Transform, applyTransform } from '../../web/core/transform'
import type { Random } from '../../web/science/math/random'

export interface FieldSize {
  readonly width: number
  readonly height: number
}

/** Unrelated stars, evenly spread. */
export const scatterStars = (random: Random, count: number, size: FieldSize): Point[] =>
  Array.from({ length: count }, () => ({
    x: random.uniform() * size.width,
    y: random.uniform() * size.height,
  }))

/** Rotation (degrees) and scale about the middle of the field, then a shift; mirrored in y first when flipped. */
export const createSimilarity = (
  size: FieldSize,
  parts: { rotation: number; scale: number; dx: number; dy: number; flipped: boolean },
): Transform => {
  const angle = (parts.rotation * Math.PI) / 180
  const sign = parts.flipped ? -1 : 1
  const a = parts.scale * Math.cos(angle)
  const d = parts.scale * Math.sin(angle)
  const b = -sign * d
  const e = sign * a
  const x = size.width / 2
  const y = size.height / 2
  return { a, b, c: x + parts.dx - a * x - b * y, d, e, f: y + parts.dy - d * x - e * y }
}

/** What a frame shows of the reference: kept at random, moved, jittered, cut at the edges, strangers mixed in anywhere. */
export const observeStars = (
  random: Random,
  stars: readonly Point[],
  how: { transform: Transform; keep: number; strangers: number; jitter: number; size: FieldSize },
): Point[] => {
  const seen: Point[] = []
  for (const star of stars) {
    if (random.uniform() > how.keep) continue
    const moved = applyTransform(how.transform, star)
    const x = moved.x + how.jitter * random.normal()
    const y = moved.y + how.jitter * random.normal()
    if (x < 0 || y < 0 || x > how.size.width || y > how.size.height) continue
    seen.push({ x, y })
  }
  const count = Math.round((seen.length * how.strangers) / (1 - how.strangers))
  for (const stranger of scatterStars(random, count, how.size)) {
    seen.splice(random.integer(seen.length + 1), 0, stranger)
  }
  return seen
}
