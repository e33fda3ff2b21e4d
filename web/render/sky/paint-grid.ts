import { applyTransform, type Transform } from '../../core/transform'
import type { Pen } from './pen'
import type { FramePart } from './see-sky'
import type { SkyColours } from './sky-colours'
import type { GridLine } from './trace-grid'

type Edge = 'left' | 'right' | 'top' | 'bottom'

interface Crossing {
  readonly edge: Edge
  readonly x: number
  readonly y: number
}

const LETTERS = 11.5
/** Between labels, and from the edge that they stand at. */
const GAP = 6

const EDGES = ['left', 'right', 'top', 'bottom'] as const

/** Where a run of points leaves or enters a box. */
const findCrossings = (points: ArrayLike<number>, box: FramePart): Crossing[] => {
  const found: Crossing[] = []
  for (let k = 0; k + 3 < points.length; k += 2) {
    for (const edge of EDGES) {
      const sideways = edge === 'left' || edge === 'right'
      const [from, to] = sideways ? [points[k]!, points[k + 2]!] : [points[k + 1]!, points[k + 3]!]
      const at = box[edge]
      if (from < at === to < at) continue
      const share = (at - from) / (to - from)
      const [start, end] = sideways ? [points[k + 1]!, points[k + 3]!] : [points[k]!, points[k + 2]!]
      const along = start + share * (end - start)
      const [low, high] = sideways ? [box.top, box.bottom] : [box.left, box.right]
      if (along < low || along > high) continue
      found.push(sideways ? { edge, x: at, y: along } : { edge, x: along, y: at })
    }
  }
  return found
}

/** Meridians are read off below, parallels at the left, as on a map. */
const PREFERRED: Readonly<Record<GridLine['axis'], readonly Edge[]>> = {
  'right-ascension': ['bottom', 'top', 'right', 'left'],
  declination: ['left', 'right', 'top', 'bottom'],
}

const chooseCrossing = (crossings: readonly Crossing[], axis: GridLine['axis']): Crossing | null => {
  for (const edge of PREFERRED[axis]) {
    const found = crossings.find((crossing) => crossing.edge === edge)
    if (found !== undefined) return found
  }
  return null
}

const projectRun = (run: Float64Array, place: Transform): Float64Array => {
  const points = new Float64Array(run.length)
  for (let k = 0; k + 1 < run.length; k += 2) {
    points[k] = place.a * run[k]! + place.b * run[k + 1]! + place.c
    points[k + 1] = place.d * run[k]! + place.e * run[k + 1]! + place.f
  }
  return points
}

interface GridPlace {
  /** Pixels of the frame to the pen's units. */
  readonly place: Transform
  /** What is seen of the picture, and where in it labels may stand, both in the pen's units. */
  readonly picture: FramePart
  readonly box: FramePart
}

/** Draws the lines, and gives what writes their names where they meet the edge of the picture: names stand above all else that is drawn. One that would cover another is left out. */
export const paintGrid = (
  pen: Pen,
  lines: readonly GridLine[],
  { place, picture, box }: GridPlace,
  colours: SkyColours,
): (() => void) => {
  const placed = lines.map((line) => ({ ...line, runs: line.runs.map((run) => projectRun(run, place)) }))
  pen.within(picture, () => {
    for (const { runs } of placed) for (const run of runs) pen.line(run, { colour: colours.grid, width: 1 })
  })
  return () => nameLines(pen, placed, box, colours)
}

const nameLines = (pen: Pen, placed: readonly GridLine[], box: FramePart, colours: SkyColours): void => {
  const taken: FramePart[] = []
  const lettering = { colour: colours.text, size: LETTERS, halo: colours.halo } as const
  for (const { axis, label, runs } of placed) {
    const crossing = chooseCrossing(
      runs.flatMap((run) => findCrossings(run, box)),
      axis,
    )
    if (crossing === null) continue
    const half = pen.measure(label, lettering) / 2
    const { edge } = crossing
    const x =
      edge === 'left'
        ? crossing.x + half + GAP
        : edge === 'right'
          ? crossing.x - half - GAP
          : Math.min(box.right - half, Math.max(box.left + half, crossing.x))
    const y = edge === 'bottom' ? crossing.y - LETTERS : edge === 'top' ? crossing.y + LETTERS : crossing.y
    const room = {
      left: x - half - GAP,
      right: x + half + GAP,
      top: y - LETTERS / 2 - GAP / 2,
      bottom: y + LETTERS / 2 + GAP / 2,
    }
    if (
      taken.some(
        (other) =>
          room.left < other.right &&
          other.left < room.right &&
          room.top < other.bottom &&
          other.top < room.bottom,
      )
    )
      continue
    taken.push(room)
    pen.write(label, x, y, { ...lettering, anchor: 'middle' })
  }
}

/** A rectangle of the frame in the pen's units, whichever way it is turned over; rotations become the box around it. */
export const placePart = (part: FramePart, place: Transform): FramePart => {
  const corners = [
    [part.left, part.top],
    [part.right, part.top],
    [part.left, part.bottom],
    [part.right, part.bottom],
  ].map(([x, y]) => applyTransform(place, { x: x!, y: y! }))
  return {
    left: Math.min(...corners.map(({ x }) => x)),
    right: Math.max(...corners.map(({ x }) => x)),
    top: Math.min(...corners.map(({ y }) => y)),
    bottom: Math.max(...corners.map(({ y }) => y)),
  }
}

export const intersectParts = (a: FramePart, b: FramePart): FramePart | null => {
  const both = {
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  }
  return both.right > both.left && both.bottom > both.top ? both : null
}
