import { mkdirSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startServer } from '../serve.mjs'
import { measureMemory } from './bandwidth.mjs'
import { ensureAligned, ensureCompressed, ensureFrames, openDataSet } from './data-set.mjs'
import { launchBrowser } from './launch.mjs'
import { makePicture } from './make-frames.mjs'
import { isInstalled, runPeersScript, timeFunpack, timeSirilStacks, timeSourceExtractor } from './peers.mjs'
import { describeMachine, judgeJob } from './results.mjs'
import { JOBS, joinTimings, runJobs } from './run-jobs.mjs'
import { runPicture } from './run-picture.mjs'

/**
 * @typedef {import('./options.mjs').Options} Options
 * @typedef {import('./data-set.mjs').DataSet} DataSet
 * @typedef {import('./run-jobs.mjs').Timing} Timing
 * @typedef {import('./peers.mjs').PeerTime} PeerTime
 * @typedef {{ root: string, site: string }} Place
 */

const SMALL = { size: 2048, lights: 20, calibrations: 20 }
const LARGE = { size: 4096, lights: 20, calibrations: 0 }
const TINY = { size: 512, lights: 6, calibrations: 6 }
/** The sensor of a full-format camera of 61 megapixels. */
const PICTURE = { width: 9576, height: 6388 }
const TINY_PICTURE = { width: 1200, height: 800 }
/** Compressed frames: more than one, so that no run reads what the one before has read. */
const COMPRESSED = 6
const DROPS = 5

/** @param {Options} options @param {Place} place */
const openFrames = (options, { root }) => {
  const cache = join(root, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  const generator = join(root, '..', 'shared', 'bench', 'make_frames.py')
  const native = options.short ? null : { generator, python: process.env['PYTHON'] ?? 'python3' }
  const open = (/** @type {string | null} */ given, /** @type {typeof SMALL} */ wanted) =>
    openDataSet(given === null ? ensureFrames(cache, wanted, native) : resolve(given), cache)
  const small = open(options.data, options.short ? TINY : SMALL)
  const large = options.short ? small : open(options.large, LARGE)
  for (const [set, { size }] of /** @type {const} */ ([
    [small, SMALL],
    [large, LARGE],
  ])) {
    if (!options.short && set.size !== size)
      throw new Error(`The frames in ${set.folder} are of ${set.size} pixels, not ${size}.`)
  }
  const size = options.short ? TINY_PICTURE : PICTURE
  const picture = join(cache, `picture-${size.width}x${size.height}.fits`)
  if (!existsSync(picture)) makePicture(picture, size)
  return { small, large, picture }
}

/**
 * One round: the peers on the small frames, our jobs on them, the peers on the large frames, and our jobs on those, so
 * that a machine that slows down slows all of them.
 * @param {Options} options
 * @param {{ small: DataSet, large: DataSet, address: string, script: string }} with_
 * @param {{ timings: Timing[], peers: PeerTime[], skipped: Set<string> }} into
 */
const runRound = async (options, { small, large, address, script }, into) => {
  const { workers, warmRuns, only } = options
  const work = join(small.work, 'peers')
  const jobs = JOBS.filter(({ id }) => only === null || only.includes(id.toLowerCase()))
  if (options.peers && existsSync(script)) {
    const python = process.env['PYTHON'] ?? 'python3'
    const { times, skipped } = runPeersScript({ script, set: small, work, python })
    into.peers.push(...times, ...timeSourceExtractor(work))
    for (const tool of skipped) into.skipped.add(tool)
  }
  const compressed = {
    small: ensureCompressed(small, COMPRESSED),
    large: ensureCompressed(large, COMPRESSED),
  }
  let version = ''
  let bytesPerSecond = 0
  for (const size of /** @type {const} */ (['small', 'large'])) {
    const set = size === 'small' ? small : large
    if (options.peers) {
      into.peers.push(...timeFunpack(work, compressed[size][0] ?? '', set.size))
      if (size === 'large') into.peers.push(...timeSirilStacks(work, large, workers))
    }
    const wanted = jobs.filter(({ frames }) => frames === size)
    if (wanted.length === 0) continue
    const aligned = size === 'small' ? ensureAligned(set, options.peers ? work : null) : []
    const browser = await launchBrowser({ workers })
    try {
      version = browser.version
      bytesPerSecond = Math.max(bytesPerSecond, await measureMemory(browser, address, workers))
      const frames = { set, aligned, compressed: compressed[size] }
      const onTiming = (/** @type {Timing} */ timing) => {
        into.timings.push(timing)
        const { name, warm, cold, failure } = timing
        const seconds = (warm.length > 0 ? warm : cold).map((value) => value.toFixed(3)).join(' ')
        console.log(`${name}: ${failure === null ? `${seconds} s` : `not there yet: ${failure}`}`)
      }
      await runJobs(browser, frames, wanted, { address, workers, warmRuns, onTiming })
    } finally {
      await browser.close()
    }
  }
  return { version, bytesPerSecond }
}

/**
 * @param {Options} options
 * @param {Place} place
 * @returns {Promise<import('./results.mjs').Results>}
 */
export const runBench = async (options, place) => {
  const { small, large, picture } = openFrames(options, place)
  const { address, close } = await startServer({ root: place.site, port: 0 })
  const script = join(place.root, '..', 'shared', 'bench', 'peers.sh')
  /** @type {{ timings: Timing[], peers: PeerTime[], skipped: Set<string> }} */
  const into = { timings: [], peers: [], skipped: new Set() }
  try {
    let version = ''
    let bytesPerSecond = 0
    for (let round = 0; round < options.rounds; round += 1) {
      if (options.rounds > 1) console.log(`\nRound ${round + 1} of ${options.rounds}`)
      const measured = await runRound(options, { small, large, address, script }, into)
      version = measured.version
      bytesPerSecond = Math.max(bytesPerSecond, measured.bytesPerSecond)
    }
    const wantsPicture = options.only === null || options.only.some((name) => /^(picture|frames)$/.test(name))
    const drops = large.frames.light.slice(0, options.short ? 1 : DROPS)
    const shown = wantsPicture ? await runPicture(options, { address, drops, picture }) : null
    return summarise(options, { ...into, version, bytesPerSecond }, shown)
  } finally {
    await close()
  }
}

/**
 * @param {Options} options
 * @param {{ timings: Timing[], peers: PeerTime[], skipped: Set<string>, version: string, bytesPerSecond: number }} measured
 * @param {import('./results.mjs').PictureResult | null} picture
 * @returns {import('./results.mjs').Results}
 */
const summarise = ({ workers, rounds, warmRuns, peers: wantsPeers }, measured, picture) => {
  const { timings, peers, skipped, version, bytesPerSecond } = measured
  for (const { job, tool, failure } of peers)
    if (failure !== null) console.log(`${job}, ${tool}: failed: ${failure}`)
  const programs = ['siril-cli', 'source-extractor', 'funpack'].filter((program) => !isInstalled(program))
  return {
    machine: describeMachine(version, workers, bytesPerSecond),
    runs: { rounds, warmRuns },
    jobs: JOBS.flatMap((job) => {
      const own = timings.filter(({ name }) => name === job.name)
      return own.length === 0 ? [] : [judgeJob(job, joinTimings(own), { peers, bytesPerSecond })]
    }),
    picture,
    missingPeers: wantsPeers ? [...new Set([...skipped, ...programs])] : [],
  }
}
