import { readValues } from '../fits-file.mjs'
import { median } from '../statistics.mjs'
import { brightStars } from '../true-stars.mjs'
import { CLIPPED_MEAN } from '../session.mjs'
import { mastersOf, readMasterPixels } from './calibrate.mjs'
import { frameBytes } from './job.mjs'

/** Everything between raw lights and a stack, with what the app takes where nobody says otherwise: Lanczos-3 whose rings are held down. @type {import('./job.mjs').Job} */
export const stackByStars = {
  id: 'J8',
  name: 'J8 stack 20 by stars',
  what: '20 lights calibrated, their stars found and matched, each resampled to the first (Lanczos-3, rings held down), and the mean of what lies within 3 sigma (MAD) of the median',
  frames: 'small',
  target: { factor: 2, peer: /siril/, words: '2 × siril' },
  stores: true,
  bytes: ({ set }) => frameBytes(set, set.frames.light.length, 2) + frameBytes(set, 4, 4),
  prepare: (session) => session.ensureMasters(1),
  work: (session) => {
    const lights = session.idsOf(session.set.frames.light)
    return {
      order: {
        request: 'stack',
        frames: lights,
        parameters: {
          masters: mastersOf(session, 0),
          reference: lights[0],
          threshold: session.unused(5),
          combine: CLIPPED_MEAN,
        },
      },
      read: 'nothing',
      inFlight: 1,
      at: [],
    }
  },
  results: ({ report }) => (report === null ? [] : [String(report.result['frame'])]),
  check: async (session, { report }) => {
    const at = brightStars(session.set).map(({ pixel }) => pixel)
    const calibrated = await readMasterPixels(session, mastersOf(session, 0), at)
    const expected = calibrated(readValues(session.set.frames.light[0] ?? '', at))
    const found = await session.pixels(String(report?.result['frame']), at)
    // Half a pixel off, and the middle of a star would lose a tenth and more.
    const ratios = found.map((value, index) => value / (expected[index] ?? NaN)).filter(Number.isFinite)
    const typical = median(ratios)
    if (ratios.length < at.length || !(Math.abs(typical - 1) < 0.03))
      throw new Error(`stars of the stack are ${typical.toFixed(3)} of those of the first light`)
    return `${ratios.length} stars are ${typical.toFixed(3)} of those of the first light`
  },
}
