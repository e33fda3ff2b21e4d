/**
 * @typedef {import('./load-app.mjs').App} App
 * @typedef {import('./load-app.mjs').Backend} Backend
 * @typedef {import('./load-app.mjs').Kernel} Kernel
 * @typedef {import('./load-app.mjs').Times} Times
 * @typedef {import('./jobs.mjs').Job} Job
 * @typedef {import('./jobs.mjs').Frame} Frame
 *
 * @typedef {object} Backends
 * @property {Backend} wasm
 * @property {Backend} gpu as the app uses it
 * @property {Backend} timed the same, waiting for each part
 * @property {Times} times where `timed` adds up what it took
 */

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/**
 * @param {number} runs
 * @param {() => Promise<void>} work
 * @returns {Promise<number>} milliseconds, the median; one run goes before that is not counted
 */
const timeRuns = async (runs, work) => {
  const times = []
  for (let run = 0; run <= runs; run += 1) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  return median(times.slice(1))
}

/** @param {unknown} value @returns {number} bytes of all arrays in it */
const sizeOf = (value) => {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  let sum = 0
  for (const item of Object.values(value)) sum += sizeOf(item)
  return sum
}

/**
 * What a job of next to nothing takes, in milliseconds: the kernel's sample, of some pixels.
 * @param {App} app
 * @param {Kernel} kernel
 * @param {Backend} gpu
 */
export const measureSubmission = (app, kernel, gpu) => {
  const { params, input, output } = kernel.sample()
  return timeRuns(20, () => gpu.run(kernel, params, input, output(), app.idleTask()))
}

/**
 * One job on the reference, on WebAssembly and on the card: a row of the table.
 * @param {{ app: App, kernel: Kernel, job: Job, frame: Frame, runs: number }} what
 * @param {Backends} backends
 */
export const measure = async ({ app, kernel, job, frame, runs }, { wasm, gpu, timed, times }) => {
  const input = job.input(frame)
  const params = job.params(frame)
  const [expected, found] = [job.output(frame), job.output(frame)]
  const task = app.idleTask()
  await app.createCpuBackend().run(kernel, params, input, expected, task)
  await gpu.run(kernel, params, input, found, task)
  const difference = app.findDifference(expected, found, kernel.tolerance)

  /** @type {Times[]} */
  const parts = []
  const all = await timeRuns(runs, () => gpu.run(kernel, params, input, found, task))
  await timeRuns(runs, async () => {
    Object.assign(times, { upload: 0, kernel: 0, readBack: 0 })
    await timed.run(kernel, params, input, found, task)
    parts.push({ ...times })
  })
  const onWasm = wasm.has(kernel)
    ? await timeRuns(runs, () => wasm.run(kernel, params, input, found, task))
    : Number.NaN

  /** @param {keyof Times} name */
  const part = (name) => median(parts.slice(1).map((it) => it[name]))
  const bytes = sizeOf(input) + sizeOf(expected)
  const perByte = (/** @type {number} */ milliseconds) => (milliseconds * 1e6) / bytes
  return {
    job: job.title,
    MB: Math.round(bytes / 1e6),
    'upload ms': part('upload').toFixed(2),
    'kernel ms': part('kernel').toFixed(2),
    'read ms': part('readBack').toFixed(2),
    'all ms': all.toFixed(2),
    'wasm ms': onWasm.toFixed(2),
    'wasm / all': (onWasm / all).toFixed(2),
    'wasm / kernel': (onWasm / part('kernel')).toFixed(1),
    'wasm ns/B': perByte(onWasm).toFixed(3),
    'travel ns/B': perByte(part('upload') + part('readBack')).toFixed(3),
    'the rule': app.doesItPay(bytes, perByte(onWasm)) ? 'card' : 'wasm',
    reference: difference ?? 'agrees',
  }
}
