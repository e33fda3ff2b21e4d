/// <reference lib="dom" />
/**
 * What runs in the page. Each function is sent there as text, so it stands alone: nothing outside of it is known to it.
 * They use the scripting interface and nothing else, as any other program would.
 */

/**
 * @typedef {{ id: string, name: string, kind: string }} Frame
 * @typedef {{ request: string, frames?: string[], parameters?: Record<string, unknown> }} Order
 * @typedef {object} Report
 * @property {string} id
 * @property {string} status
 * @property {Frame[]} frames
 * @property {{ id: string, table: string, rows: number }[]} tables
 * @property {Record<string, unknown>} result
 * @property {{ step: string, code: string, reason: string }[]} failures
 *
 * @typedef {{ width: number, height: number, data: Float32Array | Uint8Array, unit: string }} Plane
 *
 * @typedef {object} Backends
 * @property {{ simd: boolean, threads: number }} wasm
 * @property {null | { adapter: string, software: boolean, used: boolean }} webgpu
 *
 * @typedef {object} Asterism
 * @property {Promise<void>} ready
 * @property {(files: File[], options: { batch: string }) => Promise<{ frames: Frame[], rejected: { name: string, reason: string }[] }>} ingest
 * @property {(order: Order) => Promise<Report>} submit
 * @property {(table: string, filter?: Record<string, unknown>) => Promise<Record<string, unknown>[]>} query
 * @property {(frame: string, plane?: string) => Promise<Plane>} pixels
 * @property {() => Promise<void>} reset
 * @property {() => Promise<Backends>} backends
 *
 * @typedef {Window & { asterism: Asterism }} Page
 */

/**
 * Work to be timed: an order, then the pixels of what it gave, or of frames named here.
 * @typedef {object} Work
 * @property {Order | null} order
 * @property {'nothing' | 'reduced' | string[]} read
 * @property {number} inFlight frames asked for at a time
 * @property {number[]} at pixels whose values are kept for the check
 *
 * @typedef {object} Outcome
 * @property {number} seconds
 * @property {Report | null} report
 * @property {Frame[]} frames those that were read
 * @property {number[][]} values of the pixels `at`, a list for each frame read; NaN as null would not survive the way, so it is -1e30
 * @property {number[]} sizes pixels of each frame read
 */

/**
 * Takes in what the picker that the bench has made holds.
 * @param {string} batch
 */
export const ingestPicked = async (batch) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  const input = document.querySelector('#bench-picker')
  if (!(input instanceof HTMLInputElement)) throw new Error('there is no picker')
  const report = await asterism.ingest(Array.from(input.files ?? []), { batch })
  input.remove()
  const [first] = report.rejected
  if (first !== undefined) throw new Error(`${first.name}: ${first.reason}`)
  return report.frames.map(({ id, name, kind }) => ({ id, name, kind }))
}

export const addPicker = () => {
  const input = document.createElement('input')
  Object.assign(input, { id: 'bench-picker', type: 'file', multiple: true, hidden: true })
  document.body.append(input)
}

/**
 * The clock runs from the order to the last pixel that has come.
 * @param {Work} work
 * @returns {Promise<Outcome>}
 */
export const runWork = async ({ order, read, inFlight, at }) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  const begin = performance.now()
  const report = order === null ? null : await asterism.submit(order)
  const frames =
    read === 'nothing'
      ? []
      : read === 'reduced'
        ? (report?.frames ?? []).filter(({ kind }) => kind === 'reduced')
        : read.map((id) => ({ id, name: '', kind: '' }))
  /** @type {number[][]} */
  const values = []
  /** @type {number[]} */
  const sizes = []
  let next = 0
  const readOn = async () => {
    while (next < frames.length) {
      const index = next
      next += 1
      const { data } = await asterism.pixels(frames[index]?.id ?? '')
      sizes[index] = data.length
      values[index] = at.map((pixel) => data[pixel] ?? NaN)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, readOn))
  const seconds = (performance.now() - begin) / 1000
  return {
    seconds,
    report:
      report === null
        ? null
        : {
            id: report.id,
            status: report.status,
            frames: report.frames.map(({ id, name, kind }) => ({ id, name, kind })),
            tables: report.tables,
            result: report.result,
            failures: report.failures,
          },
    frames: frames.map(({ id, name, kind }) => ({ id, name, kind })),
    values,
    sizes,
  }
}

