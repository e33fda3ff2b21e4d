import { brightStars, countStars, encircled } from '../true-stars.mjs'
import { median } from '../statistics.mjs'
import { mastersOf } from './calibrate.mjs'
import { frameBytes } from './job.mjs'

const RADII = [4, 6, 9]
/** Electrons per ADU of the frames. */
const GAIN = 1.5

/** @param {import('../session.mjs').Session} session @param {number} run */
const lightOf = ({ set: { frames } }, run) => frames.light[run % frames.light.length] ?? ''

/** @type {import('./job.mjs').Job} */
export const photometry = {
  id: 'J5',
  name: 'J5 detect + photometry',
  what: 'one calibrated light: background, detection, and on up to 2000 stars three exact apertures of 4, 6 and 9 pixels and an annulus of 12 to 18',
  frames: 'small',
  target: { factor: 1, peer: /source-extractor/, words: 'faster than source-extractor' },
  // Read; background taken off and written; filtered and written; both read.
  bytes: ({ set }) => frameBytes(set, 5, 4),
  prepare: (session) => session.ensureMasters(1),
  // Another light each time.
  work: (session, run) => ({
    order: {
      request: 'photometry',
      frames: session.idsOf([lightOf(session, run)]),
      parameters: {
        masters: mastersOf(session, 0),
        threshold: session.unused(5),
        positions: 'detect',
        maximumStars: 2000,
        radii: RADII,
        annulus: [12, 18],
      },
    },
    read: 'nothing',
    inFlight: 1,
    at: [],
  }),
  results: ({ report }) => report?.tables.map(({ id }) => id) ?? [],
  check: async (session, { report }) => {
    const table = report?.tables.find((each) => each.table === 'photometry')?.id
    const rows = (await session.query('photometry', { table })).filter(
      (row) => row['radius'] === RADII.at(-1),
    )
    const least = 0.5 * Math.min(2000, countStars(session.set))
    if (rows.length < least) throw new Error(`${rows.length} stars were measured, of ${least * 2}`)
    const { frames, truth } = session.set
    const light = session.idsOf(frames.light).indexOf(String(rows[0]?.['exposure']))
    const [dx, dy] = truth.dither[light] ?? [NaN, NaN]
    const ratios = brightStars(session.set).flatMap(({ x, y, flux }) => {
      const row = rows.find(
        (each) => Math.hypot(Number(each['x']) - x - dx, Number(each['y']) - y - dy) < 0.5,
      )
      const electrons = Number(row?.['flux']) * (row?.['unit'] === 'adu' ? GAIN : 1)
      return row === undefined ? [] : [electrons / (flux * encircled(RADII.at(-1) ?? NaN))]
    })
    const ratio = median(ratios)
    if (!(Math.abs(ratio - 1) < 0.03)) {
      throw new Error(`${ratios.length} bright stars have ${ratio.toFixed(3)} of their true light`)
    }
    return `${rows.length} stars; ${ratios.length} bright ones have ${ratio.toFixed(3)} of their true light`
  },
}
