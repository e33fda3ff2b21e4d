import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureFrames, openDataSet } from './data-set.mjs'
import { makePicture } from './make-frames.mjs'

const SMALL = { size: 2048, lights: 20, calibrations: 20 }
const LARGE = { size: 4096, lights: 20, calibrations: 0 }
const TINY = { size: 512, lights: 6, calibrations: 6 }
/** The sensor of a full-format camera of 61 megapixels. */
const PICTURE = { width: 9576, height: 6388 }
const TINY_PICTURE = { width: 1200, height: 800 }

/**
 * @typedef {{ small: import('./data-set.mjs').DataSet, large: import('./data-set.mjs').DataSet, picture: string }} AllFrames
 *
 * @param {string} root of the project
 */
const prepareCache = (root) => {
  const cache = join(root, '.cache', 'bench')
  mkdirSync(cache, { recursive: true })
  return cache
}

/** @param {string} cache @param {typeof PICTURE} size */
const ensurePicture = (cache, size) => {
  const path = join(cache, `picture-${size.width}x${size.height}.fits`)
  if (!existsSync(path)) makePicture(path, size)
  return path
}

/**
 * Tiny frames of our own making, for all jobs alike: they need nothing that is not in this folder.
 * @param {string} root
 * @returns {AllFrames}
 */
export const openTinyFrames = (root) => {
  const cache = prepareCache(root)
  const set = openDataSet(ensureFrames(cache, TINY, null), cache)
  return { small: set, large: set, picture: ensurePicture(cache, TINY_PICTURE) }
}

/**
 * The frames of the bench: those of folders that were named, else such as are made once and kept.
 * @param {string} root
 * @param {{ data: string | null, large: string | null }} folders
 * @returns {AllFrames}
 */
export const openFrames = (root, folders) => {
  const cache = prepareCache(root)
  const generator = join(root, '..', 'shared', 'bench', 'make_frames.py')
  const native = { generator, python: process.env['PYTHON'] ?? 'python3' }
  const open = (/** @type {string | null} */ given, /** @type {typeof SMALL} */ wanted) => {
    const set = openDataSet(given === null ? ensureFrames(cache, wanted, native) : resolve(given), cache)
    if (set.size !== wanted.size)
      throw new Error(`The frames in ${set.folder} are of ${set.size} pixels, not ${wanted.size}.`)
    return set
  }
  return {
    small: open(folders.data, SMALL),
    large: open(folders.large, LARGE),
    picture: ensurePicture(cache, PICTURE),
  }
}
