import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../core/image'
import { fitView, oneToOne, pixelsOnScreen, toImage, zoomAt } from '../../render/view'
import { ApertureOverlay } from './aperture-overlay'
import { exportViewPng } from './export-view-png'
import type { FrameViewerProps } from './frame-viewer-props'
import styles from './frame-viewer.module.css'
import type { ApertureShape } from './overlay'
import { Readout } from './readout'
import { ToolPills, ZOOM_STEP } from './tool-pills'
import { useGestures } from './use-gestures'
import { useImageRenderer } from './use-image-renderer'
import { useNightTheme } from './use-night-theme'
import { SkyLayer } from './sky-layer'
import { SpotMarks, type SpotMark } from './spot-marks'
import { layFlags, useMaskLayer } from './use-mask-layer'
import { useView } from './use-view'
import type { ChangeView } from './use-view'
import { ViewerStateCard } from './viewer-state'

const NO_SPOTS: readonly SpotMark[] = []
const NO_OVERLAYS: readonly [] = []

/** The frame: picture, apertures, readout. It holds only where one looks; everything else comes in and goes out by props. */
export const FrameViewer = (props: FrameViewerProps) => {
  const { image, state, display, tool, skyAt, frameTransform, onExportReady, onPick } = props
  const { overlays = NO_OVERLAYS, rowZeroAt = 'bottom', blinking = false, unit = 'ADU' } = props
  const { t } = useTranslation('viewer')
  const stage = useRef<HTMLDivElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const night = useNightTheme()
  const { view, changeView } = useView({ stage, image, rowZeroAt, frameTransform })
  const shown = useMemo(
    () => (night ? { ...display, colormap: 'night' as const } : display),
    [display, night],
  )
  const renderer = useImageRenderer(surface, { image: props.colours ?? image, display: shown, view })
  const { mask = null, values = null } = props
  const layer = useMemo(() => values ?? (mask === null ? null : layFlags(mask)), [values, mask])
  const masker = useMaskLayer(surface, layer, view, night)
  const [pointer, setPointer] = useState<Point | null>(null)

  useGestures({
    surface,
    changeView,
    doubleClickZooms: tool === 'pan',
    onClick: (at) => {
      if (tool === 'apertures' && view !== null) onPick?.(toImage(view, at))
    },
    onDrag:
      tool === 'pixels' && view !== null && props.onPixels !== undefined
        ? (from, to, phase) => props.onPixels?.(toImage(view, from), toImage(view, to), phase)
        : null,
  })

  const pictured = image !== null && view !== null && renderer !== null
  const { scene = null } = props
  const latest = useRef({ view, overlays, night, masker, scene })
  useEffect(() => {
    latest.current = { view, overlays, night, masker, scene }
  })
  useEffect(() => {
    if (!pictured || onExportReady === undefined) return undefined
    onExportReady(async () => {
      const now = latest.current
      if (now.view === null) throw new Error('there is no picture')
      now.masker?.drawWhole()
      return await exportViewPng({
        renderer,
        view: now.view,
        overlays: now.overlays,
        night: now.night,
        scene: now.scene,
        layer: now.masker?.canvas ?? null,
      })
    })
    return () => onExportReady(null)
  }, [pictured, renderer, onExportReady])

  const changeShape = (shape: ApertureShape): void => {
    props.onApertureChange?.(shape)
    props.onOverlaysChange?.(overlays.map((overlay) => ({ ...overlay, ...shape })))
  }
  const moveOverlay = (id: string, point: Point, phase: 'drag' | 'end'): void => {
    props.onOverlayMove?.(id, point, phase)
    if (phase === 'drag') return
    props.onOverlaysChange?.(
      overlays.map((overlay) => (overlay.id === id ? { ...overlay, ...point } : overlay)),
    )
  }
  const removeOverlay = (id: string): void => {
    props.onOverlayRemove?.(id)
    props.onOverlaysChange?.(overlays.filter((overlay) => overlay.id !== id))
  }

  const covered = state === 'failed' || state === 'empty' || !pictured
  return (
    <div className={styles['stage']} ref={stage} data-state={state} data-provisional={props.provisional}>
      <div
        ref={surface}
        className={styles['surface']}
        data-tool={tool}
        role="application"
        tabIndex={covered ? -1 : 0}
        aria-label={t('surface', { label: props.label ?? t('frame') })}
        onKeyDown={(event) => pressKey(event, props, changeView)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setPointer({ x: event.clientX - box.left, y: event.clientY - box.top })
        }}
        onPointerLeave={() => setPointer(null)}
      >
        {!covered && (
          <svg className={styles['overlays']}>
            <SpotMarks spots={props.spots ?? NO_SPOTS} view={view} />
            {overlays.map((overlay) => (
              <ApertureOverlay
                key={overlay.id}
                overlay={overlay}
                view={view}
                onMove={moveOverlay}
                onRemove={removeOverlay}
                onShape={changeShape}
              />
            ))}
            {props.above?.(view)}
          </svg>
        )}
      </div>
      {!covered && (
        <>
          {scene === null ? null : <SkyLayer scene={scene} view={view} pointer={pointer} night={night} />}
          <ToolPills
            tool={tool}
            withPixels={props.onPixels !== undefined}
            onToolChange={props.onToolChange}
            changeView={changeView}
          />
          {props.provisional === true ? null : (
            <Readout
              image={image}
              at={pointer === null ? null : toImage(view, pointer)}
              unit={unit}
              mask={values === null ? (mask?.picture ?? null) : null}
              nameAt={values?.nameAt}
              categorical={props.categorical ?? false}
              skyAt={skyAt}
              display={display}
              onDisplayChange={props.onDisplayChange}
              scale={pixelsOnScreen(view)}
              blinking={blinking}
            />
          )}
        </>
      )}
      <ViewerStateCard
        state={covered && state === 'ready' && image === null ? 'empty' : state}
        over={!covered}
        {...(props.message === undefined ? {} : { message: props.message })}
        {...(props.progress === undefined ? {} : { progress: props.progress })}
        {...(props.onRetry === undefined ? {} : { onRetry: props.onRetry })}
      />
    </div>
  )
}

const pressKey = (event: KeyboardEvent, props: FrameViewerProps, changeView: ChangeView): void => {
  if (props.tool === 'pixels' && props.onPixelKey?.(event, changeView) === true) {
    event.preventDefault()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { tool, onStep, onBlink } = props
  const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : -1
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'ArrowRight':
    case 'ArrowDown':
      if (tool !== 'pan' || onStep === undefined) return
      onStep(step)
      break
    case '+':
    case '=':
      changeView((view, image) => zoomAt(view, image, ZOOM_STEP))
      break
    case '-':
      changeView((view, image) => zoomAt(view, image, 1 / ZOOM_STEP))
      break
    case '0':
      changeView(fitView)
      break
    case '1':
      changeView((view, image) => oneToOne(view, image))
      break
    case ' ':
      if (onBlink === undefined) return
      onBlink()
      break
    case 'c':
      if (props.onColour === undefined) return
      props.onColour()
      break
    case 'g':
    case 'o':
      if (props.onSky === undefined) return
      props.onSky(event.key === 'g' ? 'grid' : 'all')
      break
    case 'm':
      if (props.onMask === undefined) return
      props.onMask()
      break
    case 'u':
      if (props.onQuantity === undefined) return
      props.onQuantity()
      break
    default:
      return
  }
  event.preventDefault()
}
