/**
 * Frames of the same kind as those of the bench's own generator, for machines that lack what that one needs: a CCD with
 * bias structure, dark current, hot pixels, vignetting, Moffat stars, dithers and cosmic rays.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeUint16 } from './fits-file.mjs'
import { Random } from './random.mjs'
import { median } from './statistics.mjs'

/** Electrons per ADU, electrons, seconds, ADU. */
const GAIN = 1.5
const READ_NOISE = 8
const EXPOSURE = 300
const BIAS = 1000
const SKY = 300
const FLAT_LEVEL = 30_000
const BETA = 3
const FWHM = 3.5
/** Half the side of the square on which a star is drawn, pixels. */
const REACH = 20
export const MOFFAT = { beta: BETA, alpha: FWHM / (2 * Math.sqrt(2 ** (1 / BETA) - 1)) }

/**
 * What the frames were made from: positions on the first light, electrons, and how far each light is moved, pixels.
 * @typedef {{ x: number[], y: number[], flux: number[], dither: [number, number][] }} Truth
 */

/** @param {number} index from 0 */
const numbered = (index) => String(index + 1).padStart(5, '0')

/**
 * @param {number} size
 * @param {Random} random
 */
const makeCamera = (size, random) => {
  const flat = new Float32Array(size * size)
  const bias = new Float32Array(size * size)
  const dark = new Float32Array(size * size)
  const columns = Float32Array.from({ length: size }, () => random.normal())
  for (let index = 0; index < flat.length; index += 1) {
    const x = index % size
    const y = Math.floor(index / size)
    const radius = ((x - size / 2) ** 2 + (y - size / 2) ** 2) / ((size * size) / 2)
    flat[index] = 1 - 0.25 * radius + 0.01 * random.normal()
    bias[index] = BIAS + 5 * Math.sin(x / 300) + (columns[x] ?? 0)
    dark[index] = 0.05 * EXPOSURE * (0.5 + random.uniform())
    if (random.uniform() < 1e-3) dark[index] = EXPOSURE * 10 * -Math.log(1 - random.uniform())
  }
  // Median 1, as a flat field is defined, so that stars keep their light when it is divided out.
  const level = median(Array.from(flat.filter((_, index) => index % 97 === 0)))
  for (let index = 0; index < flat.length; index += 1) flat[index] = (flat[index] ?? 0) / level
  return { flat, bias, dark }
}

/**
 * @param {number} size
 * @param {Random} random
 * @param {number} lights
 * @returns {Truth}
 */
const placeStars = (size, random, lights) => {
  const count = Math.max(60, Math.round(2000 * (size / 2048) ** 2))
  const list = Array.from({ length: count })
  return {
    x: list.map(() => random.between(-15, size + 15)),
    y: list.map(() => random.between(-15, size + 15)),
    flux: list.map(() => Math.min(1.5e6, 2000 * (1 - random.uniform()) ** -1.25)),
    dither: Array.from({ length: lights }, (_, index) =>
      index === 0 ? [0, 0] : [random.between(-10, 10), random.between(-10, 10)],
    ),
  }
}

/**
 * @param {Float32Array} light electrons per pixel, added to
 * @param {number} size
 * @param {Truth} truth
 * @param {[number, number]} dither
 */
const drawStars = (light, size, truth, [dx, dy]) => {
  const { beta, alpha } = MOFFAT
  const peak = (beta - 1) / (Math.PI * alpha * alpha)
  truth.flux.forEach((flux, star) => {
    const x = (truth.x[star] ?? 0) + dx
    const y = (truth.y[star] ?? 0) + dy
    for (
      let row = Math.max(0, Math.round(y) - REACH);
      row <= Math.min(size - 1, Math.round(y) + REACH);
      row += 1
    ) {
      for (
        let column = Math.max(0, Math.round(x) - REACH);
        column <= Math.min(size - 1, Math.round(x) + REACH);
        column += 1
      ) {
        const square = ((column - x) ** 2 + (row - y) ** 2) / (alpha * alpha)
        light[row * size + column] = (light[row * size + column] ?? 0) + flux * peak * (1 + square) ** -beta
      }
    }
  })
}

/**
 * @param {Float32Array} light electrons per pixel, added to
 * @param {number} size
 * @param {Random} random
 */
