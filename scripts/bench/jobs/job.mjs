/**
 * One job of the bench. Whatever `prepare` and `check` do is outside of the clock.
 *
 * @typedef {import('../session.mjs').Session} Session
 * @typedef {import('../session.mjs').Work} Work
 * @typedef {import('../session.mjs').Outcome} Outcome
 * @typedef {import('../data-set.mjs').DataSet} DataSet
 *
 * What is to be reached: so many times as fast as a peer, warm, in one run.
 * @typedef {{ factor: number, peer: RegExp | null, words: string }} Target peer null: the fastest
 *
 * @typedef {object} Job
 * @property {string} id short name for `--only`, such as J3
 * @property {string} name the row of the table, and what the peers' lines are matched with
 * @property {string} what
 * @property {'small' | 'large'} frames on which set of frames it runs
 * @property {Target} target
 * @property {(session: Session) => number} bytes that must be read and written at the least: the floor is the time memory takes for them
 * @property {(session: Session, runs: number) => Promise<void>} [prepare] before the page is loaded anew
 * @property {(session: Session, run: number) => Work} work of one run; no two runs may have the same recipe
 * @property {(outcome: Outcome) => string[]} results ids that no run before may have given
 * @property {boolean} [stores] whether results are pixels in the store: those of a run are removed before the next, as the peers do with theirs
 * @property {(session: Session, outcome: Outcome) => Promise<string>} check throws when the result is wrong, and says what was compared
 */

/**
 * Bytes of all pixels of some frames.
 * @param {DataSet} set
 * @param {number} frames
 * @param {2 | 4} bytesPerPixel
 */
export const frameBytes = (set, frames, bytesPerPixel) => frames * bytesPerPixel * set.size * set.size
