import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { PlotView } from './scatter-types'

/** Milliseconds of a glide from view to view. */
const GLIDE = 160

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

const between = (from: PlotView, to: PlotView, part: number): PlotView => {
  const mix = (a: number, b: number): number => a + part * (b - a)
  return {
    x: [mix(from.x[0], to.x[0]), mix(from.x[1], to.x[1])],
    y: [mix(from.y[0], to.y[0]), mix(from.y[1], to.y[1])],
  }
}

export interface ViewControl {
  readonly view: PlotView
  /** Whether it is not the whole. */
  readonly moved: boolean
  /** Takes effect with the next frame, however often it is asked for before. */
  readonly change: (next: (view: PlotView, whole: PlotView) => PlotView) => void
  /** The same as a short glide, or at once for who wants no motion. */
  readonly glide: (next: (view: PlotView, whole: PlotView) => PlotView) => void
  readonly reset: () => void
}

/** The part of the plot that is seen. It falls back to the whole when `key` (what the axes mean) changes. */
export const usePlotView = (whole: PlotView, key: string): ViewControl => {
  const [kept, setKept] = useState<{ readonly key: string; readonly view: PlotView } | null>(null)
  const own = kept?.key === key ? kept.view : null
  const view = own ?? whole
  const now = useRef({ view, whole, key })
  const frame = useRef(0)
  useLayoutEffect(() => {
    now.current = { view, whole, key }
  })
  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  const show = useCallback((next: PlotView | null) => {
    setKept(next === null ? null : { key: now.current.key, view: next })
  }, [])
  const change = useCallback<ViewControl['change']>(
    (next) => {
      const { view: from, whole: all } = now.current
      const to = next(from, all)
      now.current = { ...now.current, view: to }
      cancelAnimationFrame(frame.current)
      frame.current = requestAnimationFrame(() => show(to))
    },
    [show],
  )
  const run = useCallback(
    (to: PlotView, last: PlotView | null) => {
      cancelAnimationFrame(frame.current)
      if (prefersStillness()) {
        show(last)
        return
      }
      const from = now.current.view
      const begun = performance.now()
      const advance = () => {
        const part = Math.min(1, (performance.now() - begun) / GLIDE)
        if (part >= 1) {
          show(last)
          return
        }
        show(between(from, to, 1 - (1 - part) ** 3))
        frame.current = requestAnimationFrame(advance)
      }
      frame.current = requestAnimationFrame(advance)
    },
    [show],
  )
  const glide = useCallback<ViewControl['glide']>(
    (next) => {
      const to = next(now.current.view, now.current.whole)
      run(to, to)
    },
    [run],
  )
  const reset = useCallback(() => run(now.current.whole, null), [run])
  return { view, moved: own !== null, change, glide, reset }
}
