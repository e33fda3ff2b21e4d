import type { LightCurveRecord } from '../core/light-curve'
import type { Studio } from '../engine/studio'
import type { LiveCurveInput } from '../pipeline/inspect/live-curve'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

export interface LiveCurveSlice {
  /** The curve as it is while somebody drags; null when the stored one is shown. */
  readonly curve: LightCurveRecord | null
  readonly busy: boolean
  /** Measures again. One call is under way at a time; of those that come meanwhile only the latest is done. */
  readonly measure: (request: LiveCurveInput) => void
  /** Stores what was dragged to. */
  readonly keep: () => Promise<void>
  readonly drop: () => void
}

export const createLiveCurveSlice = (
  { get, set }: SliceAccess<LiveCurveSlice>,
  studio: Studio,
  notices: () => NoticesSlice,
): LiveCurveSlice => {
  let waiting: LiveCurveInput | null = null
  let running = false
  // A curve that comes back after somebody pressed "drop" is old news.
  let generation = 0

  const run = async (request: LiveCurveInput): Promise<void> => {
    running = true
    const mine = generation
    set({ busy: true })
    try {
      const curve = await studio.measureLiveCurve(request)
      if (mine === generation) set({ curve })
    } catch (error) {
      notices().tellError(error)
    }
    running = false
    const next = waiting
    waiting = null
    if (next === null) set({ busy: false })
    else await run(next)
  }

  return {
    curve: null,
    busy: false,
    measure: (asked) => {
      // A dragged curve is not stored: the stored one that it came from lends its frames.
      const dragged = get().curve
      const request =
        dragged?.id === asked.lightCurve
          ? { ...asked, lightCurve: dragged.inputs[0] ?? asked.lightCurve }
          : asked
      if (running) waiting = request
      else void run(request)
    },
    keep: async () => {
      const { curve } = get()
      if (curve === null) return
      try {
        await studio.keepLightCurve(curve)
        set({ curve: null })
        notices().tell({ key: 'curveKept', tone: 'good' })
      } catch (error) {
        notices().tellError(error)
      }
    },
    drop: () => {
      generation++
      waiting = null
      set({ curve: null })
    },
  }
}
