/**
 * Arrays for a job, in the memory of the WebAssembly kernels, so that these need no copies.
 * @typedef {object} Frame
 * @property {number} size pixels of a side
 * @property {(level: number, spread: number) => Float32Array} plane noise about a level
 * @property {() => Float32Array} empty
 *
 * @typedef {object} Job
 * @property {string} title
 * @property {string} stem of the kernel's definition
 * @property {string} kernel what the definition is exported as
 * @property {unknown} params
 * @property {(frame: Frame) => unknown} input
 * @property {(frame: Frame) => unknown} output
 */

/** Frames of a stack. */
const FRAMES = 20

/** @param {string} title @param {object} combine @returns {Job} */
const combineJob = (title, combine) => ({
  title,
  stem: 'combine',
  kernel: 'combineKernel',
  params: { combine },
  input: ({ plane }) => ({ planes: Array.from({ length: FRAMES }, () => plane(1300, 30)) }),
  output: ({ empty }) => ({ data: empty() }),
})

/** @type {readonly Job[]} */
export const JOBS = [
  {
    title: 'calibrate',
    stem: 'calibrate',
    kernel: 'calibrateKernel',
    params: { biasFactor: 1, darkFactor: 0.5, gain: 1.5 },
    input: ({ plane }) => ({
      raw: plane(1300, 30),
      bias: plane(1000, 5),
      dark: plane(20, 5),
      flat: plane(1, 0.02),
    }),
    output: ({ empty }) => ({ data: empty() }),
  },
  combineJob('combine, mean', { method: 'mean', rejection: 'none' }),
  combineJob('combine, median', { method: 'median', rejection: 'none' }),
  combineJob('combine, sigma-clip', { method: 'mean', rejection: 'sigma-clip' }),
  combineJob('combine, winsorized', { method: 'mean', rejection: 'winsorized' }),
]
