import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toAsterismError } from '../../core/errors'
import type { Image } from '../../core/image'
import type { LightCurveRecord } from '../../core/light-curve'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { applyTransform, IDENTITY_TRANSFORM } from '../../core/transform'
import { withDefaults } from '../../pipeline/calibration/choices'
import { planTreatment } from '../../pipeline/plan-calibration'
import type { DisplaySettings } from '../../render/image-renderer'
import type { CurrentNight } from '../../state/current-night'
import { saveFile } from '../kit/save-file'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { toggleBlinking } from '../../state/toggle-blinking'
import { ALL_MASK_BITS } from '../../render/mask-colours'
import { MaskLegend } from '../viewer/mask-legend'
import { useFrameImages } from '../viewer/use-frame-images'
import { FrameViewer } from '../viewer/frame-viewer'
import type { ExportPng, ViewerTool } from '../viewer/frame-viewer-props'
import type { FirstPicture } from '../shell/use-first-picture'
import type { ShownFrame } from './choose-shown'
import { BadPixelEditor } from './bad-pixel-editor'
import { DARKNESS, findCuts } from './find-cuts'
import { isCounted, listQuantities } from './list-quantities'
import { PlaneSlider } from './plane-slider'
import { StageBar } from './stage-bar'
import { useBadPixels } from './use-bad-pixels'
import { usePixelMarking } from './use-pixel-marking'
import { useColours } from './use-colours'
import { useMask } from './use-mask'
import { useSkyReadout } from './use-sky-readout'
import { useFrameSky } from '../sky/use-frame-sky'
import { useSkyLayers } from '../sky/use-sky-layers'
import { useSkyScene } from '../sky/use-sky-scene'
import { useShownFrame } from './use-shown-frame'
import { useStackCuts } from './use-stack-cuts'
import { useStarEditing } from './use-star-editing'
import styles from './image-stage.module.css'

interface ImageStageProps {
  readonly current: CurrentNight
  readonly exposure: ExposureRecord | null
  /** What there is to see of a file that comes in. */
  readonly first: FirstPicture | null
  /** The curve as it stands or is being dragged. */
  readonly curve: LightCurveRecord | null
  /** Shown under the picture when a curve is there. */
  readonly strip: ReactNode
  readonly onStep: (by: number) => void
  readonly onLook: (image: Image | null, shown: ShownFrame | null, display: DisplaySettings) => void
}

const BLINK_INTERVAL = 180
/** Pictures that were looked at stay in memory up to this many bytes, so that blinking is instant. */
const KEPT_BYTES = 384 * 1024 * 1024

