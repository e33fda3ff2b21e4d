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
]
