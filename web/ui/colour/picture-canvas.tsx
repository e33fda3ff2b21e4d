import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompositeLook } from '../../core/composite'
import type { CompositePreview } from '../../pipeline/composite/preview-composite'
import { createCanvasComposite } from '../../render/composite-canvas'
import type { CompositeRenderer, CompositeView } from '../../render/composite-renderer'
import { createWebglComposite } from '../../render/composite-webgl'
import { levelOf } from '../../science/colour/level-of'
import styles from './colour-panel.module.css'

interface PictureCanvasProps {
  readonly preview: CompositePreview
  readonly look: CompositeLook
  readonly label: string
  /** Given the place that was clicked, as a part of the picture, while one is asked for. */
  readonly onPick: ((x: number, y: number) => void) | null
}

const LARGEST_SCALE = 16

const fitScale = (canvas: HTMLCanvasElement, { columns, rows }: CompositePreview): number =>
  Math.min(canvas.width / columns, canvas.height / rows)

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** The picture, drawn anew for each change in the next frame of the screen. Wheel and plus and minus zoom, dragging and arrows move, 0 shows all. */
export const PictureCanvas = ({ preview, look, label, onPick }: PictureCanvasProps) => {
  const { t } = useTranslation('colour-picture')
  const canvas = useRef<HTMLCanvasElement>(null)
  const renderer = useRef<CompositeRenderer | null>(null)
  const view = useRef<CompositeView & { fitted: boolean }>({ x: 0.5, y: 0.5, scale: 1, fitted: true })
  const latest = useRef({ preview, look })
  latest.current = { preview, look }
  const pending = useRef(0)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const [kind, setKind] = useState<'webgl' | 'canvas' | null>(null)

  const schedule = useCallback(() => {
    if (pending.current !== 0) return
    pending.current = requestAnimationFrame(() => {
      pending.current = 0
      const sheet = canvas.current
      if (sheet === null || renderer.current === null) return
      const began = performance.now()
      if (view.current.fitted)
        view.current = { x: 0.5, y: 0.5, scale: fitScale(sheet, latest.current.preview), fitted: true }
      renderer.current.draw(latest.current.look, view.current)
      performance.measure('asterism:picture-drawn', { start: began, end: performance.now() })
    })
  }, [])

  useEffect(() => {
    const sheet = canvas.current
    if (sheet === null) return
    renderer.current = createWebglComposite(sheet) ?? createCanvasComposite(sheet)
    setKind(renderer.current.kind)
    const observer = new ResizeObserver(() => {
      const ratio = Math.min(2, globalThis.devicePixelRatio)
      sheet.width = Math.max(1, Math.round(sheet.clientWidth * ratio))
      sheet.height = Math.max(1, Math.round(sheet.clientHeight * ratio))
      schedule()
    })
    observer.observe(sheet)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(pending.current)
      pending.current = 0
      renderer.current?.destroy()
      renderer.current = null
    }
  }, [schedule])

  useEffect(() => {
    const { columns, rows, planes, measures } = preview
    const levels = planes.map((_, index) => levelOf(measures, index))
    renderer.current?.setPlanes({ columns, rows, planes, levels })
    view.current = { ...view.current, fitted: true }
    schedule()
  }, [preview, schedule])
  useEffect(schedule, [look, schedule])

  const zoom = (factor: number, at?: { x: number; y: number }): void => {
    const sheet = canvas.current
    if (sheet === null) return
    const { scale, x, y } = view.current
    const smallest = fitScale(sheet, preview) / 2
    const next = Math.min(LARGEST_SCALE, Math.max(smallest, scale * factor))
    const size = [preview.columns, preview.rows] as const
    // What is under the hand stays there.
    const hold = at ?? { x: sheet.width / 2, y: sheet.height / 2 }
    const [dx, dy] = [hold.x - sheet.width / 2, sheet.height / 2 - hold.y]
    view.current = {
      x: clamp(x + (dx / size[0]) * (1 / scale - 1 / next)),
      y: clamp(y + (dy / size[1]) * (1 / scale - 1 / next)),
      scale: next,
      fitted: false,
    }
    schedule()
  }
  const fit = (): void => {
    view.current = { ...view.current, fitted: true }
    schedule()
  }
  const move = (dx: number, dy: number): void => {
    const { x, y, scale } = view.current
    view.current = {
      x: clamp(x - dx / (scale * preview.columns)),
      y: clamp(y + dy / (scale * preview.rows)),
      scale,
      fitted: false,
    }
    schedule()
  }
  const ratioOf = (sheet: HTMLCanvasElement): number => sheet.width / Math.max(1, sheet.clientWidth)

  useEffect(() => {
    const sheet = canvas.current
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect()
      const ratio = ratioOf(event.currentTarget as HTMLCanvasElement)
      zoom(Math.exp(-event.deltaY / 400), {
        x: (event.clientX - box.left) * ratio,
        y: (event.clientY - box.top) * ratio,
      })
    }
    // React's own listeners may not keep the page from scrolling.
    sheet?.addEventListener('wheel', wheel, { passive: false })
    return () => sheet?.removeEventListener('wheel', wheel)
  })

  const press = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, y: event.clientY, moved: false }
  }
  const pull = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (drag.current === null) return
    const [dx, dy] = [event.clientX - drag.current.x, event.clientY - drag.current.y]
    if (!drag.current.moved && Math.hypot(dx, dy) < 4) return
    const ratio = ratioOf(event.currentTarget)
    move(dx * ratio, dy * ratio)
    drag.current = { x: event.clientX, y: event.clientY, moved: true }
  }
  const release = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pressed = drag.current
    drag.current = null
    if (pressed === null || pressed.moved || onPick === null) return
    const box = event.currentTarget.getBoundingClientRect()
    const ratio = ratioOf(event.currentTarget)
    const { x, y, scale } = view.current
    onPick(
      x + ((event.clientX - box.left - box.width / 2) * ratio) / (scale * preview.columns),
      y - ((event.clientY - box.top - box.height / 2) * ratio) / (scale * preview.rows),
    )
  }
  const type = (event: KeyboardEvent): void => {
    const step = 60
    const act: Partial<Record<string, () => void>> = {
      '+': () => zoom(1.25),
      '=': () => zoom(1.25),
      '-': () => zoom(0.8),
      '0': fit,
      ArrowLeft: () => move(step, 0),
      ArrowRight: () => move(-step, 0),
      ArrowUp: () => move(0, step),
      ArrowDown: () => move(0, -step),
    }
    const wanted = act[event.key]
    if (wanted === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    wanted()
  }
  return (
    <div className={styles['canvasBox']}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={label}
        data-renderer={kind}
        data-picking={onPick !== null}
        onPointerDown={press}
        onPointerMove={pull}
        onPointerUp={release}
        onPointerCancel={() => (drag.current = null)}
        onDoubleClick={fit}
        onKeyDown={type}
      />
      <div className={styles['zoom']}>
        <button type="button" className="chip" onClick={() => zoom(1.25)} aria-label={t('zoomIn')}>
          +
        </button>
        <button type="button" className="chip" onClick={() => zoom(0.8)} aria-label={t('zoomOut')}>
          −
        </button>
        <button type="button" className="chip" onClick={fit}>
          {t('fit')}
        </button>
      </div>
    </div>
  )
}
