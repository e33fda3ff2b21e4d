import { chooseDeclinationStep, chooseRightAscensionStep, type CoordinateStyle } from './choose-spacing'
import { formatDeclinationLine, formatRightAscensionLine } from './format-line'
import type { FrameSky } from './frame-sky'
import { seeSky, type FramePart, type SeenSky } from './see-sky'

/** A line of equal right ascension or declination: runs of x0, y0, x1, y1 … in pixels of the frame. It has several where it leaves the map and comes back. */
export interface GridLine {
  readonly axis: 'right-ascension' | 'declination'
  readonly label: string
  readonly runs: readonly Float64Array[]
}

export interface GridWish {
  readonly style: CoordinateStyle
  /** Pixels of the frame from line to line, at least. */
  readonly apart: number
}

/** Pixels of the frame from point to point along a line, of those that are asked from line to line. */
const FINENESS = 0.14
const FEWEST_POINTS = 12
const MOST_POINTS = 128
/** No picture needs more, and a map that asks for them has a scale that means nothing. */
const MOST_LINES = 80

/** Asks a line at equal steps, and breaks it where there is no answer and where it jumps over the edge of a map. */
const traceLine = (
  sky: FrameSky,
  points: number,
  longest: number,
  place: (share: number) => readonly [number, number],
): Float64Array[] => {
  const out = new Float64Array(6)
  const runs: Float64Array[] = []
  const run = new Float64Array(2 * points + 2)
  let length = 0
  const end = (): void => {
    if (length >= 4) runs.push(run.slice(0, length))
    length = 0
  }
  for (let k = 0; k <= points; k++) {
    const [rightAscension, declination] = place(k / points)
    if (!sky.toPixel(rightAscension, declination, out)) {
      end()
      continue
    }
    const [x, y] = [out[0]!, out[1]!]
    if (length > 0 && Math.hypot(x - run[length - 2]!, y - run[length - 1]!) > longest) end()
    run[length++] = x
    run[length++] = y
  }
  end()
  return runs
}

const listSteps = (from: number, to: number, step: number): number[] => {
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.min(MOST_LINES, Math.floor(to / step + 1e-9) - first + 1)
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step)
}

const countPoints = (degreesLong: number, seen: SeenSky, apart: number): number =>
  Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, Math.ceil(degreesLong / seen.scale / (FINENESS * apart))))

/**
 * Lines of right ascension and declination over a part of a frame. Meridians run into a pole that is seen only every six hours: the others end one
 * parallel before it, where they would be too close to be told apart.
 */
export const traceGrid = (sky: FrameSky, part: FramePart, wish: GridWish): GridLine[] => {
  const seen = seeSky(sky, part)
  if (seen === null) return []
  const least = wish.apart * seen.scale
  const declinationStep = chooseDeclinationStep(least, wish.style)
  const rightAscensionStep = chooseRightAscensionStep(
    Math.min(90, least / Math.max(seen.cosine, 1e-6)),
    wish.style,
  )
  const longest = Math.max(part.right - part.left, part.bottom - part.top)
  const lines: GridLine[] = []
  for (const declination of listSteps(seen.south, seen.north, declinationStep)) {
    if (Math.abs(declination) > 90 - 1e-9) continue
    const span = seen.east - seen.west
    const points = countPoints(span * Math.cos((declination * Math.PI) / 180), seen, wish.apart)
    const runs = traceLine(sky, points, longest, (share) => [seen.west + share * span, declination])
    const label = formatDeclinationLine(declination, declinationStep, wish.style)
    if (runs.length > 0) lines.push({ axis: 'declination', label, runs })
  }
  const around = seen.east - seen.west >= 360 - 1e-9
  // The line at the end of a full turn is the one at its beginning.
  const last = around ? seen.east - rightAscensionStep / 2 : seen.east
  for (const rightAscension of listSteps(seen.west, last, rightAscensionStep)) {
    const quarter = Math.abs(rightAscension / 90 - Math.round(rightAscension / 90)) < 1e-9
    const south = seen.hasSouthPole && !quarter ? declinationStep - 90 : seen.south
    const north = seen.hasNorthPole && !quarter ? 90 - declinationStep : seen.north
    if (north <= south) continue
    const points = countPoints(north - south, seen, wish.apart)
    const runs = traceLine(sky, points, longest, (share) => [rightAscension, south + share * (north - south)])
    const label = formatRightAscensionLine(rightAscension, rightAscensionStep, wish.style)
    if (runs.length > 0) lines.push({ axis: 'right-ascension', label, runs })
  }
  return lines
}
