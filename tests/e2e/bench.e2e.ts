import { fileURLToPath } from 'node:url'
import { ensureAligned, ensureCompressed } from '../../scripts/bench/data-set.mjs'
import { openTinyFrames } from '../../scripts/bench/open-frames.mjs'
import { measureFirstPicture, measureFrameTimes } from '../../scripts/bench/picture.mjs'
import { JOBS, runJobs, type Timing } from '../../scripts/bench/run-jobs.mjs'
import { runSolve } from '../../scripts/bench/run-solve.mjs'
import { makeSkyFrames } from '../../scripts/bench/sky-frames.mjs'
import { expect, test } from '../support/app-page'

/** The short form of `npm run bench`: the same functions on tiny frames. It looks at results, and asserts no times. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { small, picture } = openTinyFrames(ROOT)

test('every job of the bench gives a result, and the right one', async ({ page, appAddress }) => {
  const timings: Timing[] = []
  const frames = { set: small, aligned: ensureAligned(small, null), compressed: ensureCompressed(small, 2) }
  await runJobs({ page, version: '', usedSeconds: null }, frames, JOBS, {
    address: appAddress,
    workers: 2,
    warmRuns: 0,
    onTiming: (timing) => timings.push(timing),
  })
  expect(timings.map(({ name, failure }) => ({ name, failure }))).toEqual(
    JOBS.map(({ name }) => ({ name, failure: null })),
  )
  for (const { name, cold, checked } of timings) {
    expect(cold[0], name).toBeGreaterThan(0)
    expect(checked, name).not.toBeNull()
  }
})

test('a dropped frame is timed until its picture is there', async ({ page, appAddress }) => {
  const [first] = small.frames.light
  const times = await measureFirstPicture({ page, version: '', usedSeconds: null }, appAddress, [first ?? ''])
  expect(times).toHaveLength(1)
  expect(times[0]).toBeGreaterThan(0)
})

test('the frames of a drag and of a zoom are counted', async ({ page, appAddress }) => {
  const browser = { page, version: '', usedSeconds: null }
  const gestures = await measureFrameTimes(browser, appAddress, { path: picture, seconds: 0.5 })
  expect(gestures.map(({ gesture }) => gesture)).toEqual(['pan', 'zoom'])
  for (const { frames, median } of gestures) {
    expect(frames).toBeGreaterThan(2)
    expect(median).toBeGreaterThan(0)
  }
})

test('frames of the sky are solved from their headers and without them, at the places that they were drawn for', async ({
  page,
  appAddress,
}, info) => {
  test.setTimeout(120_000)
  const frames = makeSkyFrames(info.outputPath('sky'), {
    tiles: `${ROOT}/public/catalogue/tycho2-1`,
    count: 2,
  })
  const result = await runSolve({ page, version: '', usedSeconds: null }, { address: appAddress, frames })
  expect(result).toMatchObject({
    frames: 2,
    refused: [],
    failures: [],
    hinted: { runs: 2 },
    blind: { runs: 2 },
  })
})
