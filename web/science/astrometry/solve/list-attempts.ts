import type { StarChoice } from './choose-stars'
import { ARCSECOND, RADIAN } from './sphere'
import type { SolveHints } from './solve-types'

/** Stars of the frame from which asterisms are made, and of the catalogue for a frame of this size. */
export interface Attempt {
  readonly order: 3 | 4
  readonly choice: StarChoice
  readonly stars: number
  readonly references: number
  /**
   * Only a part of the frame around here is looked at (parts of the frame from its middle), so large that it has about WINDOW_STARS stars.
   * There it does not matter which brightness is lost or whose are no stars; where the frame has few stars the attempt is left out.
   */
  readonly window: readonly [number, number] | null
  /** Of each star of the catalogue, asterisms with so many of its nearest neighbours are looked at. */
  readonly neighbours: number
}

/** Stars of a part of the frame that is looked at alone. */
export const WINDOW_STARS = 50

/** All that the catalogue has. */
const ALL = 1e9

const NEAR_A_PLACE: readonly Attempt[] = [
  { order: 3, choice: 'brightest', window: null, stars: 20, references: 25, neighbours: 10 },
  { order: 3, choice: 'even', window: null, stars: 30, references: 60, neighbours: 12 },
  { order: 3, choice: 'brightest', window: null, stars: 24, references: ALL, neighbours: 24 },
  { order: 3, choice: 'brightest', window: null, stars: 40, references: 150, neighbours: 12 },
  { order: 3, choice: 'brightest', window: [0, 0], stars: 24, references: ALL, neighbours: 12 },
  { order: 3, choice: 'even', window: null, stars: 40, references: 60, neighbours: 14 },
  { order: 3, choice: 'brightest', window: [-0.25, -0.25], stars: 24, references: ALL, neighbours: 12 },
  { order: 3, choice: 'brightest', window: [0.25, 0.25], stars: 24, references: ALL, neighbours: 12 },
]
/** The few stars of a frame may be far apart in the catalogue: every star with most of those that a frame has. */
const FEW_STARS: readonly Attempt[] = [
  { order: 3, choice: 'brightest', window: null, stars: 24, references: 30, neighbours: 30 },
  { order: 3, choice: 'brightest', window: null, stars: 24, references: 100, neighbours: 50 },
]
const ANYWHERE: readonly Attempt[] = [
  { order: 4, choice: 'brightest', window: null, stars: 22, references: 25, neighbours: 6 },
  { order: 4, choice: 'even', window: null, stars: 30, references: 50, neighbours: 7 },
  { order: 4, choice: 'brightest', window: null, stars: 26, references: 35, neighbours: 9 },
  { order: 4, choice: 'brightest', window: [0, 0], stars: 26, references: ALL, neighbours: 7 },
  { order: 4, choice: 'brightest', window: null, stars: 26, references: 60, neighbours: 12 },
]
export const MOST_ROUNDS = NEAR_A_PLACE.length + FEW_STARS.length

/** Frames with no more stars than these are looked at with more patience. */
export const FEW = 20

/** Three stars agree by chance too often where there are more places than these, in stars; in a part of a frame that is worth more. */
const MOST_FOR_TRIANGLES = 3000
const MOST_IN_WINDOW = 15_000

/** One size of field (radians) and the scales (radians a pixel) that go with it. */
export interface Level {
  readonly size: number
  readonly scale: readonly [number, number]
}

/** Degrees along the geometric mean of the sides. */
export const WIDEST_FIELD = 90
/** Scales of one level, greatest to least; a level takes what lies a third beyond it too. */
const LEVEL_RATIO = 1.8
const LEVEL_MARGIN = 1.35

/**
 * Sizes of field that the hints leave open, widest first, as those are looked through soonest.
 * @param side of the frame, pixels @param densest stars in a steradian of the catalogue
 */
export const listLevels = (hints: SolveHints, side: number, densest: number): Level[] => {
  const [least, most] = [hints.scale[0] * ARCSECOND, hints.scale[1] * ARCSECOND]
  const steps = Math.max(1, Math.ceil(Math.log(most / least) / Math.log(LEVEL_RATIO) - 1e-9))
  const factor = (most / least) ** (1 / steps)
  const levels: Level[] = []
  for (let step = 0; step < steps; step++) {
    const high = most / factor ** step
    const size = (side * high) / Math.sqrt(factor)
    if (size > WIDEST_FIELD * RADIAN) continue
    // From here on all stars are asked for at every scale: once is enough.
    const last = (ANYWHERE[0]?.references ?? 0) / size ** 2 > densest
    levels.push({
      size,
      scale: [
        last ? least : Math.max(least, high / factor / LEVEL_MARGIN),
        Math.min(most, high * LEVEL_MARGIN),
      ],
    })
    if (last) break
  }
  return levels
}

/**
 * What is tried in a round: triangles where there are few stars to choose from, else asterisms of four.
 * @param usable stars of the frame @param available stars of the catalogue near the place that is known @param area steradians of all places that may be
 */
export const chooseAttempt = (
  round: number,
  level: Level,
  usable: number,
  available: number,
  area: number,
): Attempt | null => {
  const near = (usable <= FEW ? [...NEAR_A_PLACE, ...FEW_STARS] : NEAR_A_PLACE)[round]
  if (near === undefined) return null
  const asked = (near.references / level.size ** 2) * area
  const most = near.window === null ? MOST_FOR_TRIANGLES : MOST_IN_WINDOW
  return Math.min(available, asked) <= most ? near : (ANYWHERE[round] ?? null)
}
