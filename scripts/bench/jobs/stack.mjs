import { readValues } from '../fits-file.mjs'
import { clippedMean, combinePixels, expectClose } from '../oracle.mjs'
import { CLIPPED_MEAN } from '../session.mjs'
import { median } from '../statistics.mjs'
import { frameBytes } from './job.mjs'

/**
 * @typedef {import('../session.mjs').Session} Session
 * @typedef {import('./job.mjs').Job} Job
 */

const COMBINES = {
  median: { parameters: { ...CLIPPED_MEAN, method: 'median', rejection: 'none' }, oracle: median },
  'sigma-clip': { parameters: CLIPPED_MEAN, oracle: clippedMean },
}

/**
 * A stack of frames that lie on one another already: no registration, pixels as they are.
 * @param {{ id: string, name: string, what: string, frames: 'small' | 'large', target: import('./job.mjs').Target,
 *   files: (session: Session) => readonly string[], bytesPerPixel: 2 | 4, combine: keyof typeof COMBINES }} options
 * @returns {Job}
 */
const stackJob = ({ files, bytesPerPixel, combine, ...job }) => {
  const { parameters, oracle } = COMBINES[combine]
  return {
    ...job,
    stores: true,
    bytes: (session) =>
      frameBytes(session.set, files(session).length, bytesPerPixel) + frameBytes(session.set, 1, 4),
    work: (session) => ({
      order: {
        request: 'stack',
        frames: session.idsOf(files(session)),
        parameters: {
          method: 'none',
          bias: 'off',
          dark: 'off',
          flat: 'off',
          combine: { ...parameters, low: session.unused(3) },
        },
      },
      read: 'nothing',
      inFlight: 1,
      at: [],
    }),
    results: ({ report }) => (report === null ? [] : [String(report.result['frame'])]),
    check: async (session, { report }) => {
      const { sample } = session.set
      const expected = combinePixels(
        files(session).map((path) => readValues(path, sample)),
        oracle,
      )
      const found = await session.pixels(String(report?.result['frame']), sample)
      return expectClose('stack', found, expected, 0.02)
    },
  }
}

/** @type {Job[]} */
export const stacks = [
  .../** @type {const} */ (['median', 'sigma-clip']).map((combine) =>
    stackJob({
      id: 'J3',
      name: `J3 stack 20, ${combine}`,
      what: `stack of 20 aligned float32 frames: ${combine === 'median' ? 'median' : 'mean of what lies within 3 sigma (MAD) of the median'}`,
      frames: 'small',
      target: { factor: 4, peer: null, words: '4 × the fastest' },
      files: ({ aligned }) => aligned,
      bytesPerPixel: 4,
      combine,
    }),
  ),
  .../** @type {const} */ (['median', 'sigma-clip']).map((combine) =>
    stackJob({
      id: 'big',
      name: `big stack 20, ${combine}`,
      what: `the same of 20 uint16 frames of 4096 × 4096 as the camera gave them: ${combine}`,
      frames: 'large',
      target: { factor: 5, peer: /siril/, words: '5 × siril' },
      files: ({ set }) => set.frames.light,
      bytesPerPixel: 2,
      combine,
    }),
  ),
]
