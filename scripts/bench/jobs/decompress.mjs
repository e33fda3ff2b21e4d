import { statSync } from 'node:fs'
import { readValues } from '../fits-file.mjs'
import { expectClose } from '../oracle.mjs'
import { frameBytes } from './job.mjs'

/**
 * @param {'small' | 'large'} frames
 * @param {string} size
 * @returns {import('./job.mjs').Job}
 */
const decompressJob = (frames, size) => ({
  id: 'J7',
  name: `J7 Rice ${size}`,
  what: `pixels of a Rice-compressed uint16 frame of ${size} × ${size}`,
  frames,
  target: { factor: 1, peer: /funpack/, words: 'no slower than funpack' },
  bytes: ({ set, compressed }) => statSync(compressed[0] ?? '').size + frameBytes(set, 1, 2),
  // Another frame each time, until all had their turn.
  work: (session, run) => ({
    order: null,
    read: session.idsOf([session.compressed[run % session.compressed.length] ?? '']),
    inFlight: 1,
    at: session.set.sample,
  }),
  results: () => [],
  check: (session, { frames: [frame], values, sizes }) => {
    const { set, compressed } = session
    const index = session.idsOf(compressed).indexOf(frame?.id ?? '')
    if (sizes[0] !== set.size ** 2) throw new Error(`${sizes[0]} pixels came`)
    const expected = readValues(set.frames.light[index] ?? '', set.sample)
    return Promise.resolve(expectClose('pixels', values[0] ?? [], expected, 0))
  },
})

export const decompressions = [decompressJob('small', '2048'), decompressJob('large', '4096')]
