import { calibrate } from './jobs/calibrate.mjs'
import { cosmicRays } from './jobs/cosmic-rays.mjs'
import { decompressions } from './jobs/decompress.mjs'
import { masters } from './jobs/masters.mjs'
import { photometry } from './jobs/photometry.mjs'
import { register } from './jobs/register.mjs'
import { stackByStars } from './jobs/stack-by-stars.mjs'
import { stacks } from './jobs/stack.mjs'
import { waitForRest } from './launch.mjs'
import { requireDone, Session } from './session.mjs'

/**
 * @typedef {import('./jobs/job.mjs').Job} Job
 * @typedef {import('./data-set.mjs').DataSet} DataSet
 *
 * Times of one job, in seconds. `failure` says why there are none, or that the result was wrong.
 * @typedef {object} Timing
 * @property {string} name
 * @property {number[]} cold first runs in a page that has just been loaded
 * @property {number[]} warm runs after it
 * @property {number[]} processor seconds of processor of the whole browser in each warm run
 * @property {number} bytes
 * @property {string | null} checked what was compared
 * @property {string | null} failure
 */

/** In the order in which they are run: masters that one has made serve the next. @type {readonly Job[]} */
export const JOBS = [
  masters,
  calibrate,
  ...stacks.filter(({ id }) => id === 'J3'),
  register,
  stackByStars,
  photometry,
  cosmicRays,
  ...decompressions,
  ...stacks.filter(({ id }) => id === 'big'),
]

/** @param {unknown} error */
export const explain = (error) => {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? '').replace(/^page\.evaluate: (?:[A-Z]\w*Error: )?/, '')
}

/**
 * @param {Session} session
 * @param {Job} job
 * @param {number} run
 */
const runOnce = async (session, job, run) => {
  const work = job.work(session, run)
  const usedSeconds = session.browser.usedSeconds ?? (() => Promise.resolve(NaN))
  const before = await usedSeconds()
  const outcome = await session.run(work)
  const processor = (await usedSeconds()) - before
  requireDone(outcome)
  for (const id of job.results(outcome)) {
    // Else the clock has measured how fast the store says that it knows the answer.
    if (session.seen.has(id)) throw new Error(`${id} was taken from the store`)
    session.seen.add(id)
  }
  return { outcome, processor }
}

/**
 * One cold run and some warm ones. The first result and the last are checked.
 * @param {Session} session
 * @param {Job} job
 * @param {number} warmRuns
 * @returns {Promise<Timing>}
 */
const runJob = async (session, job, warmRuns) => {
  /** @type {Timing} */
  const timing = { name: job.name, cold: [], warm: [], processor: [], bytes: 0, checked: null, failure: null }
  try {
    timing.bytes = job.bytes(session)
    await job.prepare?.(session, warmRuns + 1)
    await session.reload()
    for (let run = 0; run <= warmRuns; run += 1) {
      const { outcome, processor } = await runOnce(session, job, run)
      if (run === 0) timing.cold.push(outcome.seconds)
      else {
        timing.warm.push(outcome.seconds)
        timing.processor.push(processor)
      }
      if (run === 0 || run === warmRuns) timing.checked = await job.check(session, outcome)
      if (run < warmRuns && job.stores) await session.discard(job.results(outcome))
      await waitForRest(session.browser)
    }
  } catch (error) {
    timing.failure = explain(error)
  }
  return timing
}

/**
 * @typedef {object} Frames one set of frames, and what of it a session takes in
 * @property {DataSet} set
 * @property {string[]} aligned
 * @property {string[]} compressed
 */

/**
 * Jobs on one set of frames, in a browser whose workspace is empty.
 * @param {import('./launch.mjs').Browser} browser
 * @param {Frames} frames
 * @param {readonly Job[]} jobs
 * @param {{ address: string, workers: number, warmRuns: number, onTiming: (timing: Timing) => void }} options
 */
export const runJobs = async (browser, { set, aligned, compressed }, jobs, options) => {
  const { address, workers, warmRuns, onTiming } = options
  const session = new Session(browser, { address, set, aligned, compressed, workers })
  await session.reload()
  const { bias, dark, flat, light } = set.frames
  await session.ingest([...bias, ...dark, ...flat, ...light], 'frames')
  if (aligned.length > 0) await session.ingest(aligned, 'aligned')
  if (compressed.length > 0) await session.ingest(compressed, 'compressed')
  for (const job of jobs) onTiming(await runJob(session, job, warmRuns))
  return await session.backends()
}

/** @param {Timing[]} timings of the same job @returns {Timing} */
export const joinTimings = (timings) => {
  const [first] = timings
  if (first === undefined) throw new Error('no times to join')
  return {
    ...first,
    cold: timings.flatMap(({ cold }) => cold),
    warm: timings.flatMap(({ warm }) => warm),
    processor: timings.flatMap(({ processor }) => processor),
    checked: timings.find(({ checked }) => checked !== null)?.checked ?? null,
    failure: timings.find(({ failure }) => failure !== null)?.failure ?? null,
  }
}
