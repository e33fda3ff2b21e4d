import { AsterismError } from '../../../core/errors'
import { idleTask, type Task } from '../../../core/task'
import { chooseStars } from './choose-stars'
import { buildFieldTable } from './field-table'
import { cropField, uncropPose, type Crop } from './crop-field'
import { createJudge } from './judge-pose'
import { describeSolution } from './describe-solution'
import {
  chooseAttempt,
  FEW,
  listLevels,
  MOST_ROUNDS,
  WIDEST_FIELD,
  WINDOW_STARS,
  type Attempt,
  type Level,
} from './list-attempts'
import { takeCone, thinOut, type ReferenceSky } from './reference-sky'
import { refineSolution } from './refine-solution'
import { searchSky } from './search-sky'
import { ARCSECOND, RADIAN, toVector, type Vector } from './sphere'
import type { FieldToSolve, Parity, PlateSolution, SolveHints, SolveRefusal, Unsolved } from './solve-types'
import { takeField } from './take-field'
import { mapStars } from './star-map'
import { startWatch, type Watch } from './watch'
import type { SearchVolume } from './weigh-evidence'

/** Fewer stars never settle a place: two fix it, and two more have to agree. */
const FEWEST = 4
/** Two thousand to one, after all places that there were to choose from have been counted. Fields of stars by chance stay below 2 to 1 in 600 (tests). */
const NEEDED = Math.log(2000)
/** Stars of the catalogue that a field has to have on average, for it to be looked for over the whole sky. */
const FEWEST_ON_AVERAGE = 1.5

/** Pixels: what the centres of stars, and arcseconds: what the places of a catalogue, are good to, epochs apart. */
const CENTRE_ERROR = 0.7
const CATALOGUE_ERROR = 0.7

const checkInput = ({ width, height }: FieldToSolve, { scale, place, rotation }: SolveHints): void => {
  const bad = (what: string): AsterismError =>
    new AsterismError('bad-order', `The frame cannot be solved: ${what}.`)
  if (!(width >= 1 && height >= 1 && Number.isFinite(width * height))) throw bad('it has no size')
  if (!(scale[0] > 0 && scale[1] >= scale[0] && Number.isFinite(scale[1])))
    throw bad('the range of scales has to be two positive numbers, the smaller one first')
  if (rotation != null && !(Number.isFinite(rotation.angle) && rotation.tolerance > 0))
    throw bad('the angle by which it is turned is none')
  if (place === null) return
  if (!(Number.isFinite(place.rightAscension) && Math.abs(place.declination) <= 90 && place.radius > 0))
    throw bad('the place where it is looked for is none')
}

/** The best that was seen, and how many poses were judged. */
interface Progress {
  logOdds: number
  tested: number
}

/** How long a search may go on. */
export interface SolveLimits {
  readonly seconds: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}
const USUAL_LIMITS: SolveLimits = { seconds: 60, now: Date.now }

/** A hint may be true to the last digit, and distortion changes the scale by a little: so far beyond it a scale is taken. */
const SCALE_SLACK = 1.02
/** The same where the very optics were measured before. */
const KNOWN_SLACK = 1.0005

/** Stars of the catalogue on a frame by which it is first asked whether a place may be the right one. */
const FIRST_LOOK = 60

/** All that stays the same through the rounds. */
interface Search {
  readonly sky: ReferenceSky
  readonly frame: FieldToSolve
  readonly side: number
  readonly parities: readonly Parity[]
  readonly highestOrder: number | undefined
  /** Radians. */
  readonly rotation: { readonly angle: number; readonly tolerance: number } | null
  readonly slack: number
  readonly cone: { readonly center: Vector; readonly radius: number } | null
  /** Stars of the catalogue near the place, where one is known. */
  readonly places: Int32Array | null
  readonly volume: SearchVolume
  readonly watch: Watch
  readonly progress: Progress
}

