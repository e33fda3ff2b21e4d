/**
 * The kernels on whatever graphics adapter this machine has, through WebGPU in Node: checked against the reference, and timed
 * beside WebAssembly on one thread in the same run. `npm run bench:gpu -- [--size 2048] [--runs 5] [--only combine]`
 */
import { parseArgs } from 'node:util'
import { prepareTools } from './reexecute.mjs'

/** @typedef {import('./bench-gpu/load-app.mjs').Times} Times */

/** Pixels of a side: as a camera has them, and what a processor that plays a card does in bearable time. */
const SIZE = { card: 2048, software: 512 }

/**
 * What `navigator.gpu` is in a browser. Kept here, since its library goes down with it.
 * @type {unknown}
 */
let webGpu = null

/** False, with the reason printed, where the library does not load on this system. */
const openWebGpu = async () => {
  try {
    const { create } = await import('webgpu')
    webGpu = create([])
    return true
  } catch (error) {
    console.log(
      `WebGPU for Node does not load here: ${error instanceof Error ? error.message : String(error)}`,
    )
    return false
  }
}

const main = async () => {
  const { values } = parseArgs({
    options: {
      size: { type: 'string' },
      runs: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
    },
  })
  if (!(await openWebGpu())) return
  const { JOBS } = await import('./bench-gpu/jobs.mjs')
  const { makeFrame } = await import('./bench-gpu/make-frame.mjs')
  const { loadApp } = await import('./bench-gpu/load-app.mjs')
  const { measure, measureSubmission } = await import('./bench-gpu/measure.mjs')
  const { app, loadKernel, openWasm, close } = await loadApp()
  /** @type {Times} */
  const times = { upload: 0, kernel: 0, readBack: 0 }
  const onTimes = (/** @type {Times} */ part) => {
    for (const name of /** @type {const} */ (['upload', 'kernel', 'readBack'])) times[name] += part[name]
  }
  try {
    const gpu = await app.createGpuBackend({ gpu: webGpu, acceptSoftware: true })
    const timed = await app.createGpuBackend({ gpu: webGpu, acceptSoftware: true, onTimes })
    if (gpu === null || timed === null) {
      console.log('There is no graphics adapter here that WebGPU could use. Nothing is measured.')
      return
    }
    console.log(`Adapter: ${gpu.adapter}`)
    if (gpu.software)
      console.log('A processor plays the card: results are checked, times say nothing about cards.')
    const wasm = await openWasm()
    const size = Number(values.size ?? SIZE[gpu.software ? 'software' : 'card'])
    const frame = makeFrame(wasm, size, app.createRandom('bench-gpu'))
    const rows = []
    for (const job of JOBS.filter(({ title }) => title.includes(values.only))) {
      const kernel = await loadKernel(job.stem, job.kernel)
      const before = wasm.arena.mark()
      const what = { app, kernel, job, frame, runs: Number(values.runs) }
      rows.push(await measure(what, { wasm, gpu, timed, times }))
      wasm.arena.release(before)
    }
    console.log(`${size} x ${size} pixels, WebAssembly on one thread, medians of ${values.runs} runs.`)
    console.log('"all" is as the app runs it; upload, kernel and read are waited for one after the other.')
    console.table(rows)
    const submission = await measureSubmission(app, await loadKernel('calibrate', 'calibrateKernel'), gpu)
    console.log(
      `A job of some pixels takes ${submission.toFixed(2)} ms; the rule of what pays says ${app.SUBMISSION_NS / 1e6}, ` +
        `and ${app.TRANSFER_NS_PER_BYTE} ns for a byte on its way.`,
    )
    if (rows.some(({ reference }) => reference !== 'agrees')) process.exitCode = 1
  } finally {
    await close()
  }
}

if (prepareTools()) {
  await main()
  // The library waits for work that never comes.
  process.exit()
}
