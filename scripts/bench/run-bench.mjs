import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '../serve.mjs'
import { measureMemory } from './bandwidth.mjs'
import { ensureAligned, ensureCompressed } from './data-set.mjs'
import { launchBrowser } from './launch.mjs'
import { openFrames, openTinyFrames } from './open-frames.mjs'
import { isInstalled, runPeersScript, timeFunpack, timeSirilStacks, timeSourceExtractor } from './peers.mjs'
import { describeMachine, judgeJob } from './results.mjs'
import { JOBS, joinTimings, runJobs } from './run-jobs.mjs'
import { runPicture } from './run-picture.mjs'
import { runSolve } from './run-solve.mjs'
import { makeSkyFrames } from './sky-frames.mjs'

/**
 * @typedef {import('./options.mjs').Options} Options
 * @typedef {import('./data-set.mjs').DataSet} DataSet
 * @typedef {import('./run-jobs.mjs').Timing} Timing
 * @typedef {import('./peers.mjs').PeerTime} PeerTime
 * @typedef {{ root: string, site: string }} Place
 */

const DROPS = 5

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
  const python = process.env['PYTHON'] ?? 'python3'
  const chosen = JOBS.filter(({ id }) => only === null || only.includes(id.toLowerCase()))
  if (options.peers && existsSync(script) && chosen.some(({ id }) => /^J[1-6]$/.test(id))) {
    const { times, skipped } = runPeersScript({ script, set: small, work, python })
    into.peers.push(...times, ...timeSourceExtractor(work))
    for (const tool of skipped) into.skipped.add(tool)
  }
  const measured = { version: '', bytesPerSecond: 0 }
  for (const set of new Set([small, large])) {
    const jobs = chosen.filter(({ frames }) => set === (frames === 'small' ? small : large))
    if (jobs.length === 0) continue
    // One for each run, so that none reads what another has read.
    const compressed = ensureCompressed(set, warmRuns + 1)
    if (options.peers) {
      into.peers.push(...timeFunpack(work, compressed[0] ?? '', set.size))
      if (set === large) into.peers.push(...timeSirilStacks(work, large, workers))
    }
    const aligned = set === small ? ensureAligned(set, options.peers ? work : null) : []
    const browser = await launchBrowser({ workers })
    try {
      measured.version = browser.version
      const bandwidth = await measureMemory(browser, address, workers)
      measured.bytesPerSecond = Math.max(measured.bytesPerSecond, bandwidth)
      const onTiming = (/** @type {Timing} */ timing) => {
        into.timings.push(timing)
        console.log(describeTiming(timing))
      }
      const frames = { set, aligned, compressed }
      await runJobs(browser, frames, jobs, { address, workers, warmRuns, onTiming })
    } finally {
      await browser.close()
    }
  }
  return measured
}

/** Frames of the sky that are solved, and of the short form. */
const SKY_FRAMES = 15
const SHORT_SKY_FRAMES = 2

/**
 * @param {Options} options
 * @param {Place} place
 * @param {string} address
 */
const measureSolve = async ({ only, short, workers }, { root }, address) => {
  if (only !== null && !only.includes('solve')) return null
  const count = short ? SHORT_SKY_FRAMES : SKY_FRAMES
  const frames = makeSkyFrames(join(root, '.cache', 'bench', `sky-${count}`), {
    tiles: join(root, 'public', 'catalogue', 'tycho2-1'),
    count,
  })
  const browser = await launchBrowser({ workers })
  try {
    return await runSolve(browser, { address, frames })
  } finally {
    await browser.close()
  }
}

/** @param {Timing} timing */
const describeTiming = ({ name, warm, cold, failure }) => {
  const seconds = (warm.length > 0 ? warm : cold).map((value) => value.toFixed(3)).join(' ')
  return `${name}: ${failure === null ? `${seconds} s` : `not there yet: ${failure}`}`
}

/**
 * @param {Options} options
 * @param {Place} place
 * @returns {Promise<import('./results.mjs').Results>}
 */
export const runBench = async (options, place) => {
  const { small, large, picture } = options.short
    ? openTinyFrames(place.root)
    : openFrames(place.root, options)
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
    const solve = await measureSolve(options, place, address)
    return summarise(options, { ...into, version, bytesPerSecond }, { picture: shown, solve })
  } finally {
    await close()
  }
}

/**
 * @param {Options} options
 * @param {{ timings: Timing[], peers: PeerTime[], skipped: Set<string>, version: string, bytesPerSecond: number }} measured
 * @param {Pick<import('./results.mjs').Results, 'picture' | 'solve'>} shown
 * @returns {import('./results.mjs').Results}
 */
const summarise = ({ workers, rounds, warmRuns, peers: wantsPeers }, measured, { picture, solve }) => {
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
    solve,
    missingPeers: wantsPeers ? [...new Set([...skipped, ...programs])] : [],
  }
}
