import { readValues } from '../fits-file.mjs'
import { clippedMean, combinePixels, expectClose } from '../oracle.mjs'
import { Random } from '../random.mjs'
import { median } from '../statistics.mjs'
import { frameBytes } from './job.mjs'

/**
 * Level of each flat after its bias, from every so many of its pixels.
 * @param {readonly string[]} paths
 * @param {readonly number[]} at
 * @param {readonly number[]} bias
 */
const measureLevels = (paths, at, bias) =>
  paths.map((path) =>
    median(Array.from(readValues(path, at), (value, index) => value - (bias[index] ?? NaN))),
  )

/** @type {import('./job.mjs').Job} */
export const masters = {
  id: 'J1',
  name: 'J1 masters',
  what: 'master bias, dark and flat of 20 frames each: mean of what lies within 3 sigma (MAD) of the median; bias off darks and flats, flats scaled by their median',
  frames: 'small',
  target: { factor: 8, peer: /siril/, words: '8 × siril' },
  stores: true,
  bytes: ({ set }) => frameBytes(set, 3 * set.frames.bias.length, 2) + frameBytes(set, 3, 4),
  work: (session) => ({ order: session.masterOrder(), read: 'nothing', inFlight: 1, at: [] }),
  results: ({ report }) => report?.frames.map(({ id }) => id) ?? [],
  check: async (session, outcome) => {
    session.keepMasters(outcome)
    const made = session.masterSets.at(-1)
    if (made === undefined || outcome.report?.frames.length !== 3)
      throw new Error('there are not three masters')
    const { frames, sample, size } = session.set
    const bias = await session.pixels(made.bias, sample)
    const words = [
      expectClose(
        'bias',
        bias,
        combinePixels(
          frames.bias.map((path) => readValues(path, sample)),
          clippedMean,
        ),
        0.01,
      ),
    ]
    const withoutBias = (/** @type {string} */ path) =>
      readValues(path, sample).map((value, index) => value - (bias[index] ?? NaN))
    const dark = await session.pixels(made.dark, sample)
    words.push(expectClose('dark', dark, combinePixels(frames.dark.map(withoutBias), clippedMean), 0.01))

    const random = new Random(11)
    const many = Array.from({ length: 40_000 }, () => Math.floor(random.uniform() * size * size))
    const levels = measureLevels(frames.flat, many, await session.pixels(made.bias, many))
    const scaled = frames.flat.map((path, frame) =>
      withoutBias(path).map((value) => value / (levels[frame] ?? NaN)),
    )
    // Levels here are those of some pixels, so the whole flat may be off by a thousandth; its shape may not.
    words.push(
      expectClose('flat', await session.pixels(made.flat, sample), combinePixels(scaled, clippedMean), 0.004),
    )
    return words.join('; ')
  },
}
