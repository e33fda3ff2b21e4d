import { basename } from 'node:path'
import { readValues } from '../fits-file.mjs'
import { expectClose } from '../oracle.mjs'
import { frameBytes } from './job.mjs'

/** @typedef {import('../session.mjs').Session} Session */

/**
 * What calibrated pixels must be, from the original's and the masters' own.
 * @param {Session} session
 * @param {import('../session.mjs').MasterSet} masters
 * @param {readonly number[]} at
 */
export const readMasterPixels = async (session, masters, at) => {
  const bias = await session.pixels(masters.bias, at)
  const dark = await session.pixels(masters.dark, at)
  const flat = await session.pixels(masters.flat, at)
  return (/** @type {ArrayLike<number>} */ raw) =>
    Array.from(
      raw,
      (value, index) => (value - (bias[index] ?? NaN) - (dark[index] ?? NaN)) / (flat[index] ?? NaN),
    )
}

/**
 * @param {Session} session
 * @param {number} run
 */
export const mastersOf = (session, run) => {
  const masters = session.masterSets[run % session.masterSets.length]
  if (masters === undefined) throw new Error('there are no masters')
  return masters
}

/** @type {import('./job.mjs').Job} */
export const calibrate = {
  id: 'J2',
  name: 'J2 calibrate 20',
  what: 'bias, dark and flat applied to 20 lights, until all pixels of all of them have been read',
  frames: 'small',
  target: { factor: 4, peer: /siril/, words: '4 × siril' },
  bytes: ({ set }) =>
    frameBytes(set, set.frames.light.length, 2) + frameBytes(set, 3 + set.frames.light.length, 4),
  // Other masters each time: the frames are recipes, and the same recipe gives the same frame.
  prepare: (session, runs) => session.ensureMasters(runs),
  work: (session, run) => ({
    order: {
      request: 'calibrate_file_batch',
      frames: session.idsOf(session.set.frames.light),
      parameters: { masters: mastersOf(session, run) },
    },
    read: 'reduced',
    inFlight: session.workers,
    at: session.set.sample,
  }),
  results: ({ frames }) => frames.map(({ id }) => id),
  check: async (session, outcome) => {
    const { frames, sample } = session.set
    if (outcome.frames.length !== frames.light.length) throw new Error(`${outcome.frames.length} frames came`)
    const [row] = await session.query('reduced', { id: outcome.frames[0]?.id })
    const id = (/** @type {string} */ kind) => String(row?.[kind])
    const masters = { bias: id('bias'), dark: id('dark'), flat: id('flat') }
    const calibrated = await readMasterPixels(session, masters, sample)
    const found = outcome.frames.flatMap((_, index) => outcome.values[index] ?? [])
    const expected = outcome.frames.flatMap(({ name }) => {
      const path = frames.light.find((each) => basename(each) === name)
      if (path === undefined) throw new Error(`there is no light ${name}`)
      return calibrated(readValues(path, sample))
    })
    return expectClose('lights', found, expected, 0.05)
  },
}
