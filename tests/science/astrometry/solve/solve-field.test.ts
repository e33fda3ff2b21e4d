import { expect, test } from 'vitest'
import { createReferenceSky } from '../../../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../../../web/science/astrometry/solve/solve-field'
import type { FieldStar } from '../../../../web/science/astrometry/solve/solve-types'
import { createRandom } from '../../../../web/science/math/random'
import { AsterismError } from '../../../../web/core/errors'
import { readShippedCone, readShippedTile } from '../../../support/read-catalogue'
import { judgeSolution, runHinted } from '../../../support/run-sky-fields'
import { simulateSkyField, type SkyField, type SkyFieldOptions } from '../../../support/simulate-sky-field'

const usual: SkyFieldOptions = {
  width: 1500,
  height: 1000,
  scale: 3,
  noise: 0.4,
  missing: 0.3,
  spurious: 0.3,
  distortion: 0,
}

/** So many stars evenly over a square around a place (degrees), for fields that Tycho-2 has too few stars in. */
const drawStars = (
  seed: string,
  place: { rightAscension: number; declination: number; radius: number },
  count: number,
) => {
  const random = createRandom(seed)
  const narrow = Math.cos((place.declination * Math.PI) / 180)
  const offset = (): number => 2 * place.radius * (2 * random.uniform() - 1)
  return {
    rightAscension: Float64Array.from({ length: count }, () => place.rightAscension + offset() / narrow),
    declination: Float64Array.from({ length: count }, () => place.declination + offset()),
    magnitude: Float64Array.from({ length: count }, () => 18 + 2 * Math.log(random.uniform() + 1e-9)),
  }
}

test('50 fields over the whole sky, 10 arcminutes to 5 degrees, 30 % missing and 30 % false: solved, none wrong (seed ordinary)', () => {
  const run = runHinted('ordinary', 50)
  expect(run.wrong).toEqual([])
  expect(run.solved).toBeGreaterThanOrEqual(48)
  // 300 ms where nothing else runs; here only what a slip of an order of magnitude would break.
  expect(run.medianTime).toBeLessThan(1000)
})

test('fields of stars by chance are refused (seed chance)', () => {
  const run = runHinted('chance', 15, { shuffled: true, seconds: 0.6 })
  expect(run.solved).toBe(0)
  expect(run.wrong).toEqual([])
  expect(run.highestRefused).toBeLessThan(5)
}, 60_000)

const bright = readShippedTile('bright')
const brightSky = createReferenceSky(bright)

const solveBlind = (field: SkyField, span = 2) =>
  solveField(brightSky, field, {
    place: null,
    scale: [field.scale / span, field.scale * span],
    parity: null,
  })

test.each([
  ['of 3 degrees', 8],
  ['of 8 degrees', 25],
  ['of 20 degrees, wide as a camera lens sees it', 60],
])('a blind field %s is found from the bright stars alone (seed blind)', (_, scale) => {
  const random = createRandom(`blind/${scale}`)
  for (let round = 0; round < 3; round++) {
    const field = simulateSkyField(bright, { ...usual, scale }, random)
    const solution = solveBlind(field)
    expect(solution.solved).toBe(true)
    if (solution.solved) expect(judgeSolution(solution, field)).toBe('right')
  }
})

const near = (field: SkyField, change: (stars: FieldStar[]) => FieldStar[], faintest = 11.5) => {
  const place = { rightAscension: field.center[0], declination: field.center[1], radius: 1 }
  const sky = createReferenceSky(readShippedCone({ ...place, radius: 3 }, faintest))
  return solveField(
    sky,
    { ...field, stars: change([...field.stars]) },
    { place, scale: [field.scale * 0.8, field.scale * 1.2], parity: null },
  )
}

test('every star double, hot pixels that outshine all, and a list in no order (seed trouble)', () => {
  const random = createRandom('trouble')
  const cone = readShippedCone({ rightAscension: 80, declination: 35, radius: 12 }, 11)
  for (let round = 0; round < 8; round++) {
    const options = {
      ...usual,
      spurious: 0,
      near: { rightAscension: 80, declination: 35, radius: 8 },
    }
    let field = simulateSkyField(cone, options, random)
    while (field.present < 12) field = simulateSkyField(cone, options, random)
    const doubled = near(field, (stars) =>
      stars.flatMap((star) => [star, { ...star, x: star.x + 31, y: star.y - 24, flux: star.flux * 1.02 }]),
    )
    expect(doubled.solved).toBe(true)
    if (doubled.solved) {
      // Either of both beams may be the one that is followed.
      expect(judgeSolution(doubled, field, 50)).toBe('right')
      expect(doubled.rmsPixels).toBeLessThan(1.2)
    }
    const hot = near(field, (stars) => [
      ...stars,
      ...Array.from({ length: 10 }, () => ({
        x: 1499 * random.uniform(),
        y: 999 * random.uniform(),
        flux: 1e9,
      })),
    ])
    expect(hot.solved && judgeSolution(hot, field)).toBe('right')
  }
})

