import { basename } from 'node:path'
import { brightStars } from '../true-stars.mjs'
import { median } from '../statistics.mjs'
import { mastersOf } from './calibrate.mjs'
import { frameBytes } from './job.mjs'

/**
 * @param {unknown} registered what the order says of each frame
 * @param {import('../session.mjs').Session} session
 */
const expectShifts = (registered, session) => {
  const { frames, truth } = session.set
  const ids = session.idsOf(frames.light)
  const rows = /** @type {{ frame: string, dx: number, dy: number }[]} */ (registered)
  if (rows.length !== ids.length) throw new Error(`${rows.length} of ${ids.length} frames were registered`)
  const errors = rows.map(({ frame, dx, dy }) => {
    const [x, y] = truth.dither[ids.indexOf(frame)] ?? [NaN, NaN]
    return Math.max(Math.abs(dx - x), Math.abs(dy - y))
  })
  const worst = Math.max(...errors)
  if (!(worst < 0.1)) throw new Error(`a frame is registered ${worst.toFixed(2)} pixels off`)
  return `shifts within ${worst.toFixed(3)} pixels of the truth`
}

/** @type {import('./job.mjs').Job} */
export const register = {
  id: 'J4',
  name: 'J4 register 20',
  what: '20 lights calibrated, their stars found and matched, and each resampled to the first (Lanczos-3), until all pixels have been read',
  frames: 'small',
  target: { factor: 4, peer: null, words: '4 × the fastest' },
  bytes: ({ set }) => frameBytes(set, 2 * set.frames.light.length, 4),
  prepare: (session) => session.ensureMasters(1),
  work: (session) => {
    const lights = session.idsOf(session.set.frames.light)
    return {
      order: {
        request: 'register',
        frames: lights,
        parameters: { masters: mastersOf(session, 0), reference: lights[0], threshold: session.unused(5) },
      },
      read: 'reduced',
      inFlight: session.workers,
      at: brightStars(session.set).map(({ pixel }) => pixel),
    }
  },
  results: ({ frames }) => frames.map(({ id }) => id),
  check: (session, { report, frames, values }) => {
    const words = expectShifts(report?.result['registered'], session)
    const first = frames.findIndex(({ name }) => name === basename(session.set.frames.light[0] ?? ''))
    const reference = values[first] ?? []
    // Pixels of bright stars: half a pixel off, and they would change by a tenth and more.
    const differences = values.flatMap((list) =>
      list.map((value, index) => Math.abs(value / (reference[index] ?? NaN) - 1)).filter(Number.isFinite),
    )
    const typical = median(differences)
    if (!(typical < 0.06)) throw new Error(`pixels of stars differ by ${(100 * typical).toFixed(1)} %`)
    return Promise.resolve(
      `${words}; ${differences.length} pixels of stars alike to ${(100 * typical).toFixed(1)} %`,
    )
  },
}
