import type { Point } from '../../core/image'

/**
 * Triangles of stars with their invariants. Vertex 0 lies opposite the longest side, vertex 2 opposite the shortest, so that
 * the vertices of equal triangles correspond whatever the rotation, scale or mirror image.
 */
export interface TriangleSet {
  readonly count: number
  /** Three star indices for each triangle. */
  readonly vertices: Int16Array
  /** Longest side, pixels. */
  readonly longest: Float32Array
  /** Middle and shortest side over the longest, 0 to 1. */
  readonly middle: Float32Array
  readonly shortest: Float32Array
  /** 1 when vertices 0, 1, 2 run from x towards y, -1 the other way round. */
  readonly turn: Int8Array
}

/** A triangle whose shortest side is below this share of the longest tells little about rotation and is all noise. */
const LEAST_SHARE = 0.12

/** All triangles of the first `most` points with sides of at least `leastSide` pixels. */
export const buildTriangles = (points: readonly Point[], most: number, leastSide: number): TriangleSet => {
  const n = Math.min(points.length, most)
  const capacity = (n * (n - 1) * (n - 2)) / 6
  const vertices = new Int16Array(capacity * 3)
  const longest = new Float32Array(capacity)
  const middle = new Float32Array(capacity)
  const shortest = new Float32Array(capacity)
  const turn = new Int8Array(capacity)
  const distances = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      distances[i * n + j] = Math.hypot(points[i]!.x - points[j]!.x, points[i]!.y - points[j]!.y)
  }
  let count = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      for (let k = j + 1; k < n; k++) {
        // Vertices with the side opposite to each; three swaps sort them, longest first.
        let a = i
        let b = j
        let c = k
        let sideA = distances[j * n + k]!
        let sideB = distances[i * n + k]!
        let sideC = distances[i * n + j]!
        if (sideA < sideB) [a, b, sideA, sideB] = [b, a, sideB, sideA]
        if (sideB < sideC) [b, c, sideB, sideC] = [c, b, sideC, sideB]
        if (sideA < sideB) [a, b, sideA, sideB] = [b, a, sideB, sideA]
        if (sideC < leastSide || sideC < LEAST_SHARE * sideA) continue
        const p = points[a]!
        const q = points[b]!
        const r = points[c]!
        vertices[3 * count] = a
        vertices[3 * count + 1] = b
        vertices[3 * count + 2] = c
        longest[count] = sideA
        middle[count] = sideB / sideA
        shortest[count] = sideC / sideA
        turn[count] = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) >= 0 ? 1 : -1
        count++
      }
    }
  }
  return { count, vertices, longest, middle, shortest, turn }
}

const CELLS = 50

/** Triangles by their two side ratios, in CELLS x CELLS cells over [0, 1] x [0, 1]. */
interface TriangleIndex {
  readonly starts: Int32Array
  readonly order: Int32Array
}

const cellOf = (ratio: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor(ratio * CELLS)))

const indexTriangles = (set: TriangleSet): TriangleIndex => {
  const starts = new Int32Array(CELLS * CELLS + 1)
  for (let t = 0; t < set.count; t++)
    starts[cellOf(set.middle[t]!) * CELLS + cellOf(set.shortest[t]!) + 1]! += 1
  for (let i = 0; i < CELLS * CELLS; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice()
  const order = new Int32Array(set.count)
  for (let t = 0; t < set.count; t++) {
    const home = cellOf(set.middle[t]!) * CELLS + cellOf(set.shortest[t]!)
    order[next[home]!] = t
    next[home]! += 1
  }
  return { starts, order }
}

export interface TriangleTolerance {
  /** Pixels by which a star may be off. */
  readonly pixels: number
  /** Largest change of scale, 0.05 for five percent. */
  readonly scale: number
  readonly flips: boolean
}

/** Pairs of triangles that agree, as two columns of indices. */
export interface TriangleMatches {
  readonly count: number
  readonly reference: Int32Array
  readonly frame: Int32Array
}

/** Beyond this many agreeing pairs the later (fainter) ones are left out. */
const MOST_MATCHES = 400_000

/** Every pair of triangles of the same shape and about the same size. */
export const matchTriangles = (
  reference: TriangleSet,
  frame: TriangleSet,
  tolerance: TriangleTolerance,
): TriangleMatches => {
  const index = indexTriangles(frame)
  const first = new Int32Array(MOST_MATCHES)
  const second = new Int32Array(MOST_MATCHES)
  let count = 0
  for (let t = 0; t < reference.count && count < MOST_MATCHES; t++) {
    const size = reference.longest[t]!
    const middle = reference.middle[t]!
    const shortest = reference.shortest[t]!
    // Both ends of a side may be off, in both triangles.
    const slack = Math.min(0.05, (1.5 * tolerance.pixels) / size)
    const least = size * (1 - tolerance.scale) - tolerance.pixels
    const most = size * (1 + tolerance.scale) + tolerance.pixels
    for (let u = cellOf(middle - slack); u <= cellOf(middle + slack); u++) {
      for (let v = cellOf(shortest - slack); v <= cellOf(shortest + slack); v++) {
        const home = u * CELLS + v
        for (let k = index.starts[home]!; k < index.starts[home + 1]!; k++) {
          const other = index.order[k]!
          const otherSize = frame.longest[other]!
          if (otherSize < least || otherSize > most) continue
          if (Math.abs(frame.middle[other]! - middle) > slack) continue
          if (Math.abs(frame.shortest[other]! - shortest) > slack) continue
          if (!tolerance.flips && frame.turn[other] !== reference.turn[t]) continue
          if (count >= MOST_MATCHES) break
          first[count] = t
          second[count] = other
          count++
        }
      }
    }
  }
  return { count, reference: first, frame: second }
}
