import { AsterismError } from '../../../core/errors'
import { idleTask, type Task } from '../../../core/task'
import { buildFieldTable } from './field-table'
import { createJudge, type Judgement } from './judge-pose'
import { describeSolution } from './describe-solution'
import { takeCone, thinOut, type ReferenceSky } from './reference-sky'
import { refineSolution } from './refine-solution'
import { searchSky } from './search-sky'
import { ARCSECOND, RADIAN, toVector } from './sphere'
import type { FieldToSolve, Parity, PlateSolution, SolveHints, SolveRefusal, Unsolved } from './solve-types'
import { takeField } from './take-field'
import { mapStars } from './star-map'
import type { SearchVolume } from './weigh-evidence'

/** Fewer stars never settle a place: two fix it, and two more have to agree. */
const FEWEST = 4
/** Two thousand to one, after all places that there were to choose from have been counted. Fields of stars by chance stay below 2 to 1 in 600 (tests). */
const NEEDED = Math.log(2000)
/** Degrees along the geometric mean of the sides. */
const WIDEST_FIELD = 90
/** Stars of the frame from which asterisms are made, and of the catalogue for a frame of this size. */
interface Attempt {
  readonly order: 3 | 4
  readonly stars: number
  readonly references: number
  readonly neighbours: number
}
const HINTED: readonly Attempt[] = [
  { order: 3, stars: 20, references: 25, neighbours: 10 },
  { order: 3, stars: 30, references: 60, neighbours: 12 },
  { order: 3, stars: 24, references: 1e9, neighbours: 24 },
  { order: 3, stars: 40, references: 150, neighbours: 12 },
]
const BLIND: readonly Attempt[] = [
  { order: 4, stars: 22, references: 25, neighbours: 6 },
  { order: 4, stars: 30, references: 50, neighbours: 7 },
  { order: 4, stars: 26, references: 35, neighbours: 9 },
]
/** Three stars agree by chance too often where there are more places than these, in stars. */
const MOST_FOR_TRIANGLES = 3000
/** Stars of the catalogue that a field has to have on average, for it to be looked for over the whole sky. */
const FEWEST_ON_AVERAGE = 1.5

/** Pixels: what the centres of stars, and arcseconds: what the places of a catalogue, are good to, epochs apart. */
const CENTRE_ERROR = 0.7
const CATALOGUE_ERROR = 0.7

/** One size of field (radians) and the scales (radians a pixel) that go with it. */
interface Level {
  readonly size: number
  readonly scale: readonly [number, number]
}

/** Scales of one level, greatest to least; a level takes what lies a third beyond it too. */
const LEVEL_RATIO = 1.8
const LEVEL_MARGIN = 1.35

