import type { Image, Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import type { ColourPicture } from '../../render/colour-picture'
import type { DisplaySettings } from '../../render/image-renderer'
import type { SkyScene } from '../../render/sky/sky-scene'
import type { RowZeroAt, View } from '../../render/view'
import type { ApertureShape, Overlay } from './overlay'
import type { ChangeView } from './use-view'
import type { SpotMark } from './spot-marks'
import type { KeyboardEvent, ReactNode } from 'react'
import type { MaskLayer, ValueLayer } from './use-mask-layer'

export type ViewerState = 'empty' | 'loading' | 'failed' | 'ready'

export type ViewerTool = 'apertures' | 'pan' | 'pixels'

/** From where to where a hand drags, in pixels of the frame; `end` when it lets go. A click goes from a place to itself. */
export type DragPixels = (from: Point, to: Point, phase: 'move' | 'end') => void

/** Makes a PNG of what is seen, overlays included. */
export type ExportPng = () => Promise<Blob>

/** All positions are 0-based pixels of the frame that is shown; the caller maps them from and to the reference. */
export interface FrameViewerProps {
  /** The image stands for one of more pixels that is still to come: its values and places are not read off. */
  readonly provisional?: boolean
  readonly image: Image | null
  readonly state: ViewerState
  /** Empty: what would fill the viewer. Loading: what is being loaded. Failed: why. */
  readonly message?: string
  /** 0..1 while loading; left out when it is not known. */
  readonly progress?: number
  /** Offers another try in the failed state. */
  readonly onRetry?: () => void
  readonly display: DisplaySettings
  /** The same frame in colours: drawn in place of the image, whose values are read off all the same. */
  readonly colours?: ColourPicture | null
  /** Shows the colours, or no longer (key C). */
  readonly onColour?: () => void
  /** Flags of the pixels, laid over them. */
  readonly mask?: MaskLayer | null
  /** Shows the flags, or no longer (key M). */
  readonly onMask?: () => void
  /** The next of values, errors and signal over noise (key U). */
  readonly onQuantity?: () => void
  readonly onDisplayChange?: (display: DisplaySettings) => void
  readonly overlays?: readonly Overlay[]
  /** The whole list after a finished move, a removal or a new shape. */
  readonly onOverlaysChange?: (overlays: readonly Overlay[]) => void
  readonly onOverlayMove?: (id: string, point: Point, phase: 'drag' | 'end') => void
  readonly onOverlayRemove?: (id: string) => void
  readonly onApertureChange?: (shape: ApertureShape) => void
  /** What is known of the sky that the picture shows. */
  readonly scene?: SkyScene | null
  /** Shows the coordinate grid, or all that is known of the sky, or no longer (keys G and O). */
  readonly onSky?: (what: 'grid' | 'all') => void
  /** Places that rows chosen elsewhere speak of. */
  readonly spots?: readonly SpotMark[]
  /** The values of the image stand for kinds and are no amounts: neither they nor cuts are told. */
  readonly categorical?: boolean
  /** Values of pixels with colours of their own, in place of the flags. */
  readonly values?: ValueLayer | null
  /** Drags and clicks while the tool is 'pixels', which is offered when this is given. */
  readonly onPixels?: DragPixels
  /** Keys while the tool is 'pixels'; true for one that was taken. */
  readonly onPixelKey?: (event: KeyboardEvent, changeView: ChangeView) => boolean
  /** What stands on the picture above everything, drawn in place by the view. */
  readonly above?: (view: View) => ReactNode
  readonly tool: ViewerTool
  readonly onToolChange?: (tool: ViewerTool) => void
  /** A click on the picture while the tool is 'apertures'. */
  readonly onPick?: (point: Point) => void
  /** Another frame of the series: arrows, while the tool is 'pan'. */
  readonly onStep?: (by: 1 | -1) => void
  readonly onBlink?: () => void
  readonly blinking?: boolean
  /** Reference to frame: the picture is laid under the reference, so that a series blinks in register. */
  readonly frameTransform?: Transform
  /** The sky position as text. */
  readonly skyAt?: (point: Point) => string
  /** Unit of the pixel values; ADU when left out. */
  readonly unit?: string
  /** Name of the frame, for people who cannot see it. */
  readonly label?: string
  readonly rowZeroAt?: RowZeroAt
  /** Hands out the exporter, and null when there is nothing to export any more. */
  readonly onExportReady?: (exportPng: ExportPng | null) => void
}
