/**
 * Arrays for a job, in the memory of the WebAssembly kernels, so that these need no copies.
 * @typedef {object} Frame
 * @property {number} size pixels of a side
 * @property {(level: number, spread: number) => Float32Array} plane noise about a level
 * @property {(count: number, level: number, spread: number) => Float32Array[]} planes as they lie in the app, at a stride
 *   that keeps them apart in the cache
 * @property {(count: number, level: number, spread: number) => Uint8Array[]} integers the same as FITS stores unsigned
 *   16-bit integers
 * @property {() => Float32Array} empty
 *
 * @typedef {object} Job
 * @property {string} title
 * @property {string} stem of the kernel's definition
 * @property {string} kernel what the definition is exported as
 * @property {(frame: Frame) => unknown} params
 * @property {(frame: Frame) => unknown} input
 * @property {(frame: Frame) => unknown} output
 */

/** Frames of a stack. */
const FRAMES = 20

/** @param {string} title @param {object} combine @returns {Job} */
const combineJob = (title, combine) => ({
  title: `combine, ${title}`,
  stem: 'combine',
  kernel: 'combineKernel',
  params: () => ({ combine }),
  input: ({ planes }) => ({ planes: planes(FRAMES, 1300, 30) }),
  output: ({ empty }) => ({ data: empty() }),
})

/** @param {string} title @param {object} combine @returns {Job} */
const combineRawJob = (title, combine) => ({
  title: `combine raw, ${title}`,
  stem: 'combine-raw',
  kernel: 'combineRawKernel',
  params: () => ({ combine, scaling: { bitpix: 16, bzero: 32_768, bscale: 1, blank: null } }),
  input: ({ integers }) => ({ planes: integers(FRAMES, 1300, 30) }),
  output: ({ empty }) => ({ data: empty() }),
})

/** By one degree about the middle of a frame, and a shift. */
const TURNED = { a: 0.99985, b: -0.01745, c: 21.3, d: 0.01745, e: 0.99985, f: -17.8 }
const MOVED = { a: 1, b: 0, c: 21.3, d: 0, e: 1, f: -17.8 }

/** @param {string} title @param {string} method @param {object} transform @returns {Job} */
const resampleJob = (title, method, transform) => ({
  title: `resample, ${title}`,
  stem: 'resample',
  kernel: 'resampleKernel',
  params: ({ size }) => {
    const whole = { left: 0, top: 0, width: size, height: size }
    return { method, transform, source: whole, target: whole }
  },
  input: ({ plane }) => ({ data: plane(1300, 30) }),
  output: ({ empty }) => ({ data: empty() }),
})

/** Half of a Gaussian, centre first. @param {number} sigma @returns {Float64Array} */
const halfGaussian = (sigma) => {
  const weights = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, i) =>
    Math.exp(-0.5 * (i / sigma) ** 2),
  )
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0)
  return weights.map((weight) => weight / total)
}

/** @param {number} sigma pixels @returns {Job} */
const convolveJob = (sigma) => ({
  title: `convolve, sigma ${sigma}`,
  stem: 'detection',
  kernel: 'convolveKernel',
  params: ({ size }) => ({ width: size, height: size, weights: halfGaussian(sigma) }),
  input: ({ plane }) => ({ data: plane(1300, 30) }),
  output: ({ empty }) => ({ data: empty() }),
})

/** @type {readonly Job[]} */
export const JOBS = [
  {
    title: 'calibrate',
    stem: 'calibrate',
    kernel: 'calibrateKernel',
    params: () => ({ biasFactor: 1, darkFactor: 0.5, gain: 1.5 }),
    input: ({ plane }) => ({
      raw: plane(1300, 30),
      bias: plane(1000, 5),
      dark: plane(20, 5),
      flat: plane(1, 0.02),
    }),
    output: ({ empty }) => ({ data: empty() }),
  },
  combineJob('mean', { method: 'mean', rejection: 'none' }),
  combineJob('median', { method: 'median', rejection: 'none' }),
  combineJob('sigma-clip', { method: 'mean', rejection: 'sigma-clip' }),
  combineJob('sigma-clip by std', { method: 'mean', rejection: 'sigma-clip', deviation: 'std' }),
  combineJob('winsorized', { method: 'mean', rejection: 'winsorized' }),
  combineRawJob('sigma-clip', { method: 'mean', rejection: 'sigma-clip' }),
  combineRawJob('winsorized', { method: 'mean', rejection: 'winsorized' }),
  resampleJob('lanczos3, turned', 'lanczos3', TURNED),
  resampleJob('lanczos3, moved', 'lanczos3', MOVED),
  resampleJob('bilinear, turned', 'bilinear', TURNED),
  convolveJob(1.5),
  convolveJob(15),
]