/** One attempt at one size of field: the solution, or null where there is none yet. */
const tryAttempt = (search: Search, attempt: Attempt, level: Level): PlateSolution | null => {
  const { sky, frame, side, cone, places, volume, watch, progress } = search
  const error = Math.hypot(CENTRE_ERROR, (CATALOGUE_ERROR * ARCSECOND * side) / level.size)
  const whole: Crop = { field: takeField(frame, error).field, u: 0, v: 0 }
  const crop = attempt.window === null ? whole : cropField(whole.field, attempt.window, WINDOW_STARS)
  if (crop === null) return null
  const { field } = crop
  const diagonal = Math.hypot(field.width, field.height)
  const density = attempt.references / ((level.size * field.width) / frame.width) ** 2
  const chosen = chooseStars(field, attempt.stars, attempt.choice)
  const table = buildFieldTable(
    Float64Array.from(chosen, (star) => field.u[star]!),
    Float64Array.from(chosen, (star) => field.v[star]!),
    {
      order: attempt.order,
      error,
      shortest: Math.max(8, 6 * error, 0.04 * diagonal),
      longest: 0.8 * diagonal,
      parities: search.parities,
    },
  )
  const found = searchSky(
    {
      field,
      chosen,
      table,
      map: mapStars(field),
      judge: createJudge(
        field,
        {
          grid: thinOut(sky, places, 3 * density),
          magnitude: sky.magnitude,
          sparse: thinOut(sky, places, Math.min(3, FIRST_LOOK / attempt.references) * density),
        },
        volume,
      ),
      grid: thinOut(sky, places, density),
      scale: level.scale,
      slack: search.slack,
      rotation: search.rotation,
      cone: attempt.window === null ? cone : widenCone(cone, level, frame),
      neighbours: attempt.neighbours,
      // Where a frame has few stars one more than the asterism will do: near a place there are not many to judge.
      sigmas: cone === null || field.u.length > FEW ? 1.5 : 0.5,
      enough: NEEDED,
    },
    watch,
  )
  progress.tested += found.tested
  if (found.best === null) return null
  progress.logOdds = Math.max(progress.logOdds, found.best.logOdds)
  if (found.best.logOdds < NEEDED) return null
  const pose = attempt.window === null ? found.best.pose : uncropPose(crop, found.best.pose)
  const refined =
    pose === null
      ? null
      : refineSolution(
          {
            stars: frame.stars,
            grid: sky.grid,
            width: frame.width,
            height: frame.height,
            error,
            highestOrder: search.highestOrder,
          },
          pose,
        )
  return refined === null ? null : describeSolution({ frame, sky, refined, logOdds: found.best.logOdds })
}

/** The middle of a part of a frame may be as much farther away as it is from the middle of the frame. */
const widenCone = (cone: Search['cone'], level: Level, frame: FieldToSolve): Search['cone'] =>
  cone === null
    ? null
    : {
        center: cone.center,
        radius: cone.radius + (Math.hypot(frame.width, frame.height) / 2) * level.scale[1],
      }

interface Part {
  readonly attempt: Attempt
  readonly level: Level
  /** About how many asterisms of the catalogue are looked at. */
  readonly weight: number
}

/** What is tried one after the other: all sizes of field in a first round, then all again with more stars. */
const listParts = (
  levels: readonly Level[],
  sky: ReferenceSky,
  usable: number,
  available: number,
  area: number,
): Part[] => {
  const parts: Part[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const level of levels) {
      const attempt = chooseAttempt(round, level, usable, available, area)
      if (attempt === null) continue
      const stars = Math.min(
        available,
        sky.origin.length,
        Math.min(attempt.references / level.size ** 2, sky.grid.density) * 4 * Math.PI,
      )
      const { neighbours, order } = attempt
      const pairs = (neighbours * (neighbours - 1)) / 2
      parts.push({ attempt, level, weight: stars * (order === 3 ? pairs : (pairs * (neighbours - 2)) / 3) })
    }
  }
  return parts
}

const labelOf = ({ size }: Level): string => `${(size / RADIAN).toPrecision(2)}°`

/**
 * Finds where on the sky a frame is, or says why it cannot tell. Asterisms of three or four stars of the frame are looked for in the
 * catalogue (near a place: three with their neighbours; over the whole sky: four), each place that agrees is weighed against chance, and
 * the first one that is likely enough is fitted: similarity, TAN or TAN-SIP, whatever the stars support. It gives up when its time is over.
 * The task is told how far it is, with the size of field that is being looked for as its label.
 * Source of the method: Lang, Hogg, Mierle, Blanton & Roweis 2010, AJ 139, 1782.
 */
