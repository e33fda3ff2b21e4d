import { useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Point } from '../../core/image'
import { applyTransform, invertTransform } from '../../core/transform'
import type { BadPixelMark } from '../../pipeline/bad-pixel-marks'
import { panBy, toScreen, type View } from '../../render/view'
import { useApp } from '../kit/use-app'
import type { DragPixels } from '../viewer/frame-viewer-props'
import type { ChangeView } from '../viewer/use-view'
import styles from './bad-pixel-editor.module.css'
import type { ShownBadPixels } from './use-bad-pixels'

interface PixelMarking {
  readonly onPixels: DragPixels
  readonly onPixelKey: (event: KeyboardEvent, changeView: ChangeView) => boolean
  readonly above: (view: View) => ReactNode
  /** Pixel of the map that the keys stand on; null before they were used. */
  readonly cursor: Point | null
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  // Rows are counted from the bottom of the screen.
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}
const FAR = 10
/** The cursor keeps so far from the edge of the screen, CSS pixels. */
const MARGIN = 40

/** Marks pixels of a map by hand: with a click, a drag, or keys from pixel to pixel. */
export const usePixelMarking = (badPixels: ShownBadPixels | null): PixelMarking | null => {
  const { undo, as } = useApp((state) => state.badPixels)
  const [cursor, setCursor] = useState<Point | null>(null)
  const [drag, setDrag] = useState<BadPixelMark | null>(null)
  if (badPixels === null) return null
  const { drawn, toMap, mark, findMark } = badPixels
  const toFrame = (point: Point): Point => applyTransform(invertTransform(toMap), point)

  const step = (event: KeyboardEvent, by: Point, changeView: ChangeView): void => {
    const far = event.shiftKey ? FAR : 1
    const before = cursor ?? { x: Math.floor(drawn.width / 2), y: Math.floor(drawn.height / 2) }
    const keep = (value: number, length: number) => Math.min(length - 1, Math.max(0, value))
    const next =
      cursor === null
        ? before
        : { x: keep(before.x + far * by.x, drawn.width), y: keep(before.y + far * by.y, drawn.height) }
    setCursor(next)
    changeView((view, image) => {
      const at = toScreen(view, toFrame(next))
      const { width, height } = view.screen
      const isSeen = at.x > MARGIN && at.y > MARGIN && at.x < width - MARGIN && at.y < height - MARGIN
      return isSeen ? view : panBy(view, image, { x: width / 2 - at.x, y: height / 2 - at.y })
    })
  }
  const onPixelKey = (event: KeyboardEvent, changeView: ChangeView): boolean => {
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      undo()
      return true
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const arrow = ARROWS[event.key]
    if (arrow !== undefined) {
      step(event, arrow, changeView)
      return true
    }
    const wanted = event.key === 'b' ? 'bad' : event.key === 'g' ? 'good' : event.key === 'Enter' ? as : null
    if (wanted === null || cursor === null) return false
    const at = toFrame(cursor)
    mark(at, at, wanted)
    return true
  }

  const outline = (view: View, x: readonly [number, number], y: readonly [number, number]): string => {
    const [left, right] = [Math.min(...x) - 0.5, Math.max(...x) + 0.5]
    const [top, bottom] = [Math.min(...y) - 0.5, Math.max(...y) + 0.5]
    const corners = [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ].map((corner) => toScreen(view, toFrame(corner)))
    return `M${corners.map((corner) => `${corner.x.toFixed(1)} ${corner.y.toFixed(1)}`).join('L')}Z`
  }
  const line = (view: View, { x, y }: BadPixelMark): string => {
    const [from, to] = [
      toScreen(view, toFrame({ x: x[0], y: y[0] })),
      toScreen(view, toFrame({ x: x[1], y: y[1] })),
    ]
    return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`
  }
  return {
    cursor,
    onPixelKey,
    onPixels: (from, to, phase) => {
      if (phase === 'move') {
        setDrag(findMark(from, to))
        return
      }
      setDrag(null)
      mark(from, to)
    },
    above: (view) => (
      <g className={styles['above']} aria-hidden="true">
        {drag === null ? null : (
          <path d={drag.shape === 'line' ? line(view, drag) : outline(view, drag.x, drag.y)} />
        )}
        {cursor === null ? null : (
          <path data-cursor="" d={outline(view, [cursor.x, cursor.x], [cursor.y, cursor.y])} />
        )}
      </g>
    ),
  }
}
