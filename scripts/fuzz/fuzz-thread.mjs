import { Worker } from 'node:worker_threads'
import { ROOT } from './bundle.mjs'

/** Wall-clock milliseconds after which an input counts as endless and its thread is ended; a thread that is only slow says so itself. */
const ENDLESS = 10_000
const LOOK_EVERY = 200
/** Of objects and strings; arrays of numbers are counted in the thread. */
const HEAP_MEGABYTES = 512

/**
 * @typedef {{ target: string, from: number, count: number, input?: Uint8Array }} Job
 * @typedef {{ target: string, seed: number, fault: string }} Failure
 * @typedef {object} Outcome
 * @property {number} count inputs that were given
 * @property {Failure[]} failures
 * @property {{ seed: number, milliseconds: number }} slowest
 * @property {{ seed: number, bytes: number }} largest
 * @property {number} rss bytes of the whole process afterwards
 */

/** A thread that runs inputs. It is watched, ended when an input does not, and started anew behind that input. */
export class FuzzThread {
  /** @param {string} file */
  constructor(file) {
    this.file = file
    this.watch = new SharedArrayBuffer(16)
    /** @type {Worker | null} */
    this.worker = null
  }

  start() {
    this.worker ??= new Worker(this.file, {
      workerData: { root: ROOT, watch: this.watch },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
      stderr: true,
    })
    return this.worker
  }

  async close() {
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }

  /**
   * @param {unknown} message
   * @returns {Promise<any>} the answer; an error says how the thread ended without one
   */
  ask(message) {
    const worker = this.start()
    const since = new Float64Array(this.watch, 8, 1)
    since[0] = 0
    return new Promise((resolve, reject) => {
      /** @param {() => void} then */
      const finish = (then) => {
        clearInterval(timer)
        worker.off('message', succeed)
        worker.off('error', fail)
        worker.off('exit', leave)
        then()
      }
      /** @param {unknown} answer */
      const succeed = (answer) => finish(() => resolve(answer))
      /** @param {Error & { code?: string }} error */
      const fail = (error) => finish(() => reject(new Error(`${error.code ?? error.name}: ${error.message}`)))
      /** @param {number} code */
      const leave = (code) => finish(() => reject(new Error(`Left: the thread ended with ${code}.`)))
      const timer = setInterval(() => {
        const begin = since[0] ?? 0
        if (begin > 0 && Date.now() - begin > ENDLESS)
          finish(() => reject(new Error(`Endless: no end after ${ENDLESS} ms`)))
      }, LOOK_EVERY)
      worker.on('message', succeed)
      worker.on('error', fail)
      worker.on('exit', leave)
      worker.postMessage(message)
    })
  }

  /**
   * All inputs of a job, also when some of them end the thread.
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
        const answer = await this.ask({ ...job, from, count: end - from })
        for (const failure of answer.failures) outcome.failures.push({ target: job.target, ...failure })
        if (answer.slowest.milliseconds > outcome.slowest.milliseconds) outcome.slowest = answer.slowest
        if (answer.largest.bytes > outcome.largest.bytes) outcome.largest = answer.largest
        outcome.rss = answer.rss
        outcome.count += end - from
        return outcome
      } catch (error) {
        const seed = new Float64Array(this.watch, 0, 1)[0] ?? from
        outcome.failures.push({
          target: job.target,
          seed,
          fault: error instanceof Error ? error.message : String(error),
        })
        await this.close()
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
