import { arch, cpus, platform } from 'node:os'
import { spreadOf } from './statistics.mjs'

/**
 * @typedef {import('./run-jobs.mjs').Timing} Timing
 * @typedef {import('./jobs/job.mjs').Job} Job
 * @typedef {import('./peers.mjs').PeerTime} PeerTime
 * @typedef {import('./statistics.mjs').Spread} Spread
 *
 * @typedef {object} JobResult all times in seconds
 * @property {string} name
 * @property {string} what
 * @property {Spread | null} warm
 * @property {Spread | null} cold
 * @property {number | null} processor
 * @property {number} floor the time that memory takes for the bytes that must be moved
 * @property {{ tool: string, spread: Spread }[]} peers fastest first
 * @property {{ words: string, factor: number, tool: string | null, ratio: number | null, reached: boolean | null }} target
 * @property {string | null} checked
 * @property {string | null} failure
 *
 * @typedef {object} PictureResult
 * @property {Spread | null} firstPicture milliseconds
 * @property {import('./picture.mjs').FrameTimes[]} frames
 * @property {string | null} gpu why there are no frame times of a graphics card
 * @property {string[]} failures
 *
 * @typedef {object} SolveResult seconds
 * @property {Spread | null} hinted
 * @property {Spread | null} blind
 * @property {number} frames
 * @property {string[]} refused
 * @property {string[]} failures
 *
 * @typedef {object} Results
 * @property {{ processor: string, cores: number, system: string, browser: string, workers: number, bytesPerSecond: number }} machine
 * @property {{ rounds: number, warmRuns: number }} runs
 * @property {JobResult[]} jobs
 * @property {PictureResult | null} picture
 * @property {SolveResult | null} solve
 * @property {string[]} missingPeers
 */

/** @param {string} browser @param {number} workers @param {number} bytesPerSecond */
export const describeMachine = (browser, workers, bytesPerSecond) => {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    system: `${platform()} ${arch()}`,
    browser: `Chromium ${browser}`,
    workers,
    bytesPerSecond,
  }
}

/**
 * The tools that did a job, with their times over all rounds.
 * @param {readonly PeerTime[]} times
 * @param {string} job
 */
const gatherPeers = (times, job) => {
  /** @type {Map<string, number[]>} */
  const byTool = new Map()
  for (const { job: name, tool, seconds } of times) {
    if (name === job && seconds !== null) byTool.set(tool, [...(byTool.get(tool) ?? []), seconds])
  }
  return [...byTool]
    .flatMap(([tool, seconds]) => {
      const spread = spreadOf(seconds)
      return spread === null ? [] : [{ tool, spread }]
    })
    .sort((a, b) => a.spread.median - b.spread.median)
}

/**
 * @param {Job} job
 * @param {Timing} timing
 * @param {{ peers: readonly PeerTime[], bytesPerSecond: number }} compared
 * @returns {JobResult}
 */
export const judgeJob = ({ name, what, target }, timing, { peers, bytesPerSecond }) => {
  const warm = spreadOf(timing.warm)
  const rivals = gatherPeers(peers, name)
  const rival = rivals.find(({ tool }) => target.peer === null || target.peer.test(tool))
  const valid = timing.failure === null && warm !== null
  const ratio = valid && rival !== undefined ? rival.spread.median / warm.median : null
  return {
    name,
    what,
    warm,
    cold: spreadOf(timing.cold),
    processor: spreadOf(timing.processor.filter(Number.isFinite))?.median ?? null,
    floor: timing.bytes / bytesPerSecond,
    peers: rivals,
    target: {
      words: target.words,
      factor: target.factor,
      tool: rival?.tool ?? null,
      ratio,
      reached: ratio === null ? null : ratio >= target.factor,
    },
    checked: timing.checked,
    failure: timing.failure,
  }
}