const listLevels = (hints: SolveHints, side: number, densest: number): Level[] => {
  const [least, most] = [hints.scale[0] * ARCSECOND, hints.scale[1] * ARCSECOND]
  const steps = Math.max(1, Math.ceil(Math.log(most / least) / Math.log(LEVEL_RATIO) - 1e-9))
  const factor = (most / least) ** (1 / steps)
  const levels: Level[] = []
  for (let step = 0; step < steps; step++) {
    const high = most / factor ** step
    const size = (side * high) / Math.sqrt(factor)
    if (size > WIDEST_FIELD * RADIAN) continue
    // From here on all stars are asked for at every scale: once is enough.
    const last = (BLIND[0]?.references ?? 0) / size ** 2 > densest
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

const checkInput = ({ width, height }: FieldToSolve, { scale, place }: SolveHints): void => {
  const bad = (what: string): AsterismError =>
    new AsterismError('bad-order', `The frame cannot be solved: ${what}.`)
  if (!(width >= 1 && height >= 1 && Number.isFinite(width * height))) throw bad('it has no size')
  if (!(scale[0] > 0 && scale[1] >= scale[0] && Number.isFinite(scale[1])))
    throw bad('the range of scales has to be two positive numbers, the smaller one first')
  if (place === null) return
  if (!(Number.isFinite(place.rightAscension) && Math.abs(place.declination) <= 90 && place.radius > 0))
    throw bad('the place where it is looked for is none')
}

/** The best that was seen, and how many poses were judged. */
interface Progress {
  best: Judgement | null
  tested: number
}

/**
 * Finds where on the sky a frame is, or says why it cannot tell. Asterisms of three or four stars of the frame are looked for in the
 * catalogue (near a place: three with their neighbours; over the whole sky: four), each place that agrees is weighed against chance, and
 * the first one that is likely enough is fitted: similarity, TAN or TAN-SIP, whatever the stars support.
 * Source of the method: Lang, Hogg, Mierle, Blanton & Roweis 2010, AJ 139, 1782.
 */
export const solveField = (
  sky: ReferenceSky,
  frame: FieldToSolve,
  hints: SolveHints,
  task: Task = idleTask(),
): PlateSolution | Unsolved => {
  checkInput(frame, hints)
  const side = Math.sqrt(frame.width * frame.height)
  const diagonal = Math.hypot(frame.width, frame.height)
  const usable = takeField(frame, 1).order.length
  if (usable < FEWEST) return refuse({ code: 'too-few-stars', found: usable, needed: FEWEST })
  const cone =
    hints.place === null
      ? null
      : {
          center: toVector(hints.place.rightAscension, hints.place.declination),
          radius: Math.min(Math.PI, hints.place.radius * RADIAN),
        }
  const halfFrame = Math.min(1.2, (diagonal / 2) * hints.scale[1] * ARCSECOND)
  const places = cone === null ? null : takeCone(sky, cone.center, cone.radius + halfFrame)
  const available = (places ?? sky.origin).length
  if (available < FEWEST) return refuse({ code: 'too-few-references', found: available, needed: FEWEST })
  const levels = listLevels(hints, side, sky.grid.density).filter(
    ({ size }) => cone !== null || sky.grid.density * size * size >= FEWEST_ON_AVERAGE,
  )
  if (levels.length === 0) return refuseScale(sky, hints, side)

  const parities: readonly Parity[] = hints.parity === null ? [1, -1] : [hints.parity]
  const volume: SearchVolume = {
    area: cone === null ? 4 * Math.PI : 2 * Math.PI * (1 - Math.cos(cone.radius)),
    logScales: Math.log(hints.scale[1] / hints.scale[0]),
    parities: parities.length,
  }
  const progress: Progress = { best: null, tested: 0 }
  for (let round = 0; round < Math.max(HINTED.length, BLIND.length); round++) {
    for (const level of levels) {
      const attempt = chooseAttempt(round, level, cone === null ? Infinity : available, volume.area)
      if (attempt === null) continue
      const error = Math.hypot(CENTRE_ERROR, (CATALOGUE_ERROR * ARCSECOND * side) / level.size)
      const { field, order } = takeField(frame, error)
      const density = attempt.references / level.size ** 2
      const grid = thinOut(sky, places, density)
      const judge = createJudge(field, thinOut(sky, places, 3 * density), volume)
      const stars = Math.min(attempt.stars, order.length)
      const table = buildFieldTable(field.u.slice(0, stars), field.v.slice(0, stars), {
        order: attempt.order,
        error,
        shortest: Math.max(8, 6 * error, 0.04 * diagonal),
        longest: 0.8 * diagonal,
        parities,
      })
      const found = searchSky(
        {
          field,
          table,
          map: mapStars(field),
          judge,
          grid,
          scale: level.scale,
          cone,
          neighbours: attempt.neighbours,
          enough: NEEDED,
        },
        task,
      )
      progress.tested += found.tested
      if (found.best !== null && (progress.best === null || found.best.logOdds > progress.best.logOdds))
        progress.best = found.best
      if (progress.best === null || progress.best.logOdds < NEEDED) continue
      const refined = refineSolution(
        {
          stars: frame.stars,
          grid: sky.grid,
          width: frame.width,
          height: frame.height,
          error,
          highestOrder: hints.highestOrder,
        },
        progress.best.pose,
      )
      if (refined !== null) return describeSolution({ frame, sky, refined, logOdds: progress.best.logOdds })
      progress.best = null
    }
  }
  return refuse({
    code: 'no-match',
    logOdds: progress.best?.logOdds ?? -Infinity,
    needed: NEEDED,
    tested: progress.tested,
  })
}

/** What is tried in a round: triangles where there are few stars to choose from, else asterisms of four. */
const chooseAttempt = (round: number, level: Level, available: number, area: number): Attempt | null => {
  const hinted = HINTED[round]
  const asked = ((hinted?.references ?? 0) / level.size ** 2) * area
  const attempt = Math.min(available, asked) <= MOST_FOR_TRIANGLES ? hinted : BLIND[round]
  return attempt ?? null
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
