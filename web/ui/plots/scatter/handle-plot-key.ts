import type { KeyboardEvent } from 'react'
import type { PlotTarget } from './plot-target'
import { revealPlace, zoomView } from './plot-map'
import type { Along, DragMode, SelectMode } from './scatter-types'
import type { ViewControl } from './use-plot-view'

interface PlotKeysInput {
  readonly target: PlotTarget
  readonly control: ViewControl
  readonly free: Along
  readonly pointed: number | null
  readonly isSelected: (item: number) => boolean
  readonly onPoint: (item: number | null) => void
  readonly onPick: (item: number) => void
  readonly onSelect: (indices: Uint32Array, mode: SelectMode) => void
  readonly onMode: (mode: DragMode) => void
}

const ZOOM_KEY = 0.8
/** Steps of Page Up and Page Down. */
const PAGE = 20

const STEPS: Readonly<Record<string, readonly [by: number, along: 'x' | 'y']>> = {
  ArrowRight: [1, 'x'],
  ArrowLeft: [-1, 'x'],
  ArrowUp: [1, 'y'],
  ArrowDown: [-1, 'y'],
  PageUp: [-PAGE, 'x'],
  PageDown: [PAGE, 'x'],
}
const MODES: Readonly<Record<string, DragMode>> = { p: 'pan', b: 'box', l: 'lasso' }

/** What the keys do on a plot; the answer says whether a key was one of its own. */
export const handlePlotKey = (event: KeyboardEvent, input: PlotKeysInput): boolean => {
  const { target, control, free, pointed } = input
  const zoom = (factor: number) =>
    control.glide((view, whole) => {
      const middle = { x: (view.x[0] + view.x[1]) / 2, y: (view.y[0] + view.y[1]) / 2 }
      const place = pointed === null ? null : target.place(pointed)
      return zoomView(view, whole, { at: place ?? middle, factor, along: free })
    })
  const go = (item: number | null) => {
    input.onPoint(item)
    const place = item === null ? null : target.place(item)
    if (place !== null) control.change((view) => revealPlace(view, place))
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const step = STEPS[event.key]
  const mode = MODES[event.key]
  if (step !== undefined) go(target.step(pointed, ...step))
  else if (mode !== undefined) input.onMode(mode)
  else if (event.key === 'Home') go(target.step(null, 1, 'x'))
  else if (event.key === 'End') go(target.step(null, -1, 'x'))
  else if (event.key === 'Enter' && pointed !== null) input.onPick(pointed)
  else if (event.key === 's' && pointed !== null)
    input.onSelect(target.members(pointed), input.isSelected(pointed) ? 'remove' : 'add')
  else if (event.key === '+' || event.key === '=') zoom(ZOOM_KEY)
  else if (event.key === '-') zoom(1 / ZOOM_KEY)
  else if (event.key === '0') control.reset()
  else if (event.key === 'Escape') {
    input.onPoint(null)
    input.onSelect(new Uint32Array(0), 'set')
  } else return false
  return true
}