/**
 * Values of some pixels of one frame, or of all.
 * @param {{ frame: string, at: number[] }} wanted
 */
export const readPixels = async ({ frame, at }) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  const { data } = await asterism.pixels(frame)
  return at.map((pixel) => data[pixel] ?? NaN)
}

/** @param {{ table: string, filter: Record<string, unknown> }} wanted */
export const queryRows = async ({ table, filter }) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  return await asterism.query(table, filter)
}

export const waitReady = async () => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  await asterism.ready
}

export const emptyWorkspace = async () => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  await asterism.reset()
}

/**
 * Takes the pixels of results away, as the peers remove theirs before they run again. Threads that hold them open let go first.
 * @param {readonly string[]} ids
 */
export const discardPixels = async (ids) => {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('asterism-bytes')
  const letGo = new BroadcastChannel('asterism-bytes-let-go')
  for (const id of ids) {
    const name = `bytes-${id}`
    letGo.postMessage(name)
    for (let attempt = 0; ; attempt += 1) {
      try {
        await folder.removeEntry(name)
        break
      } catch (error) {
        const gone = error instanceof DOMException && error.name === 'NotFoundError'
        if (gone) break
        if (attempt === 50) throw error
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  }
  letGo.close()
}

export const readBackends = async () => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  return await asterism.backends()
}

/**
 * Copies memory from several workers at a time. Bytes read and written per second, best of several sweeps.
 * @param {{ workers: number, bytes: number, sweeps: number }} wanted
 */
export const measureBandwidth = async ({ workers, bytes, sweeps }) => {
  const program = `onmessage = ({ data: { bytes, copies } }) => {
    self.from ??= new Uint8Array(bytes).fill(1)
    self.to ??= new Uint8Array(bytes).fill(2)
    for (let copy = 0; copy < copies; copy++) self.to.set(self.from)
    postMessage(0)
  }`
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }))
  const team = Array.from({ length: workers }, () => new Worker(address))
  const copies = 4
  let best = 0
  for (let sweep = 0; sweep <= sweeps; sweep += 1) {
    const begin = performance.now()
    await Promise.all(
      team.map(
        (worker) =>
          new Promise((done, fail) => {
            worker.addEventListener('message', done, { once: true })
            worker.addEventListener('error', fail, { once: true })
            worker.postMessage({ bytes, copies })
          }),
      ),
    )
    // The first sweep also asks for the memory.
    if (sweep > 0)
      best = Math.max(best, (2 * bytes * copies * workers) / ((performance.now() - begin) / 1000))
  }
  for (const worker of team) worker.terminate()
  URL.revokeObjectURL(address)
  return best
}

/** @param {Order} order */
export const submitOrder = async (order) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  await asterism.submit(order)
}

/**
 * An order that finds the place of one frame, with the time of the whole order.
 * @param {Order} order
 * @returns {Promise<{ seconds: number, center: { ra: number, dec: number }, scale: number } | { reason: string }>}
 */
export const solveOne = async (order) => {
  const { asterism } = /** @type {Page} */ (/** @type {unknown} */ (window))
  const began = performance.now()
  const report = await asterism.submit(order)
  const seconds = (performance.now() - began) / 1000
  const solved = /** @type {{ center: { ra: number, dec: number }, scale: number }[] | undefined} */ (
    report.result['solved']
  )
  const place = solved?.[0]
  return place === undefined
    ? { reason: report.failures[0]?.reason ?? report.status }
    : { seconds, center: place.center, scale: place.scale }
}
