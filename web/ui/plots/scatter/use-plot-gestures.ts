import { useEffect, useRef, type RefObject } from 'react'
import type { Point } from '../../../core/image'
import type { Region } from './find-points'
import { fromPixel, panView, zoomView, type PlotMap } from './plot-map'
import type { Along, DragMode, PlotArea, PlotView, SelectMode } from './scatter-types'
import type { ViewControl } from './use-plot-view'

/** A press that moves less than this many CSS pixels is a click. */
const CLICK = 5
/** Zoom per CSS pixel of wheel travel; a pinch on a touch pad comes as a wheel with Ctrl and small steps. */
const WHEEL_ZOOM = 0.0016
const PINCH_ZOOM = 0.01
const LINE_HEIGHT = 16
/** Corners of a lasso are at least so many CSS pixels apart. */
const LASSO_STEP = 3

export interface GestureOptions {
  readonly area: PlotArea
  /** Of any view, so that several movements within one frame add up. */
  readonly mapOf: (view: PlotView) => PlotMap
  readonly mode: DragMode
  /** What a selection does when no key says otherwise. */
  readonly selectMode: SelectMode
  /** The axes that pan and zoom: a histogram keeps its counts. */
  readonly free: Along
  readonly control: ViewControl
  /** null as the pointer leaves. */
  readonly onPoint: (at: Point | null) => void
  readonly onDraw: (region: Region | null) => void
  readonly onRegion: (region: Region, mode: SelectMode) => void
  readonly onClick: (at: Point, mode: SelectMode | null) => void
}

const modeOfKeys = (event: MouseEvent): SelectMode | null =>
  event.altKey ? 'remove' : event.shiftKey || event.ctrlKey || event.metaKey ? 'add' : null

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const distanceOf = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Which axes a place stands for: over the numbers of an axis only that one, over the points those that are free. */
const axesAt = (at: Point, { area, free }: GestureOptions): Along => {
  if (at.x < 0 && at.y <= area.height) return free === 'x' ? 'x' : 'y'
  if (at.y > area.height && at.x >= 0) return 'x'
  return free
}

interface Drag {
  readonly from: Point
  readonly along: Along
  /** What is drawn; null while the plot is panned. */
  readonly kind: 'box' | 'lasso' | null
  readonly path: Point[]
  travelled: number
}

/** Follows pointers on a surface. Returns what undoes it. */
const listen = (surface: Element, read: () => GestureOptions): (() => void) => {
  const pointers = new Map<number, Point>()
  let drag: Drag | null = null

  /** In CSS pixels of the area of the points. */
  const placeOf = (event: MouseEvent): Point => {
    const [box, { area }] = [surface.getBoundingClientRect(), read()]
    return { x: event.clientX - box.left - area.left, y: event.clientY - box.top - area.top }
  }
  const keepInside = ({ x, y }: Point): Point => {
    const { area } = read()
    return { x: Math.max(0, Math.min(area.width, x)), y: Math.max(0, Math.min(area.height, y)) }
  }
  const regionOf = ({ kind, path, from }: Drag): Region | null => {
    if (kind === null) return null
    return kind === 'box' ? { kind, from, to: path.at(-1) ?? from } : { kind, path: [...path] }
  }
  const stopDrawing = (): void => {
    if (drag !== null && drag.kind !== null) read().onDraw(null)
    drag = null
  }

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    surface.setPointerCapture(event.pointerId)
    const at = placeOf(event)
    pointers.set(event.pointerId, at)
    if (pointers.size > 1) {
      stopDrawing()
      return
    }
    const options = read()
    const { area, mode } = options
    const inside = at.x >= 0 && at.x <= area.width && at.y >= 0 && at.y <= area.height
    const kind = !inside ? null : mode !== 'pan' ? mode : event.shiftKey ? 'box' : null
    const from = kind === null ? at : keepInside(at)
    drag = { from, along: axesAt(at, options), kind, path: [from], travelled: 0 }
  }

  const pinch = (before: Point, at: Point, other: Point): void => {
    const { control, mapOf, free } = read()
    const factor = Math.max(8, distanceOf(before, other)) / Math.max(8, distanceOf(at, other))
    const [was, is] = [middleOf(before, other), middleOf(at, other)]
    control.change((view, whole) => {
      const moved = panView(view, mapOf(view), { x: is.x - was.x, y: is.y - was.y }, free)
      return zoomView(moved, whole, { at: fromPixel(mapOf(moved), is), factor, along: free })
    })
  }

  const onMove = (event: PointerEvent): void => {
    const at = placeOf(event)
    const before = pointers.get(event.pointerId)
    const options = read()
    if (before === undefined) {
      options.onPoint(at)
      return
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    pointers.set(event.pointerId, at)
    if (other !== undefined) {
      pinch(before, at, other)
      return
    }
    if (drag === null) return
    const wasClick = drag.travelled <= CLICK
    drag.travelled = Math.max(drag.travelled, distanceOf(drag.from, at))
    if (drag.travelled <= CLICK) return
    if (drag.kind === null) {
      const from = wasClick ? drag.from : before
      const { along } = drag
      options.onPoint(null)
      options.control.change((view) =>
        panView(view, options.mapOf(view), { x: at.x - from.x, y: at.y - from.y }, along),
      )
      return
    }
    const corner = keepInside(at)
    if (drag.kind === 'box' || distanceOf(drag.path.at(-1) ?? corner, corner) >= LASSO_STEP)
      drag.path.push(corner)
    options.onDraw(regionOf(drag))
  }

  const onUp = (event: PointerEvent): void => {
    const known = pointers.delete(event.pointerId)
    const ended = drag
    if (!known || ended === null || pointers.size > 0) return
    drag = null
    const options = read()
    const region = regionOf(ended)
    if (region !== null) options.onDraw(null)
    if (event.type === 'pointercancel') return
    const keys = modeOfKeys(event)
    if (ended.travelled <= CLICK) options.onClick(placeOf(event), keys)
    // Shift alone, which only asked for the box, does not also ask for adding to what is selected.
    else if (region !== null)
      options.onRegion(
        region,
        options.mode === 'pan' && event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
          ? options.selectMode
          : (keys ?? options.selectMode),
      )
  }

  const onLeave = (): void => {
    if (pointers.size === 0) read().onPoint(null)
  }
  const onDoubleClick = (): void => read().control.reset()
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const options = read()
    const travel = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_HEIGHT : event.deltaY
    const factor = Math.exp(travel * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM))
    const place = placeOf(event)
    const along = axesAt(place, options)
    options.control.change((view, whole) =>
      zoomView(view, whole, { at: fromPixel(options.mapOf(view), place), factor, along }),
    )
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || drag === null || drag.kind === null) return
    event.stopImmediatePropagation()
    stopDrawing()
  }

  const listeners = new AbortController()
  const { signal } = listeners
  const add = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void => surface.addEventListener(name, listener as (event: Event) => void, { signal, passive: false })
  add('pointerdown', onDown)
  add('pointermove', onMove)
  add('pointerup', onUp)
  add('pointercancel', onUp)
  add('pointerleave', onLeave)
  add('dblclick', onDoubleClick)
  add('wheel', onWheel)
  window.addEventListener('keydown', onKey, { signal, capture: true })
  return () => listeners.abort()
}

/** Drag pans or draws, wheel and pinch zoom where they are, a double click shows all; over an axis only that one moves. */
export const usePlotGestures = (surface: RefObject<Element | null>, options: GestureOptions): void => {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    const element = surface.current
    return element === null ? undefined : listen(element, () => latest.current)
  }, [surface])
}