test('a barrel of two percent is solved, and SIP brings its residuals down to the noise (seed barrel)', () => {
  const random = createRandom('barrel')
  let field = simulateSkyField(
    bright,
    { ...usual, scale: 20, distortion: -0.02, missing: 0.1, spurious: 0.1 },
    random,
  )
  for (let round = 0; round < 3; round++) {
    const solution = solveBlind(field)
    expect(solution.solved).toBe(true)
    if (!solution.solved) return
    expect(judgeSolution(solution, field)).toBe('right')
    expect(solution.wcs.order).toBeGreaterThanOrEqual(3)
    expect(solution.rmsPixels).toBeLessThan(0.9)
    expect(solution.matched.length).toBeGreaterThan(0.8 * field.present)
    field = simulateSkyField(
      bright,
      { ...usual, scale: 20, distortion: 0.015, missing: 0.1, spurious: 0.1 },
      random,
    )
  }
})

test('fields of five arcminutes at 0.3 arcseconds a pixel are solved where a catalogue is deep enough (seed narrow)', () => {
  const random = createRandom('narrow')
  const place = { rightAscension: 200, declination: -40, radius: 0.15 }
  const cone = drawStars('deep', place, 1500)
  const sky = createReferenceSky(cone)
  let solved = 0
  for (let round = 0; round < 10; round++) {
    const near = { ...place, radius: 0.1 }
    const field = simulateSkyField(cone, { ...usual, width: 1000, height: 1000, scale: 0.3, near }, random)
    const solution = solveField(sky, field, { place, scale: [0.27, 0.33], parity: field.parity })
    if (!solution.solved) continue
    expect(judgeSolution(solution, field)).toBe('right')
    solved++
  }
  expect(solved).toBeGreaterThanOrEqual(9)
})

test('it says why there is no solution', () => {
  const stars = Array.from({ length: 20 }, (_, index) => ({
    x: 37 * index,
    y: (index * index * 13) % 500,
    flux: 1 + index,
  }))
  const frame = { stars, width: 800, height: 500 }
  const place = { rightAscension: 10, declination: 20, radius: 1 }
  const empty = createReferenceSky({ rightAscension: [10, 10.1], declination: [20, 20.1], magnitude: [5, 6] })
  expect(
    solveField(brightSky, { ...frame, stars: stars.slice(0, 3) }, { place, scale: [1, 2], parity: null }),
  ).toEqual({
    solved: false,
    refusal: { code: 'too-few-stars', found: 3, needed: 4 },
  })
  expect(solveField(empty, frame, { place, scale: [1, 2], parity: null })).toEqual({
    solved: false,
    refusal: { code: 'too-few-references', found: 2, needed: 4 },
  })
  expect(solveField(brightSky, frame, { place: null, scale: [0.2, 0.4], parity: null })).toMatchObject({
    solved: false,
    refusal: { code: 'scale-out-of-range' },
  })
  expect(solveField(brightSky, frame, { place, scale: [30, 40], parity: null })).toMatchObject({
    solved: false,
    refusal: { code: 'no-match' },
  })
  expect(() => solveField(brightSky, frame, { place, scale: [2, 1], parity: null })).toThrow(AsterismError)
  expect(() =>
    solveField(brightSky, { ...frame, width: Number.NaN }, { place, scale: [1, 2], parity: null }),
  ).toThrow('it has no size')
})

test('a search over the whole sky says how far it is, ends when its time is over and stops when it is told to (seed limits)', () => {
  const random = createRandom('limits')
  const stars = Array.from({ length: 40 }, () => ({
    x: 1499 * random.uniform(),
    y: 999 * random.uniform(),
    flux: random.uniform(),
  }))
  const frame = { stars, width: 1500, height: 1000 }
  const anywhere = { place: null, scale: [5, 50], parity: null } as const
  const seen: number[] = []
  const controller = new AbortController()
  const task = {
    signal: controller.signal,
    report: ({ done, total }: { done: number; total: number }) => void seen.push(done / total),
  }
  // A clock that goes on by ten milliseconds whenever it is looked at.
  let time = 0
  const now = (): number => (time += 10)
  const refused = solveField(brightSky, frame, anywhere, task, { seconds: 3, now })
  expect(refused).toMatchObject({ solved: false, refusal: { code: 'time-over' } })
  expect(time).toBeLessThan(3100)
  expect(seen.length).toBeGreaterThan(5)
  expect(seen.every((share, index) => share <= 1 && share > (seen[index - 1] ?? -1))).toBe(true)
  expect(solveField(brightSky, frame, anywhere, { ...task, deadline: Date.now() - 1 })).toMatchObject({
    refusal: { code: 'time-over' },
  })
  controller.abort()
  expect(() => solveField(brightSky, frame, anywhere, task)).toThrow('cancelled')
})

test('a third of the stars, the brightest, is lost, and others as bright are false (seed lost)', () => {
  const random = createRandom('lost')
  let tried = 0
  for (let round = 0; tried < 3; round++) {
    const center = {
      rightAscension: 360 * random.uniform(),
      declination: (Math.asin(2 * random.uniform() - 1) * 180) / Math.PI,
      radius: 0.5,
    }
    const cone = readShippedCone({ ...center, radius: 4 }, 11.5)
    const field = simulateSkyField(
      cone,
      { ...usual, scale: 8, missing: 0, spurious: 0, near: center },
      random,
    )
    if (field.inside < 100) continue
    tried++
    const solution = near(field, (stars) => {
      stars.sort((a, b) => b.flux - a.flux)
      const lost = Math.round(0.3 * stars.length)
      return stars.map((star, index) =>
        index < lost ? { ...star, x: 1499 * random.uniform(), y: 999 * random.uniform() } : star,
      )
    })
    expect(solution.solved && judgeSolution(solution, field)).toBe('right')
  }
})
