import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readHeader, readValues, writeFloat32 } from './fits-file.mjs'
import { makeFrames } from './make-frames.mjs'
import { Random } from './random.mjs'
import { writeRice } from './rice.mjs'
import { readTruth } from './truth.mjs'

/**
 * Frames of one size, with what the jobs need besides.
 * @typedef {object} DataSet
 * @property {string} folder
 * @property {number} size pixels of a side
 * @property {Record<'bias' | 'dark' | 'flat' | 'light', string[]>} frames paths
 * @property {string} work folder of what is made from the frames
 * @property {import('./make-frames.mjs').Truth} truth
 * @property {number[]} sample indices of pixels that the checks look at
 */

/** @typedef {{ size: number, lights: number, calibrations: number }} Wanted */

/**
 * Files of a folder with their paths, by name.
 * @param {string} folder
 * @param {RegExp} name
 */
const list = (folder, name) =>
  readdirSync(folder)
    .filter((file) => name.test(file))
    .sort()
    .map((file) => join(folder, file))

/**
 * Runs the generator that the native peers' frames come from; false where it or what it needs is not there.
 * @param {string} generator path of make_frames.py
 * @param {string} python
 * @param {string} folder
 * @param {Wanted} wanted
 */
const runGenerator = (generator, python, folder, { size, lights, calibrations }) => {
  if (!existsSync(generator)) return false
  const args = [generator, folder, String(size), String(lights), String(calibrations)]
  return spawnSync(python, args, { stdio: ['ignore', 'ignore', 'ignore'] }).status === 0
}

/**
 * The folder of frames of this kind in the cache, made when it is not there yet.
 * @param {string} cache
 * @param {Wanted} wanted
 * @param {{ generator: string, python: string } | null} native null: always our own generator
 */
export const ensureFrames = (cache, wanted, native) => {
  const { size, lights, calibrations } = wanted
  const folder = join(cache, `frames-${size}-${lights}-${calibrations}${native === null ? '-own' : ''}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.part`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const made = native !== null && runGenerator(native.generator, native.python, unfinished, wanted)
  if (!made) makeFrames(unfinished, wanted)
  renameSync(unfinished, folder)
  return folder
}

/**
 * What is in a folder of frames. Files made from them go below the cache, under a name that changes with the frames.
 * @param {string} folder
 * @param {string} cache
 * @returns {DataSet}
 */
export const openDataSet = (folder, cache) => {
  const frames = {
    bias: list(folder, /^bias_\d+\.fits$/),
    dark: list(folder, /^dark_\d+\.fits$/),
    flat: list(folder, /^flat_\d+\.fits$/),
    light: list(folder, /^light_\d+\.fits$/),
  }
  const [first] = frames.light
  if (first === undefined)
    throw new Error(`There are no frames named light_00001.fits and so on in ${folder}`)
  const { width, height } = readHeader(first)
  if (width !== height) throw new Error(`${first} is not a square`)
  const stamp = `${folder} ${frames.light.length} ${statSync(first).mtimeMs}`
  const key = createHash('sha256').update(stamp).digest('hex').slice(0, 8)
  const work = join(cache, `work-${width}-${key}`)
  mkdirSync(work, { recursive: true })
  const random = new Random(5)
  const sample = Array.from({ length: 500 }, () => Math.floor(random.uniform() * width * height))
  return { folder, size: width, frames, work, truth: readTruth(folder), sample }
}

/**
 * Moves a picture back by a shift, bilinear. The border repeats its last pixel.
 * @param {Float32Array} data
 * @param {number} size
 * @param {[number, number]} shift
 */
const shiftBack = (data, size, [dx, dy]) => {
  const out = new Float32Array(data.length)
  const clamp = (/** @type {number} */ value) => Math.min(size - 1, Math.max(0, value))
  const [column, row] = [Math.floor(dx), Math.floor(dy)]
  const [fx, fy] = [dx - column, dy - row]
  for (let y = 0; y < size; y += 1) {
    const upper = size * clamp(y + row)
    const lower = size * clamp(y + row + 1)
    for (let x = 0; x < size; x += 1) {
      const [left, right] = [clamp(x + column), clamp(x + column + 1)]
      const above = (1 - fx) * (data[upper + left] ?? 0) + fx * (data[upper + right] ?? 0)
      const below = (1 - fx) * (data[lower + left] ?? 0) + fx * (data[lower + right] ?? 0)
      out[y * size + x] = (1 - fy) * above + fy * below
    }
  }
  return out
}

/**
 * Lights that lie on one another, as float32: those that the native peers stack where they have been run, else our own.
 * @param {DataSet} set
 * @param {string | null} peersWork folder of the peers
 * @returns {string[]}
 */
export const ensureAligned = ({ frames, size, truth, work }, peersWork) => {
  const theirs = peersWork === null ? null : join(peersWork, 'al')
  if (theirs !== null && existsSync(theirs)) {
    const files = list(theirs, /^al_\d+\.fits$/)
    if (files.length === frames.light.length) return files
  }
  const folder = join(work, 'aligned')
  mkdirSync(folder, { recursive: true })
  return frames.light.map((path, index) => {
    const target = join(folder, basename(path).replace('light', 'al'))
    if (existsSync(target)) return target
    const values = readValues(path).map((value) => value - 1000)
    const data = shiftBack(values, size, truth.dither[index] ?? [0, 0])
    writeFloat32(target, { width: size, height: size, data }, [
      ['IMAGETYP', 'LIGHT'],
      ['EXPTIME', 300],
    ])
    return target
  })
}

/**
 * The first lights, Rice-compressed.
 * @param {DataSet} set
 * @param {number} count
 * @returns {string[]}
 */
export const ensureCompressed = ({ frames, size, work }, count) => {
  const folder = join(work, 'rice')
  mkdirSync(folder, { recursive: true })
  return frames.light.slice(0, count).map((path) => {
    const target = join(folder, `${basename(path)}.fz`)
    if (!existsSync(target)) {
      const data = Uint16Array.from(readValues(path))
      writeRice(target, { width: size, height: size, data }, [
        ['IMAGETYP', 'LIGHT'],
        ['EXPTIME', 300],
      ])
    }
    return target
  })
}
