import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../core/image'
import { pixelsOnScreen, toImage, toScreen } from '../../render/view'
import type { View } from '../../render/view'
import styles from './aperture-overlay.module.css'
import { reshapeAperture } from './overlay'
import type { ApertureShape, Grip, Overlay } from './overlay'

export interface ApertureActions {
  readonly onMove: (id: string, point: Point, phase: 'drag' | 'end') => void
  readonly onRemove: (id: string) => void
  readonly onShape: (shape: ApertureShape) => void
}

interface ApertureOverlayProps extends ApertureActions {
  readonly overlay: Overlay
  readonly view: View
}

interface Hold {
  readonly grip: Grip
  /** From the pointer to the star's centre, CSS pixels: the star does not jump under the hand. */
  readonly offset: Point
  moved: boolean
}

/** Circles closer than this on the screen cannot be told apart by a hand: then only the body is gripped. */
const TELLABLE = 9
/** Half of the smallest target a hand hits, CSS pixels. */
const REACH = 16
const LABEL_GAP = 7
/** Width of a letter of the label, CSS pixels, generously. */
const LETTER = 9

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const placeIn = (event: PointerEvent<SVGElement>): Point => {
  const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
  return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
}

/** One star: circle and annulus to drag, label, keyboard. */
export const ApertureOverlay = ({ overlay, view, onMove, onRemove, onShape }: ApertureOverlayProps) => {
  const { t } = useTranslation('viewer')
  const hold = useRef<Hold | null>(null)
  const scale = pixelsOnScreen(view)
  const at = toScreen(view, overlay)
  const [inner, outer] = overlay.annulus
  const radii = { radius: overlay.radius * scale, inner: inner * scale, outer: outer * scale }
  const labelLeft = at.x + radii.outer + LABEL_GAP + LETTER * overlay.label.length > view.screen.width
  const shape: ApertureShape = { radius: overlay.radius, annulus: overlay.annulus }

  const take = (grip: Grip) => (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return
    // The picture beneath must not move with the star.
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const place = placeIn(event)
    hold.current = { grip, offset: { x: at.x - place.x, y: at.y - place.y }, moved: false }
  }
  const draggedTo = (event: PointerEvent<SVGElement>, held: Hold): Point => {
    const place = placeIn(event)
    return toImage(view, { x: place.x + held.offset.x, y: place.y + held.offset.y })
  }
  const drag = (event: PointerEvent<SVGElement>) => {
    const held = hold.current
    if (held === null) return
    event.stopPropagation()
    if (event.movementX === 0 && event.movementY === 0) return
    held.moved = true
    if (held.grip === 'body') {
      onMove(overlay.id, draggedTo(event, held), 'drag')
      return
    }
    const place = placeIn(event)
    const length = Math.hypot(place.x - at.x, place.y - at.y) / scale
    onShape(reshapeAperture(shape, held.grip, length))
  }
  const drop = (event: PointerEvent<SVGElement>) => {
    const held = hold.current
    hold.current = null
    if (held === null) return
    event.stopPropagation()
    if (held.moved && held.grip === 'body') onMove(overlay.id, draggedTo(event, held), 'end')
  }
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined) {
      const by = event.shiftKey ? 0.1 : 1
      const up = view.rowZeroAt === 'top' ? 1 : -1
      onMove(overlay.id, { x: overlay.x + by * step.x, y: overlay.y + by * up * step.y }, 'end')
    } else if (event.key === '+' || event.key === '=') {
      onShape(reshapeAperture(shape, 'radius', overlay.radius + 0.5))
    } else if (event.key === '-') {
      onShape(reshapeAperture(shape, 'radius', overlay.radius - 0.5))
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onRemove(overlay.id)
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const handlers = (grip: Grip) => ({
    onPointerDown: take(grip),
    onPointerMove: drag,
    onPointerUp: drop,
    onPointerCancel: drop,
    'data-grip': grip,
  })
  const centre = { cx: at.x, cy: at.y }
  const tellable = radii.inner - radii.radius >= TELLABLE && radii.outer - radii.inner >= TELLABLE
  return (
    <g
      className={styles['star']}
      data-role={overlay.role}
      data-overlay={overlay.id}
      role="button"
      tabIndex={0}
      aria-label={t('overlay', {
        label: overlay.label,
        role: t(`role.${overlay.role}`),
        x: overlay.x.toFixed(1),
        y: overlay.y.toFixed(1),
        radius: overlay.radius.toFixed(1),
      })}
      onKeyDown={press}
    >
      <circle className={styles['focus']} {...centre} r={radii.outer + 5} />
      <circle className={styles['halo']} {...centre} r={radii.radius} />
      <circle className={styles['ring']} {...centre} r={radii.radius} />
      <circle className={styles['dashed']} {...centre} r={radii.inner} />
      <circle className={styles['dashed']} {...centre} r={radii.outer} />
      <circle
        className={styles['body']}
        {...centre}
        r={Math.max(REACH, radii.radius)}
        {...handlers('body')}
      />
      {tellable && (
        <>
          <circle className={styles['grip']} {...centre} r={radii.radius} {...handlers('radius')} />
          <circle className={styles['grip']} {...centre} r={radii.inner} {...handlers('inner')} />
          <circle className={styles['grip']} {...centre} r={radii.outer} {...handlers('outer')} />
        </>
      )}
      <text
        className={styles['label']}
        x={labelLeft ? at.x - radii.outer - LABEL_GAP : at.x + radii.outer + LABEL_GAP}
        y={at.y}
        dy="0.35em"
        textAnchor={labelLeft ? 'end' : 'start'}
      >
        {overlay.label}
      </text>
    </g>
  )
}
