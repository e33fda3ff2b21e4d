import { FuzzProcess } from './fuzz-process.mjs'

/** @typedef {import('./fuzz-process.mjs').Failure} Failure */

/**
 * @typedef {object} TargetFigures
 * @property {string} target
 * @property {number} inputs
 * @property {number} seconds that processes worked on it
 * @property {Failure[]} failures
 * @property {{ seed: number, milliseconds: number }} slowest
 * @property {{ seed: number, bytes: number }} largest
 *
 * @typedef {object} FuzzPlan
 * @property {string} file the bundle
 * @property {readonly string[]} targets
 * @property {number} seed the first one; every target counts up from it
 * @property {number} jobs processes at once
 * @property {number} [inputs] of each target; without it, until `seconds` are over
 * @property {number} [seconds]
 * @property {AbortSignal} [signal]
 * @property {(figures: readonly TargetFigures[], seconds: number) => void} [report] as the work goes on
 */

/** A turn of a process at one target takes about so long, whatever its inputs cost. */
const TURN_MILLISECONDS = 1500
const FIRST_TURN = 10

/**
 * @param {string} file
 * @returns {Promise<string[]>}
 */
export const listTargets = async (file) => {
  const child = new FuzzProcess(file)
  const { names } = /** @type {{ names: string[] }} */ (await child.ask('list'))
  child.close()
  return names
}

/**
 * Gives inputs to all targets in turn, in some processes, and tells what came of it.
 * @param {FuzzPlan} plan
 * @returns {Promise<{ figures: TargetFigures[], seconds: number, rss: number }>}
 */
export const runFuzz = async ({ file, targets, seed, jobs, inputs, seconds, signal, report }) => {
  const begin = performance.now()
  const elapsed = () => (performance.now() - begin) / 1000
  let rss = 0
  const states = targets.map((target) => ({
    next: seed,
    turn: FIRST_TURN,
    given: 0,
    /** @type {TargetFigures} */
    figures: {
      target,
      inputs: 0,
      seconds: 0,
      failures: [],
      slowest: { seed: -1, milliseconds: 0 },
      largest: { seed: -1, bytes: 0 },
    },
  }))
  const isOver = () => signal?.aborted === true || (seconds !== undefined && elapsed() >= seconds)
  /** The target that is furthest behind: by count where counts are given, else by time. */
  const choose = () => {
    const open = states.filter(({ given }) => inputs === undefined || given < inputs)
    return open.toSorted((a, b) =>
      inputs === undefined ? a.figures.seconds - b.figures.seconds || a.given - b.given : a.given - b.given,
    )[0]
  }
  const work = async () => {
    const child = new FuzzProcess(file)
    // What it takes to start is not the time of the first target.
    await child.ask('list')
    while (!isOver()) {
      const state = choose()
      if (state === undefined) break
      const count = Math.min(state.turn, (inputs ?? Infinity) - state.given)
      const from = state.next
      state.next += count
      state.given += count
      const started = performance.now()
      const outcome = await child.run({ target: state.figures.target, from, count })
      const taken = performance.now() - started
      const { figures } = state
      figures.inputs += outcome.count
      figures.seconds += taken / 1000
      figures.failures.push(...outcome.failures)
      if (outcome.slowest.milliseconds > figures.slowest.milliseconds) figures.slowest = outcome.slowest
      if (outcome.largest.bytes > figures.largest.bytes) figures.largest = outcome.largest
      rss = Math.max(rss, outcome.rss)
      state.turn = Math.max(
        1,
        Math.min(20_000, 4 * count, Math.round((count * TURN_MILLISECONDS) / Math.max(1, taken))),
      )
      report?.(
        states.map((each) => each.figures),
        elapsed(),
      )
    }
    child.close()
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return { figures: states.map(({ figures }) => figures), seconds: elapsed(), rss }
}
