import { expect, test } from 'vitest'
import { createReferenceSky } from '../../../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../../../web/science/astrometry/solve/solve-field'
import { takeStars } from '../../../../web/science/catalogue/catalogue-stars'
import { createRandom } from '../../../../web/science/math/random'
import { readShippedSky } from '../../../support/read-catalogue'
import { judgeSolution, runHinted } from '../../../support/run-sky-fields'
import { simulateSkyField } from '../../../support/simulate-sky-field'

test('1000 fields over the whole sky: none wrong, all but a few of those with six stars left are solved (seed long)', () => {
  const run = runHinted('long', 1000)
  console.warn(
    `${run.solved} of 1000 solved, ${run.rich.solved} of ${run.rich.fields} with six or more stars left; median ${run.medianTime.toFixed(0)} ms`,
  )
  expect(run.wrong).toEqual([])
  expect(run.solved).toBeGreaterThanOrEqual(970)
  expect(run.rich.solved / run.rich.fields).toBeGreaterThanOrEqual(0.995)
})

/** Seeds that nothing was ever tried with before these tests were written. */
test.each(['held out 1', 'held out 2', 'held out 3'])(
  '200 fields of the acceptance (seed %s): 99 in a hundred are solved, and none is wrong',
  (seed) => {
    const run = runHinted(seed, 200)
    console.warn(`${seed}: ${run.solved} of 200 solved, median ${run.medianTime.toFixed(0)} ms`)
    expect(run.wrong).toEqual([])
    expect(run.solved).toBeGreaterThanOrEqual(198)
  },
)

test.each([
  ['whose stars lie anywhere', { shuffled: true }],
  ['that are looked for two and a half degrees away', { astray: true }],
] as const)(
  '600 fields %s: none is solved wrongly (seed long chance)',
  (_, options) => {
    const run = runHinted('long-chance', 600, { ...options, seconds: 1 })
    console.warn(`the best odds of a field by chance: exp(${run.highestRefused.toFixed(1)})`)
    expect(run.wrong).toEqual([])
  },
  1_200_000,
)

test('30 blind fields of 0.8 to 4 degrees anywhere on the sky, scale known to a factor of two each way (seed long blind)', () => {
  const all = readShippedSky()
  const stars = takeStars(
    all,
    [...all.magnitude.keys()].filter((index) => all.magnitude[index]! <= 11.5),
  )
  const sky = createReferenceSky(stars)
  const times: number[] = []
  let right = 0
  for (let round = 0; times.length < 30; round++) {
    const random = createRandom(`long blind/${round}`)
    const scale = ((0.8 * 5 ** random.uniform()) / 1225) * 3600
    const field = simulateSkyField(
      stars,
      { width: 1500, height: 1000, scale, noise: 0.4, missing: 0.3, spurious: 0.3, distortion: 0 },
      random,
    )
    if (field.inside < 8) continue
    const start = performance.now()
    const solution = solveField(sky, field, { place: null, scale: [scale / 2, scale * 2], parity: null })
    times.push(performance.now() - start)
    if (!solution.solved) continue
    expect(judgeSolution(solution, field)).toBe('right')
    right++
  }
  times.sort((a, b) => a - b)
  console.warn(`${right} of 30 blind fields solved, median ${times[15]!.toFixed(0)} ms`)
  expect(right).toBeGreaterThanOrEqual(28)
})