const drawCosmicRays = (light, size, random) => {
  for (let left = random.poisson(200 * (size / 2048) ** 2); left > 0; left -= 1) {
    const [x, y, angle] = [random.between(0, size), random.between(0, size), random.between(0, Math.PI)]
    const [length, charge] = [1 - 4 * Math.log(1 - random.uniform()), random.between(300, 3000)]
    for (let along = 0; along < length; along += 0.5) {
      const column = Math.floor(x + along * Math.cos(angle))
      const row = Math.floor(y + along * Math.sin(angle))
      if (column < 0 || column >= size || row < 0 || row >= size) continue
      light[row * size + column] = (light[row * size + column] ?? 0) + charge
    }
  }
}

/**
 * Writes `lights` light frames and `calibrations` of each of bias, dark and flat, and truth.json beside them.
 * @param {string} folder
 * @param {{ size: number, lights: number, calibrations: number, seed?: number }} wanted
 */
export const makeFrames = (folder, { size, lights, calibrations, seed = 20_240_607 }) => {
  mkdirSync(folder, { recursive: true })
  const random = new Random(seed)
  const camera = makeCamera(size, random)
  const truth = placeStars(size, random, lights)
  /**
   * @param {string} name
   * @param {(index: number) => number} electrons
   * @param {readonly (readonly [string, import('./fits-file.mjs').CardValue])[]} cards
   */
  const expose = (name, electrons, cards) => {
    const data = new Uint16Array(size * size)
    for (let index = 0; index < data.length; index += 1) {
      const adu = (electrons(index) + READ_NOISE * random.normal()) / GAIN + (camera.bias[index] ?? 0)
      data[index] = Math.min(65_535, Math.max(0, Math.round(adu)))
    }
    writeUint16(join(folder, `${name}.fits`), { width: size, height: size, data }, [
      ...cards,
      ['GAIN', GAIN],
      ['RDNOISE', READ_NOISE],
    ])
  }
  for (let index = 0; index < calibrations; index += 1) {
    const level = FLAT_LEVEL * GAIN * random.between(0.9, 1.05)
    expose(`bias_${numbered(index)}`, () => 0, [
      ['IMAGETYP', 'BIAS'],
      ['EXPTIME', 0],
    ])
    expose(`dark_${numbered(index)}`, (at) => random.poisson(camera.dark[at] ?? 0), [
      ['IMAGETYP', 'DARK'],
      ['EXPTIME', EXPOSURE],
    ])
    expose(`flat_${numbered(index)}`, (at) => random.poisson((camera.flat[at] ?? 0) * level), [
      ['IMAGETYP', 'FLAT'],
      ['EXPTIME', 3],
    ])
  }
  for (const [index, dither] of truth.dither.entries()) {
    const stars = new Float32Array(size * size)
    drawStars(stars, size, truth, dither)
    const rays = new Float32Array(size * size)
    drawCosmicRays(rays, size, random)
    const sky = SKY * random.between(0.95, 1.05)
    const arriving = (/** @type {number} */ at) =>
      (camera.flat[at] ?? 0) * ((stars[at] ?? 0) + sky) + (camera.dark[at] ?? 0)
    expose(`light_${numbered(index)}`, (at) => random.poisson(arriving(at)) + (rays[at] ?? 0), [
      ['IMAGETYP', 'LIGHT'],
      ['EXPTIME', EXPOSURE],
    ])
  }
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth))
}

/**
 * One frame of any size, for the picture: sky, noise and stars.
 * @param {string} path
 * @param {{ width: number, height: number, seed?: number }} wanted
 */
export const makePicture = (path, { width, height, seed = 7 }) => {
  const random = new Random(seed)
  const data = new Uint16Array(width * height)
  for (let index = 0; index < data.length; index += 1) data[index] = Math.round(1200 + 13 * random.normal())
  for (let left = Math.round((width * height) / 2000); left > 0; left -= 1) {
    const [x, y] = [random.between(12, width - 12), random.between(12, height - 12)]
    const peak = Math.min(50_000, 72 * (1 - random.uniform()) ** -1.25)
    for (let row = Math.round(y) - 12; row <= Math.round(y) + 12; row += 1) {
      for (let column = Math.round(x) - 12; column <= Math.round(x) + 12; column += 1) {
        const square = ((column - x) ** 2 + (row - y) ** 2) / MOFFAT.alpha ** 2
        const at = row * width + column
        data[at] = Math.min(65_535, (data[at] ?? 0) + peak * (1 + square) ** -MOFFAT.beta)
      }
    }
  }
  writeUint16(path, { width, height, data }, [
    ['IMAGETYP', 'LIGHT'],
    ['EXPTIME', EXPOSURE],
  ])
}
