import { basename } from 'node:path'
import { waitForRest } from './launch.mjs'
import {
  addPicker,
  discardPixels,
  ingestPicked,
  queryRows,
  readBackends,
  readPixels,
  runWork,
  waitReady,
} from './page-driver.mjs'

/**
 * @typedef {import('./page-driver.mjs').Work} Work
 * @typedef {import('./page-driver.mjs').Outcome} Outcome
 * @typedef {import('./data-set.mjs').DataSet} DataSet
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {{ bias: string, dark: string, flat: string }} MasterSet ids
 */

/** What a master of the bench is made with, in the words of the scripting interface; the README of the jobs asks for it. */
export const CLIPPED_MEAN = {
  method: 'mean',
  rejection: 'sigma-clip',
  low: 3,
  high: 3,
  center: 'median',
  deviation: 'mad',
  iterations: 1,
}

/** A page with frames in its workspace, on which jobs run. */
export class Session {
  /**
   * @param {Browser} browser
   * @param {{ address: string, set: DataSet, aligned: string[], compressed: string[], workers: number }} options
   */
  constructor(browser, { address, set, aligned, compressed, workers }) {
    this.browser = browser
    this.address = address
    this.set = set
    /** Paths of lights that lie on one another, and of Rice-compressed ones. */
    this.aligned = aligned
    this.compressed = compressed
    this.workers = workers
    /** @type {Map<string, string>} id of a frame by its path */
    this.ids = new Map()
    /** @type {MasterSet[]} masters that were made and serve no job yet */
    this.masterSets = []
    /** @type {Set<string>} ids of results that have come */
    this.seen = new Set()
    this.hairs = 0
  }

  get page() {
    return this.browser.page
  }

  /** Loads the page anew: workers that have compiled nothing yet, and the workspace as it was. */
  async reload() {
    await this.page.goto(this.address)
    await this.page.evaluate(waitReady)
    await waitForRest(this.browser)
  }

  /**
   * @param {readonly string[]} paths
   * @param {string} batch
   */
  async ingest(paths, batch) {
    await this.page.evaluate(addPicker)
    await this.page.setInputFiles('#bench-picker', [...paths])
    const frames = await this.page.evaluate(ingestPicked, batch)
    const idOf = new Map(frames.map(({ id, name }) => [name, id]))
    for (const path of paths) {
      // A file with a table is named with the number of its picture, such as light_00001.fits.fz[1].
      const name = [...idOf.keys()].find((each) => each.replace(/\[\d+\]$/, '') === basename(path))
      const id = name === undefined ? undefined : idOf.get(name)
      if (id === undefined) throw new Error(`${basename(path)} was taken in under another name`)
      this.ids.set(path, id)
    }
    await waitForRest(this.browser)
  }

  /** @param {readonly string[]} paths */
  idsOf(paths) {
    return paths.map((path) => {
      const id = this.ids.get(path)
      if (id === undefined) throw new Error(`${basename(path)} is not in the workspace`)
      return id
    })
  }

  /**
   * A number that has not been used and is the same for all that arithmetic can tell: results are named by their recipes,
   * and the same recipe would be answered from the store.
   * @param {number} value
   */
  unused(value) {
    this.hairs += 1
    return value * (1 + this.hairs * 1e-9)
  }

  /** @param {Work} work */
  run(work) {
    return this.page.evaluate(runWork, work)
  }

  /** An order for masters of all calibration frames that no order has asked for. */
  masterOrder() {
    const combine = { ...CLIPPED_MEAN, low: this.unused(3) }
    const { bias, dark, flat } = this.set.frames
    return {
      request: 'calibrate_file_batch',
      frames: this.idsOf([...bias, ...dark, ...flat]),
      parameters: { bias: combine, dark: combine, flat: { ...combine, scale: 'median' } },
    }
  }

  /**
   * The masters that an order for them gave, ready for later jobs.
   * @param {Outcome} outcome
   */
  keepMasters({ report }) {
    const of = (/** @type {string} */ kind) => report?.frames.find((frame) => frame.kind === kind)?.id
    const [bias, dark, flat] = [of('master-bias'), of('master-dark'), of('master-flat')]
    if (bias === undefined || dark === undefined || flat === undefined) return
    this.masterSets.push({ bias, dark, flat })
  }

  /**
   * Results that nobody needs any more, so that a run finds as much room as the one before it.
   * @param {readonly string[]} ids
   */
  async discard(ids) {
    this.masterSets = this.masterSets.filter((set) => !Object.values(set).some((id) => ids.includes(id)))
    await this.page.evaluate(discardPixels, ids)
  }

  /** @param {number} count at least so many sets of masters are there afterwards */
  async ensureMasters(count) {
    while (this.masterSets.length < count) {
      const outcome = await this.run({ order: this.masterOrder(), read: 'nothing', inFlight: 1, at: [] })
      requireDone(outcome)
      const before = this.masterSets.length
      this.keepMasters(outcome)
      if (this.masterSets.length === before) throw new Error('the order for masters gave none')
    }
  }

  /**
   * @param {string} frame
   * @param {readonly number[]} at
   */
  pixels(frame, at) {
    return this.page.evaluate(readPixels, { frame, at: [...at] })
  }

  /**
   * @param {string} table
   * @param {Record<string, unknown>} filter
   */
  query(table, filter) {
    return this.page.evaluate(queryRows, { table, filter })
  }

  backends() {
    return this.page.evaluate(readBackends)
  }
}

/** @param {Outcome} outcome */
export const requireDone = ({ report }) => {
  if (report === null) return
  const [failure] = report.failures
  if (failure !== undefined) throw new Error(`${failure.step}: ${failure.reason}`)
  if (report.status !== 'done') throw new Error(`the order ended ${report.status}`)
}
