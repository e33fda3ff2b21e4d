import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Point } from '../../core/image'
import { fitView, isFitted, oneToOne, panBy, zoomAt } from '../../render/view'
import type { ChangeView } from './use-view'

/** A press that moves less than this many CSS pixels is a click. */
const CLICK_SLOP = 4
/** Milliseconds over which speed is measured, and in which a thrown picture slows down to 1/e. */
const SPEED_WINDOW = 80
const SLOWING = 325
/** CSS pixels per millisecond below which nothing is thrown. */
const SLOWEST = 0.06
/** Zoom per CSS pixel of wheel travel; a pinch on a touch pad comes as a wheel with Ctrl and small steps. */
const WHEEL_ZOOM = 0.0016
const PINCH_ZOOM = 0.01
const LINE_HEIGHT = 16

interface GestureOptions {
  readonly surface: RefObject<HTMLElement | null>
  readonly changeView: ChangeView
  /** CSS pixels from the top left of the surface. */
  readonly onClick: (at: Point) => void
  /** Takes drags with one pointer, and clicks, in place of the pan; null leaves them to it. */
  readonly onDrag?: ((from: Point, to: Point, phase: 'move' | 'end') => void) | null
  /** Whether a double click is a zoom; else each click is a click. */
  readonly doubleClickZooms: boolean
}

interface Sample extends Point {
  readonly time: number
}

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

const placeOf = (event: MouseEvent, surface: HTMLElement): Point => {
  const box = surface.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const distanceOf = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Follows pointers on a surface and turns them into pans, zooms and clicks. Returns what undoes it. */
const listen = (surface: HTMLElement, read: () => GestureOptions): (() => void) => {
  const pointers = new Map<number, Point>()
  let trail: Sample[] = []
  let travelled = 0
  let many = false
  let throwing = 0

  const stopThrow = (): void => {
    cancelAnimationFrame(throwing)
    throwing = 0
  }

  const throwPicture = (): void => {
    const last = trail.at(-1)
    const first = trail.find((sample) => last !== undefined && last.time - sample.time <= SPEED_WINDOW)
    if (last === undefined || first === undefined || last.time === first.time) return
    // A hand that rested before it let go throws nothing.
    if (performance.now() - last.time > SPEED_WINDOW / 2 || prefersStillness()) return
    const elapsed = last.time - first.time
    let speed = { x: (last.x - first.x) / elapsed, y: (last.y - first.y) / elapsed }
    let before = performance.now()
    const glide = (): void => {
      const now = performance.now()
      const passed = now - before
      before = now
      const by = { x: speed.x * passed, y: speed.y * passed }
      const decay = Math.exp(-passed / SLOWING)
      speed = { x: speed.x * decay, y: speed.y * decay }
      read().changeView((view, image) => panBy(view, image, by))
      throwing = Math.hypot(speed.x, speed.y) > SLOWEST / 4 ? requestAnimationFrame(glide) : 0
    }
    if (Math.hypot(speed.x, speed.y) > SLOWEST) throwing = requestAnimationFrame(glide)
  }

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    stopThrow()
    // The picture follows the hand beyond the edge of the surface.
    surface.setPointerCapture(event.pointerId)
    const at = placeOf(event, surface)
    pointers.set(event.pointerId, at)
    if (pointers.size === 1) {
      trail = [{ ...at, time: performance.now() }]
      travelled = 0
      many = false
    } else {
      many = true
    }
  }

  const onMove = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId)
    if (before === undefined) return
    const at = placeOf(event, surface)
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point)
    pointers.set(event.pointerId, at)
    const other = others[0]
    const { changeView } = read()
    if (other !== undefined) {
      const factor = distanceOf(at, other) / Math.max(1, distanceOf(before, other))
      const [from, to] = [middleOf(before, other), middleOf(at, other)]
      changeView((view, image) =>
        zoomAt(panBy(view, image, { x: to.x - from.x, y: to.y - from.y }), image, factor, to),
      )
      return
    }
    const onDrag = read().onDrag ?? null
    if (onDrag !== null && !many) {
      travelled = Math.max(travelled, distanceOf(trail[0] ?? at, at))
      onDrag(trail[0] ?? at, travelled <= CLICK_SLOP ? (trail[0] ?? at) : at, 'move')
      return
    }
    const wasClick = travelled <= CLICK_SLOP
    travelled = Math.max(travelled, distanceOf(trail[0] ?? at, at))
    if (travelled <= CLICK_SLOP) return
    const from = wasClick ? (trail[0] ?? before) : before
    trail = [...trail.slice(-20), { ...at, time: performance.now() }]
    changeView((view, image) => panBy(view, image, { x: at.x - from.x, y: at.y - from.y }))
  }

  const onUp = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0 || many) return
    if (event.type === 'pointercancel') return
    const onDrag = read().onDrag ?? null
    if (onDrag !== null) {
      const at = placeOf(event, surface)
      const from = trail[0] ?? at
      onDrag(from, travelled <= CLICK_SLOP ? from : at, 'end')
      return
    }
    if (travelled > CLICK_SLOP) throwPicture()
    else read().onClick(placeOf(event, surface))
  }

  const onDoubleClick = (event: MouseEvent): void => {
    if (!read().doubleClickZooms) return
    const at = placeOf(event, surface)
    read().changeView((view, image) =>
      isFitted(view, image) ? oneToOne(view, image, at) : fitView(view, image),
    )
  }

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    stopThrow()
    const travel = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_HEIGHT : event.deltaY
    const factor = Math.exp(-travel * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM))
    const at = placeOf(event, surface)
    read().changeView((view, image) => zoomAt(view, image, factor, at))
  }

  surface.addEventListener('pointerdown', onDown)
  surface.addEventListener('pointermove', onMove)
  surface.addEventListener('pointerup', onUp)
  surface.addEventListener('pointercancel', onUp)
  surface.addEventListener('dblclick', onDoubleClick)
  surface.addEventListener('wheel', onWheel, { passive: false })
  return () => {
    stopThrow()
    surface.removeEventListener('pointerdown', onDown)
    surface.removeEventListener('pointermove', onMove)
    surface.removeEventListener('pointerup', onUp)
    surface.removeEventListener('pointercancel', onUp)
    surface.removeEventListener('dblclick', onDoubleClick)
    surface.removeEventListener('wheel', onWheel)
  }
}

/** Drag pans and throws, wheel and pinch zoom to the cursor, double click goes to and fro between whole and 1:1. */
export const useGestures = (options: GestureOptions): void => {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const { surface } = options
  useEffect(() => {
    const element = surface.current
    return element === null ? undefined : listen(element, () => latest.current)
  }, [surface])
}