/** The picture is the page: the frame that is looked at, its stars, and the series stepping under the keys. */
export const ImageStage = (props: ImageStageProps) => {
  const { current, exposure, first, curve, strip, onStep, onLook } = props
  const { t } = useTranslation('shell')
  const store = useAppStore()
  const studio = useStudio()
  const selection = useApp((state) => state.selection)
  const display = useApp((state) => state.display)
  const colour = useApp((state) => state.colour)
  const choices = useApp((state) => state.calibration.choices)
  const stars = useApp((state) => state.stars)
  const moving = useApp((state) => state.liveCurve.busy)
  const quality = useApp((state) =>
    exposure === null ? undefined : state.library.qualities.get(exposure.id),
  )
  const [tool, setTool] = useState<ViewerTool>('pan')
  const exporter = useRef<ExportPng | null>(null)

  const { shown, neighbours, plane, planes, master, stack } = useShownFrame(current, exposure)
  const planeName = planes > 1 && plane > 0 ? `[plane ${plane + 1}]` : ''
  const stored = master ?? stack
  const name = stored?.name ?? exposure?.name ?? first?.name ?? ''
  const isMap = master?.kind === 'master-bad-pixels'
  // A ratio of two masters has no errors of its own, and a map of bad pixels is nothing but flags.
  const isRatio = selection.master?.includes('/') === true || isMap
  const gain = exposure === null ? null : effectiveFacts(exposure).gain
  const missing = isRatio
    ? 'ratio'
    : shown?.stage === 'raw'
      ? 'raw'
      : shown?.exposure != null && !(gain !== null && gain > 0)
        ? 'gain'
        : null
  const quantities = useMemo(() => listQuantities(selection.single ? null : stack), [stack, selection.single])
  const quantity = missing === null && quantities.includes(display.quantity) ? display.quantity : 'data'
  const counted = isCounted(quantity)
  const loadImage = useCallback(
    async (id: string, signal: AbortSignal): Promise<Image> => {
      const { width, height, data } = await studio.pixels(id, quantity, { signal })
      return { width, height, data: data as Float32Array }
    },
    [studio, quantity],
  )
  const frames = useFrameImages(loadImage, { maximumBytes: KEPT_BYTES })
  const { show, image } = frames
  const shownId = shown?.id ?? null
  useEffect(() => show(shownId, neighbours), [show, shownId, neighbours])
  const made = exposure === null || shown?.stage === 'raw' ? undefined : current.calibrated.get(exposure.id)
  const facts = exposure === null ? null : effectiveFacts(exposure)
  // A frame of one colour has no others, and neither has a master.
  const hasColours =
    shown?.exposure != null && facts?.bayerPattern != null && made?.calibration.channel == null
  const inColour = colour.shown && hasColours && quantity === 'data'
  const foreseenTreatment = useMemo(
    () => (exposure === null ? {} : planTreatment(exposure, withDefaults(choices))),
    [exposure, choices],
  )
  const { maps, badPixels } = useBadPixels({
    shown,
    exposure,
    calibration: current.calibrated.get(exposure?.id ?? '')?.calibration ?? foreseenTreatment,
  })
  const marking = usePixelMarking(badPixels)
  const canMark = marking !== null
  useEffect(() => {
    if (!canMark) setTool((before) => (before === 'pixels' ? 'pan' : before))
  }, [canMark])
  const { colours, state: colourState } = useColours({ id: inColour ? shownId : null, neighbours, image })
  const looked = colours?.green ?? image
  const maskPicture = useMask(display.mask && missing !== 'ratio' ? shownId : null)
  const { hiddenFlags } = display
  const mask = useMemo(
    () =>
      maskPicture === null
        ? null
        : { picture: maskPicture, shown: ALL_MASK_BITS.filter((bit) => !hiddenFlags.includes(bit)) },
    [maskPicture, hiddenFlags],
  )
  // Until a frame's own pixels are there, the picture of its file is.
  const preview = image === null ? (first?.preview ?? null) : null
  const foundCuts = useMemo(() => {
    const pixels = looked?.data ?? preview?.sample
    if (pixels === undefined) return { low: 0, high: 1 }
    // Between what counts there is no sky to see: from none to all.
    const wanted = counted && display.cuts !== 'manual' ? ({ ...display, cuts: 'range' } as const) : display
    return findCuts(pixels, wanted)
  }, [looked, preview, display, counted])
  const cuts = useStackCuts(stack, frames.state === 'ready' ? foundCuts : null, selection.single) ?? foundCuts
  const settings: DisplaySettings = useMemo(
    () =>
      isMap
        ? DARKNESS
        : { stretch: display.stretch, colormap: display.colormap, invert: display.invert, ...cuts },
    [display, cuts, isMap],
  )
  // Kinds of pixels have a legend, and no histogram.
  const toStretch = isMap ? null : looked
  useEffect(() => onLook(toStretch, shown, settings), [toStretch, shown, settings, onLook])
  useEffect(() => {
    if (stars.picking !== null) setTool('apertures')
  }, [stars.picking])
  useEffect(() => {
    if (!selection.blinking) return
    // The next frame is asked for when this one stands, so a slow disk slows the blinking and skips nothing.
    if (frames.state === 'loading' || colourState === 'loading') return
    const timer = setTimeout(() => onStep(1), BLINK_INTERVAL)
    return () => clearTimeout(timer)
  }, [selection.blinking, frames.state, colourState, exposure, onStep])

  const placed = useFrameSky(shownId, image)
  const sky = placed?.sky ?? null
  const skyAt = useSkyReadout(sky)
  const layers = useSkyLayers()
  const scene = useSkyScene(placed)
  const editing = useStarEditing({
    transform: shown?.transform ?? IDENTITY_TRANSFORM,
    fromCalibrated: shown?.fromCalibrated ?? IDENTITY_TRANSFORM,
    curve,
    frame: exposure?.id ?? null,
    moving,
    fwhm: quality?.fwhm ?? null,
    target: stars.target ?? curve?.target ?? null,
    comparisons: stars.comparisons,
    radius: stars.radius,
    annulus: stars.annulus,
    name: facts?.object ?? t('target'),
  })
  const onExportReady = useCallback((ready: ExportPng | null) => {
    exporter.current = ready
  }, [])
  const exportPng = async () => {
    const png = await exporter.current?.()
    if (png !== undefined) saveFile(`${name === '' ? 'picture' : name}${planeName}.png`, png)
  }
  const unitOfFrame = shown?.stage !== 'raw' && made?.unit === 'electron' ? 'e⁻' : 'ADU'
  const unit =
    quantity === 'snr' || isRatio
      ? ''
      : counted
        ? t('viewer:quantity.countUnit')
        : stored === null
          ? unitOfFrame
          : stored.unit === 'electron'
            ? 'e⁻'
            : stored.unit.toUpperCase()
  const fromCalibrated = shown?.fromCalibrated
  const spots = useMemo(
    () =>
      exposure === null || fromCalibrated === undefined
        ? []
        : selection.spots
            .filter((spot) => spot.exposure === exposure.id)
            .map((spot) => ({
              ...spot,
              ...applyTransform(fromCalibrated, spot),
              radius: spot.radius === null ? null : fromCalibrated.a * spot.radius,
            })),
    [selection.spots, exposure, fromCalibrated],
  )
  const isLight = shown?.exposure != null && facts?.kind === 'light'
  // The last picture stays while the next one loads, so that stepping does not flicker.
  const state =
    frames.state !== 'failed' && (image !== null || preview !== null)
      ? 'ready'
      : frames.state === 'empty'
        ? 'loading'
        : frames.state
  return (
    <div className={styles['stage']}>
      <div className={styles['picture']}>
        <FrameViewer
          image={image ?? preview?.image ?? null}
          provisional={preview !== null}
          state={state}
          message={
            frames.state === 'failed' ? toAsterismError(frames.error).message : t('stage.loading', { name })
          }
          onRetry={frames.retry}
          display={settings}
          onDisplayChange={(next) =>
            display.change(
              next.low === settings.low && next.high === settings.high
                ? { stretch: next.stretch, colormap: next.colormap, invert: next.invert }
                : { ...next, cuts: 'manual' },
            )
          }
          colours={colours?.picture ?? null}
          {...(hasColours ? { onColour: () => colour.change({ shown: !colour.shown }) } : {})}
          mask={mask}
          categorical={isMap}
          values={badPixels?.layer ?? null}
          {...(marking === null
            ? {}
            : { onPixels: marking.onPixels, onPixelKey: marking.onPixelKey, above: marking.above })}
          onMask={() => display.showMask(!display.mask)}
          onQuantity={() =>
            display.showQuantity(quantities[(quantities.indexOf(quantity) + 1) % quantities.length] ?? 'data')
          }
          overlays={isLight ? editing.overlays : []}
          spots={spots}
          tool={tool}
          onToolChange={setTool}
          onPick={editing.onPick}
          onOverlayMove={editing.onMove}
          onOverlayRemove={editing.onRemove}
          onApertureChange={editing.onShape}
          onStep={onStep}
          onBlink={() => toggleBlinking(store)}
          blinking={selection.blinking}
          {...(shown?.register === true ? { frameTransform: shown.transform } : {})}
          {...(skyAt === null ? {} : { skyAt })}
          scene={scene}
          {...(sky === null
            ? {}
            : { onSky: (what) => (what === 'grid' ? layers.toggle('grid') : layers.toggleAll()) })}
          unit={unit}
          label={name}
          onExportReady={onExportReady}
        />
        {planes > 1 ? <PlaneSlider plane={plane} planes={planes} onPlane={selection.showPlane} /> : null}
        {shown === null ? null : (
          <div className={styles['corner']}>
            <StageBar
              shown={shown}
              name={`${name}${planeName}`}
              stack={stack}
              quantities={quantities}
              missing={isMap ? 'map' : missing}
              maps={maps}
              placed={placed}
              colours={hasColours ? { picture: colours, loading: colourState === 'loading' } : null}
              onPng={() => void exportPng()}
            />
            {badPixels === null || marking === null ? null : (
              <BadPixelEditor
                key={badPixels.map.id}
                badPixels={badPixels}
                marking={tool === 'pixels'}
                onMarking={() => setTool('pixels')}
                cursor={marking.cursor}
              />
            )}
            {maskPicture === null || badPixels !== null ? null : (
              <MaskLegend mask={maskPicture} hidden={hiddenFlags} onToggle={display.toggleFlag} />
            )}
          </div>
        )}
      </div>
      {strip}
    </div>
  )
}
