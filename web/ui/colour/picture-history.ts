import type { CompositeBalance, CompositeLook } from '../../core/composite'

/** What a person sets on a picture; changes of it can be taken back. */
export interface PictureChoice {
  readonly look: CompositeLook
  readonly balance: CompositeBalance
}

export interface PictureHistory {
  readonly past: readonly PictureChoice[]
  readonly now: PictureChoice
  readonly future: readonly PictureChoice[]
  /** What the frames proposed, or the kept picture has: where "reset" leads. */
  readonly start: PictureChoice
  /** Which control made the last change, and when, milliseconds: a slider that is dragged is one change. */
  readonly last: { readonly control: string; readonly at: number }
}

const MOST_KEPT = 100
/** A pause this long makes the next move of the same slider a change of its own. */
const PAUSE = 1200

export const startHistory = (start: PictureChoice): PictureHistory => ({
  past: [],
  now: start,
  future: [],
  start,
  last: { control: '', at: 0 },
})

export const changePicture = (
  history: PictureHistory,
  now: PictureChoice,
  { control, at }: { readonly control: string; readonly at: number },
): PictureHistory => {
  const goesOn = history.last.control === control && at - history.last.at < PAUSE && history.past.length > 0
  return {
    ...history,
    past: goesOn ? history.past : [...history.past, history.now].slice(-MOST_KEPT),
    now,
    future: [],
    last: { control, at },
  }
}

/** What was kept is what is shown now; the way back stays. */
export const keepHistory = (history: PictureHistory, kept: PictureChoice): PictureHistory => ({
  ...history,
  now: kept,
  last: { control: '', at: 0 },
})

export const undoPicture = (history: PictureHistory): PictureHistory => {
  const before = history.past.at(-1)
  if (before === undefined) return history
  const { past, now, future } = history
  return {
    ...history,
    past: past.slice(0, -1),
    now: before,
    future: [now, ...future],
    last: { control: '', at: 0 },
  }
}

export const redoPicture = (history: PictureHistory): PictureHistory => {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return {
    ...history,
    past: [...history.past, history.now],
    now: after,
    future,
    last: { control: '', at: 0 },
  }
}
