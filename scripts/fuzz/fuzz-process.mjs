import { fork } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, readSync, closeSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './bundle.mjs'

/** Milliseconds of work after which an input counts as endless and its process is ended; one that is only slow says so itself. */
const ENDLESS = 10_000
/** And by the clock, for one that waits for what does not come. On a busy machine the clock goes on without the process. */
const ENDLESS_BY_CLOCK = 120_000
/** Of `/proc/<id>/stat`. */
const MILLISECONDS_PER_TICK = 10
const LOOK_EVERY = 200
/** Of objects and strings; arrays of numbers are counted by the process itself. */
const HEAP_MEGABYTES = 512

/**
 * @typedef {{ target: string, from: number, count: number, input?: Uint8Array }} Job
 * @typedef {{ target: string, seed: number, fault: string }} Failure
 * @typedef {object} Outcome
 * @property {number} count inputs that were given
 * @property {Failure[]} failures
 * @property {{ seed: number, milliseconds: number }} slowest
 * @property {{ seed: number, bytes: number }} largest
 * @property {number} rss bytes of the process afterwards
 */

/**
 * Milliseconds that a process worked so far; null where the system does not tell.
 * @param {number | undefined} id
 */
const readWorkTime = (id) => {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isFinite(ticks) ? ticks * MILLISECONDS_PER_TICK : null
  } catch {
    return null
  }
}

/**
 * A process that runs inputs: a heap that overflows takes all that is in its process with it. It is watched, ended when an input does not
 * end, and started anew behind that input.
 */
export class FuzzProcess {
  /** @param {string} file the bundle */
  constructor(file) {
    this.file = file
    this.folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
    /** Two numbers: the seed that is worked on, and since when. */
    this.watch = join(this.folder, 'watch')
    writeFileSync(this.watch, new Uint8Array(16))
    /** @type {import('node:child_process').ChildProcess | null} */
    this.child = null
  }

  start() {
    this.child ??= fork(this.file, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
      env: { ...process.env, FUZZ_ROOT: ROOT, FUZZ_WATCH: this.watch },
      // What a process says as it dies is said by its end.
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    })
    return this.child
  }

  end() {
    const { child } = this
    this.child = null
    child?.kill('SIGKILL')
  }

  close() {
    this.end()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** @returns {{ seed: number, since: number }} */
  look() {
    const numbers = new Float64Array(2)
    const descriptor = openSync(this.watch, 'r')
    readSync(descriptor, new Uint8Array(numbers.buffer), 0, 16, 0)
    closeSync(descriptor)
    return { seed: numbers[0] ?? 0, since: numbers[1] ?? 0 }
  }

  /**
   * @param {unknown} message
   * @returns {Promise<any>} the answer; an error says how the process ended without one
   */
  ask(message) {
    writeFileSync(this.watch, new Uint8Array(16))
    const child = this.start()
    return new Promise((resolve, reject) => {
      /** @param {() => void} then */
      const finish = (then) => {
        clearInterval(timer)
        child.off('message', succeed)
        child.off('error', fail)
        child.off('exit', leave)
        then()
      }
      /** @param {unknown} answer */
      const succeed = (answer) => finish(() => resolve(answer))
      /** @param {Error} error */
      const fail = (error) => finish(() => reject(error))
      /** @param {number | null} code @param {string | null} signal */
      const leave = (code, signal) =>
        finish(() =>
          reject(
            new Error(`Died: the process ended with ${signal ?? code}, as it does when its memory overflows`),
          ),
        )
      let known = { seed: -1, work: 0 }
      const timer = setInterval(() => {
        const { seed, since } = this.look()
        if (since === 0) return
        const work = readWorkTime(child.pid)
        if (seed !== known.seed) known = { seed, work: work ?? 0 }
        const waited = Date.now() - since
        const worked = work === null ? waited : work - known.work
        if (worked > ENDLESS || waited > ENDLESS_BY_CLOCK)
          finish(() => reject(new Error(`Endless: no end after ${ENDLESS} ms`)))
      }, LOOK_EVERY)
      child.on('message', succeed)
      child.on('error', fail)
      child.on('exit', leave)
      child.send(/** @type {import('node:child_process').Serializable} */ (message))
    })
  }

  /**
   * All inputs of a job, also when some of them end the process.
   * @param {Job} job
   * @returns {Promise<Outcome>}
   */
  async run(job) {
    /** @type {Outcome} */
    const outcome = {
      count: 0,
      failures: [],
      slowest: { seed: -1, milliseconds: 0 },
      largest: { seed: -1, bytes: 0 },
      rss: 0,
    }
    const end = job.from + job.count
    for (let from = job.from; from < end;) {
      try {
        /** @type {Outcome} */
        const answer = await this.ask({ ...job, from, count: end - from })
        for (const failure of answer.failures) outcome.failures.push({ ...failure, target: job.target })
        if (answer.slowest.milliseconds > outcome.slowest.milliseconds) outcome.slowest = answer.slowest
        if (answer.largest.bytes > outcome.largest.bytes) outcome.largest = answer.largest
        outcome.rss = answer.rss
        outcome.count += end - from
        return outcome
      } catch (error) {
        const { seed } = this.look()
        outcome.failures.push({
          target: job.target,
          seed,
          fault: error instanceof Error ? error.message : String(error),
        })
        this.end()
        // What came before it is given again, so that a failure among those is not lost; it is cheap and rare.
        if (seed > from) {
          const before = await this.run({ ...job, from, count: seed - from })
          outcome.failures.push(...before.failures)
        }
        outcome.count += seed - from + 1
        from = seed + 1
      }
    }
    return outcome
  }
}
