import type { Studio } from '../engine/studio'
import { readChoices, withDefaults, type CalibrationChoices } from '../pipeline/calibration/choices'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface CalibrationSlice {
  /** What differs from the defaults; every order that calibrates carries it. */
  readonly choices: CalibrationChoices
  /** Choices of before, the latest last, to go back to. */
  readonly past: readonly CalibrationChoices[]
  readonly change: (changes: CalibrationChoices) => void
  /** Back to the defaults. */
  readonly reset: () => void
  readonly undo: () => void
  /** Reads what the workspace keeps, which an opened project may have changed. */
  readonly refresh: () => Promise<void>
}

type Store = Pick<Studio, 'subscribe' | 'calibration' | 'setCalibration'>

const MOST_PAST = 50
/** Milliseconds within which changes of one parameter are one change: a number is typed digit by digit. */
const ONE_CHANGE = 1000

export const createCalibrationSlice = (
  { get, set }: SliceAccess<CalibrationSlice>,
  studio: Store,
  notices: () => NoticesSlice,
): CalibrationSlice => {
  let latest = { keys: '', at: -Infinity }
  /** Writes follow one another, so that the last choice is the one that stays. */
  let written: Promise<void> = Promise.resolve()
  let writing = 0

  const refresh = async (): Promise<void> => {
    try {
      const choices = await studio.calibration()
      if (writing === 0) set({ choices })
    } catch (error) {
      notices().tellError(error)
    }
  }
  const keep = (choices: CalibrationChoices): void => {
    writing++
    written = written
      .then(() => studio.setCalibration(choices))
      .then(
        () => {
          writing--
        },
        async (error: unknown) => {
          writing--
          notices().tellError(error)
          // What is not kept is not shown as if it were.
          await refresh()
        },
      )
  }
  const take = (choices: CalibrationChoices, past: CalibrationSlice['past']): void => {
    set({ choices, past: past.slice(-MOST_PAST) })
    keep(choices)
  }

  studio.subscribe((event) => {
    if (event.kind === 'calibration-changed' || event.kind === 'writer-changed') void refresh()
  })

  return {
    choices: {},
    past: [],
    change: (changes) => {
      const { choices: before, past } = get()
      const choices = readChoices({ ...withDefaults(before), ...changes })
      if (JSON.stringify(choices) === JSON.stringify(before)) return
      const keys = Object.keys(changes).join()
      const goesOn = keys === latest.keys && Date.now() - latest.at < ONE_CHANGE && past.length > 0
      latest = { keys, at: Date.now() }
      take(choices, goesOn ? past : [...past, before])
    },
    reset: () => {
      const { choices, past, undo } = get()
      if (Object.keys(choices).length === 0) return
      latest = { keys: '', at: -Infinity }
      take({}, [...past, choices])
      notices().tell({ key: 'calibrationReset', undo })
    },
    undo: () => {
      const { past } = get()
      const before = past.at(-1)
      if (before === undefined) return
      latest = { keys: '', at: -Infinity }
      take(before, past.slice(0, -1))
    },
    refresh,
  }
}
