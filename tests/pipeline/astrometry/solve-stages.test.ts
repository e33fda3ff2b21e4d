import { expect, test } from 'vitest'
import { AsterismError } from '../../../web/core/errors'
import { idleTask } from '../../../web/core/task'
import type { HintStage } from '../../../web/pipeline/astrometry/list-hints'
import type { References, ReferenceSupply } from '../../../web/pipeline/astrometry/reference-supply'
import { solveInStages } from '../../../web/pipeline/astrometry/solve-stages'
import { createReferenceSky } from '../../../web/science/astrometry/solve/reference-sky'
import { createRandom } from '../../../web/science/math/random'
import { readShippedCone, readShippedTile } from '../../support/read-catalogue'
import { arcsecondsBetween, simulateSkyField } from '../../support/simulate-sky-field'

const SCALE = 4
const random = createRandom('stages')
const PLACE = { rightAscension: 120, declination: 35 }
const field = simulateSkyField(
  readShippedCone({ ...PLACE, radius: 4 }),
  {
    width: 1200,
    height: 900,
    scale: SCALE,
    noise: 0.3,
    missing: 0.1,
    spurious: 0.2,
    distortion: 0,
    near: { ...PLACE, radius: 0.3 },
  },
  random,
)
const frame = { stars: field.stars, width: 1200, height: 900 }

const toReferences = (stars: ReturnType<typeof readShippedCone>): References => ({
  stars,
  sky: createReferenceSky(stars),
  used: {
    id: 'tycho2',
    name: 'Tycho-2',
    band: 'VT',
    epoch: 2000,
    moving: false,
    limit: null,
    stars: stars.rightAscension.length,
    files: [],
  },
  flags: [],
})
const supply: ReferenceSupply = {
  chosen: (cone) => Promise.resolve(toReferences(readShippedCone(cone))),
  bundled: (cone) => Promise.resolve(toReferences(readShippedCone(cone))),
  bright: () => Promise.resolve(toReferences(readShippedTile('bright'))),
  whole: () => Promise.reject(new Error('not asked for')),
}
const at = (
  rightAscension: number,
  declination: number,
  radius: number,
  scale: readonly [number, number] = [3.5, 4.5],
): HintStage => ({
  source: 'pointing',
  hints: { place: { rightAscension, declination, radius }, scale, parity: null },
})
const WRONG_PLACE = at(200, -10, 0.7)
const WRONG_SCALE = at(120, 35, 0.7, [1, 1.5])
const RIGHT = at(120, 35, 0.7)
const BLIND: HintStage = { source: 'blind', hints: { place: null, scale: [3.5, 4.5], parity: null } }
const run = (stages: readonly HintStage[], task = idleTask(), from = supply) =>
  solveInStages(frame, stages, { supply: from, highestOrder: null }, task)

test('wrong hints are gone through one after the other until one is right (seed stages)', async () => {
  const told: { label: string; done: number; total: number }[] = []
  const found = await run([WRONG_PLACE, WRONG_SCALE, RIGHT], {
    ...idleTask(),
    report: (progress) => told.push(progress),
  })
  if (!('solution' in found)) throw new Error('refused')
  expect(arcsecondsBetween(found.solution.center, field.center)).toBeLessThan(2)
  expect(found.refused.map(({ refusal }) => refusal.code)).toEqual(['no-match', 'no-match'])
  expect(found.stage).toBe(RIGHT)
  expect(new Set(told.map(({ label, total }) => `${label} of ${total}`))).toEqual(
    new Set(['solve-pointing of 3']),
  )
  const done = told.map((each) => each.done)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(done.filter((each) => Number.isInteger(each)).length).toBeGreaterThanOrEqual(3)
  expect(Math.max(...done)).toBeLessThanOrEqual(3)
})

test('a place that was found among the bright stars of the whole sky is settled with all stars of the field', async () => {
  const wide = simulateSkyField(
    readShippedTile('bright'),
    {
      width: 1200,
      height: 900,
      scale: 10,
      noise: 0.3,
      missing: 0.1,
      spurious: 0.1,
      distortion: 0,
      near: { ...PLACE, radius: 0.3 },
    },
    random,
  )
  const found = await solveInStages(
    { ...frame, stars: wide.stars },
    [{ ...BLIND, hints: { ...BLIND.hints, scale: [9, 11] } }],
    { supply, highestOrder: null },
    idleTask(),
  )
  if (!('solution' in found)) throw new Error('refused')
  expect(arcsecondsBetween(found.solution.center, wide.center)).toBeLessThan(5)
  // Not those of the whole sky any more, but all of the field.
  expect(found.references.stars.rightAscension.length).toBeLessThan(10_000)
  expect(found.solution.unmatchedReferences.length).toBeGreaterThan(100)
})

test('nothing is made up where all hints are wrong, and each stage says why', async () => {
  const found = await run([WRONG_PLACE, WRONG_SCALE])
  expect('solution' in found).toBe(false)
  expect(found.refused.map(({ refusal }) => refusal.code)).toEqual(['no-match', 'no-match'])
})

test('too few stars end it at once; no stars of a catalogue leave the other stages their chance', async () => {
  const few = await solveInStages(
    { ...frame, stars: frame.stars.slice(0, 3) },
    [WRONG_PLACE, RIGHT],
    { supply, highestOrder: null },
    idleTask(),
  )
  expect(few.refused.map(({ refusal }) => refusal.code)).toEqual(['too-few-stars'])
  const cut: ReferenceSupply = {
    ...supply,
    chosen: (cone, task) =>
      cone.declination < 0
        ? Promise.reject(new AsterismError('fetch-network', 'No net.'))
        : supply.chosen(cone, task),
  }
  const found = await run([WRONG_PLACE, RIGHT], idleTask(), cut)
  expect('solution' in found).toBe(true)
  expect(found.refused.map(({ refusal }) => refusal.code)).toEqual(['no-catalogue'])
})

test('it ends when its time is over, and when it is stopped', async () => {
  const late = await run([WRONG_PLACE, RIGHT], { ...idleTask(), deadline: Date.now() - 1 })
  expect(late.refused.map(({ refusal }) => refusal.code)).toEqual(['time-over'])
  const controller = new AbortController()
  controller.abort()
  await expect(run([RIGHT], { ...idleTask(), signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})
