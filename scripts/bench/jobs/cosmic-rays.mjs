import { readValues } from '../fits-file.mjs'
import { brightStars } from '../true-stars.mjs'
import { mastersOf, readMasterPixels } from './calibrate.mjs'
import { frameBytes } from './job.mjs'

/** Pixels that are compared, about: all of a small frame. */
const COMPARED = 200_000

/** @param {import('../session.mjs').Session} session */
const spreadPixels = ({ set: { size } }) => {
  // Odd, so that no column of a frame of even width is preferred.
  const stride = 2 * Math.floor((size * size) / COMPARED / 2) + 1
  return Array.from({ length: Math.floor((size * size) / stride) }, (_, index) => index * stride)
}

/** @type {import('./job.mjs').Job} */
export const cosmicRays = {
  id: 'J6',
  name: 'J6 L.A.Cosmic',
  what: 'cosmic rays of one light found and replaced by L.A.Cosmic, until its pixels have been read',
  frames: 'small',
  target: { factor: 4, peer: /astroscrappy/, words: '4 × astroscrappy' },
  bytes: ({ set }) => frameBytes(set, 2, 4),
  prepare: (session, runs) => session.ensureMasters(Math.ceil(runs / session.set.frames.light.length)),
  work: (session, run) => {
    // Another light each time, then other masters.
    const { light } = session.set.frames
    return {
      order: {
        request: 'calibrate_file_batch',
        frames: session.idsOf([light[run % light.length] ?? '']),
        parameters: {
          masters: mastersOf(session, Math.floor(run / light.length)),
          cosmicRays: 'lacosmic',
        },
      },
      read: 'reduced',
      inFlight: 1,
      at: [],
    }
  },
  results: ({ frames }) => frames.map(({ id }) => id),
  check: async (session, { frames }) => {
    const [frame] = frames
    const [row] = await session.query('reduced', { id: frame?.id })
    const { light } = session.set.frames
    const path = light.find((each) => session.idsOf([each])[0] === row?.['exposure'])
    if (frame === undefined || path === undefined) throw new Error('there is no cleaned frame')
    const id = (/** @type {string} */ kind) => String(row?.[kind])
    const masters = { bias: id('bias'), dark: id('dark'), flat: id('flat') }
    const [dx, dy] = session.set.truth.dither[light.indexOf(path)] ?? [NaN, NaN]
    const { size } = session.set
    const stars = brightStars(session.set).map(({ x, y }) => Math.round(y + dy) * size + Math.round(x + dx))
    const at = [...spreadPixels(session), ...stars]
    const before = (await readMasterPixels(session, masters, at))(readValues(path, at))
    const after = await session.pixels(frame.id, at)
    // Replaced pixels are those of a track, hundreds of electrons; the rounding of float32 is a thousandth of an ADU.
    const replaced = after.map((value, index) => !(Math.abs(value - (before[index] ?? NaN)) <= 0.5))
    const found = replaced.slice(0, -stars.length).filter(Boolean).length / (at.length - stars.length)
    const eaten = replaced.slice(-stars.length).filter(Boolean).length
    // 200 tracks of about five steps on 2048 x 2048 pixels touch four in ten thousand.
    if (found < 1e-4 || found > 3e-3)
      throw new Error(`${(100 * found).toFixed(3)} % of the pixels were replaced`)
    if (eaten > 0.05 * stars.length) throw new Error(`${eaten} of ${stars.length} bright stars were eaten`)
    return `${(100 * found).toFixed(3)} % of the pixels replaced, ${eaten} of ${stars.length} bright stars touched`
  },
}