export const solveField = (
  sky: ReferenceSky,
  frame: FieldToSolve,
  hints: SolveHints,
  task: Task = idleTask(),
  limits: Partial<SolveLimits> = {},
): PlateSolution | Unsolved => {
  checkInput(frame, hints)
  const side = Math.sqrt(frame.width * frame.height)
  const usable = takeField(frame, 1).order.length
  if (usable < FEWEST) return refuse({ code: 'too-few-stars', found: usable, needed: FEWEST })
  const cone =
    hints.place === null
      ? null
      : {
          center: toVector(hints.place.rightAscension, hints.place.declination),
          radius: Math.min(Math.PI, hints.place.radius * RADIAN),
        }
  const halfFrame = Math.min(1.2, (Math.hypot(frame.width, frame.height) / 2) * hints.scale[1] * ARCSECOND)
  const places = cone === null ? null : takeCone(sky, cone.center, cone.radius + halfFrame)
  const available = (places ?? sky.origin).length
  if (available < FEWEST) return refuse({ code: 'too-few-references', found: available, needed: FEWEST })
  const levels = listLevels(hints, side, sky.grid.density).filter(
    ({ size }) => cone !== null || sky.grid.density * size * size >= FEWEST_ON_AVERAGE,
  )
  if (levels.length === 0) return refuseScale(sky, hints, side)

  const parities: readonly Parity[] = hints.parity === null ? [1, -1] : [hints.parity]
  const rotation =
    hints.rotation == null
      ? null
      : {
          angle: hints.rotation.angle * RADIAN,
          tolerance: Math.min(90, hints.rotation.tolerance) * RADIAN,
        }
  const slack = rotation === null ? SCALE_SLACK : KNOWN_SLACK
  const volume: SearchVolume = {
    area: cone === null ? 4 * Math.PI : 2 * Math.PI * (1 - Math.cos(cone.radius)),
    logScales: Math.log(hints.scale[1] / hints.scale[0]) + 2 * Math.log(slack),
    turns: rotation === null ? 2 * Math.PI : Math.min(2 * Math.PI, 4 * rotation.tolerance),
    parities: parities.length,
  }
  const { seconds, now } = { ...USUAL_LIMITS, ...limits }
  const parts = listParts(levels, sky, usable, cone === null ? Infinity : available, volume.area)
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const watch = startWatch(task, seconds, total, now)
  const progress: Progress = { logOdds: -Infinity, tested: 0 }
  const { highestOrder } = hints
  const search = {
    sky,
    frame,
    side,
    parities,
    highestOrder,
    rotation,
    slack,
    cone,
    places,
    volume,
    watch,
    progress,
  }
  for (const { attempt, level, weight } of parts) {
    watch.begin(labelOf(level), weight)
    const solution = tryAttempt(search, attempt, level)
    if (solution !== null) return solution
    if (watch.isOver(1)) return refuseUnmatched(search, true)
  }
  return refuseUnmatched(search, false)
}

const refuse = (refusal: SolveRefusal): Unsolved => ({ solved: false, refusal })

const refuseScale = (sky: ReferenceSky, hints: SolveHints, side: number): Unsolved =>
  refuse({
    code: 'scale-out-of-range',
    smallest: (side * hints.scale[0]) / 3600,
    largest: (side * hints.scale[1]) / 3600,
    least: hints.place === null ? Math.sqrt(FEWEST_ON_AVERAGE / sky.grid.density) / RADIAN : 0,
    most: WIDEST_FIELD,
  })

/** Nothing was likely enough, after all was tried or when time was over. */
const refuseUnmatched = ({ progress, watch }: Search, isOver: boolean): Unsolved => {
  const seen = { ...progress, needed: NEEDED }
  return refuse(
    isOver ? { code: 'time-over', seconds: watch.seconds(), ...seen } : { code: 'no-match', ...seen },
  )
}
