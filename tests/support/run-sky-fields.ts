import { createReferenceSky } from '../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../web/science/astrometry/solve/solve-field'
import type { PlateSolution } from '../../web/science/astrometry/solve/solve-types'
import { createRandom } from '../../web/science/math/random'
import { readShippedCone } from './read-catalogue'
import { arcsecondsBetween, simulateSkyField, type SkyField } from './simulate-sky-field'

const turnBetween = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180)

/** Whether a solution is the truth: middle within some pixels, scale within a percent or two, turn within a degree, parity. */
export const judgeSolution = (solution: PlateSolution, field: SkyField, pixels = 5): 'right' | 'wrong' =>
  arcsecondsBetween(solution.center, field.center) / field.scale < pixels &&
  Math.abs(solution.scale / field.scale - 1) < 0.03 &&
  turnBetween(solution.rotation, field.rotation) < 1 &&
  solution.parity === field.parity
    ? 'right'
    : 'wrong'

export interface FieldsRun {
  solved: number
  /** Of fields that had six or more of their stars left. */
  readonly rich: { fields: number; solved: number }
  readonly wrong: string[]
  medianTime: number
  highestRefused: number
}

/**
 * Fields of 10 arcminutes to 5 degrees anywhere, of which 8 or more stars down to VT 11.5 are inside; 30 % of them are missing and 30 % of the
 * list is false. The hints are up to a degree off, the scale is known to a quarter, and the solver has the whole catalogue.
 * Shuffled, the stars lie anywhere on the frame; astray, the hint is so far off that the middle is not within its radius; where a part
 * of a large frame is, the frame may be found by that part, and nowhere else.
 */
export const runHinted = (
  seed: string,
  fields: number,
  { shuffled = false, astray = false, seconds = 60 } = {},
): FieldsRun => {
  const run: FieldsRun = {
    solved: 0,
    rich: { fields: 0, solved: 0 },
    wrong: [],
    medianTime: 0,
    highestRefused: -Infinity,
  }
  const times: number[] = []
  for (let attempt = 0; times.length < fields; attempt++) {
    const random = createRandom(`${seed}/${attempt}`)
    const size = (1 / 6) * 30 ** random.uniform()
    const width = 600 + random.integer(1400)
    const height = Math.round(width * (0.6 + 0.4 * random.uniform()))
    const scale = (size * 3600) / Math.sqrt(width * height)
    const place = {
      rightAscension: 360 * random.uniform(),
      declination: (Math.asin(2 * random.uniform() - 1) * 180) / Math.PI,
    }
    const hint = astray
      ? { ...place, declination: place.declination + (place.declination > 0 ? -2.5 : 2.5) }
      : place
    const around = readShippedCone({ ...place, radius: 2.3 + size })
    const known = astray ? readShippedCone({ ...hint, radius: 2.3 + size }) : around
    const bright = {
      ...around,
      magnitude: around.magnitude.map((value) => (value <= 11.5 ? value : Number.NaN)),
    }
    const kept = [...bright.magnitude.keys()].filter((index) => !Number.isNaN(bright.magnitude[index]!))
    const field = simulateSkyField(
      {
        rightAscension: kept.map((index) => around.rightAscension[index]!),
        declination: kept.map((index) => around.declination[index]!),
        magnitude: kept.map((index) => around.magnitude[index]!),
      },
      {
        width,
        height,
        scale,
        noise: 0.3 + 0.3 * random.uniform(),
        missing: 0.3,
        spurious: 0.3,
        distortion: 0.004 * random.normal(),
        near: { ...place, radius: 1 },
      },
      random,
    )
    if (field.inside < 8) continue
    const guess = 0.85 + 0.3 * random.uniform()
    const stars = shuffled
      ? field.stars.map((star) => ({ ...star, x: width * random.uniform(), y: height * random.uniform() }))
      : field.stars
    const start = performance.now()
    const solution = solveField(
      createReferenceSky(known),
      { stars, width, height },
      { place: { ...hint, radius: 1.2 }, scale: [scale * guess * 0.8, scale * guess * 1.25], parity: null },
      undefined,
      { seconds },
    )
    times.push(performance.now() - start)
    if (field.present >= 6) run.rich.fields++
    if (!solution.solved) {
      if ('logOdds' in solution.refusal)
        run.highestRefused = Math.max(run.highestRefused, solution.refusal.logOdds)
      continue
    }
    if (!shuffled && judgeSolution(solution, field) === 'right') {
      run.solved++
      if (field.present >= 6) run.rich.solved++
    } else
      run.wrong.push(
        `${seed}/${attempt}: ${size.toFixed(2)} degrees, ${field.present} stars, odds ${solution.logOdds}`,
      )
  }
  times.sort((a, b) => a - b)
  run.medianTime = times[times.length >> 1]!
  return run
}
