import type { Colormap } from './colormaps'
import type { Picture } from './colour-picture'
import type { Stretch } from './stretch'
import { pixelsOnScreen } from './view'
import type { View } from './view'

/** How pixel values become colours. */
export interface DisplaySettings {
  readonly stretch: Stretch
  /** Cuts, in the image's unit: at and below `low` the darkest colour, at and above `high` the brightest. */
  readonly low: number
  readonly high: number
  readonly colormap: Colormap
  /** Runs the colour map backwards. */
  readonly invert: boolean
}

export const isSameDisplay = (a: DisplaySettings, b: DisplaySettings): boolean =>
  a.stretch === b.stretch &&
  a.low === b.low &&
  a.high === b.high &&
  a.colormap === b.colormap &&
  a.invert === b.invert

/**
 * Draws one image on one canvas. Setters only note what changed; `draw` does the work. Callers call `draw` once per
 * animation frame at most.
 */
export interface ImageRenderer {
  readonly kind: 'canvas' | 'webgpu'
  setImage: (picture: Picture) => void
  setDisplay: (display: DisplaySettings) => void
  setView: (view: View) => void
  draw: () => void
  /** What the canvas shows, as a PNG in device pixels. */
  readPng: () => Promise<Blob>
  destroy: () => void
}

/** What is behind the image, as red, green, blue 0..255: nearly black, so that a dark sky has an edge. */
export const BACKDROP: readonly [number, number, number] = [5, 6, 10]
/** The colour of a pixel without a value (NaN): a muted blue grey that no map holds. */
export const BLANK_COLOUR: readonly [number, number, number] = [44, 50, 66]
/** The same two where only red light is allowed. */
export const NIGHT_BACKDROP: readonly [number, number, number] = [4, 0, 0]
export const NIGHT_BLANK_COLOUR: readonly [number, number, number] = [48, 0, 0]

/** From this many CSS pixels per image pixel on, pixels are drawn as sharp squares; below, they are smoothed. */
export const SHARP_FROM = 2

/** More device pixels than this per CSS pixel cost time and are not seen. */
export const LARGEST_RATIO = 2

/** Makes the canvas as large as the view's screen in device pixels; returns device pixels per CSS pixel. */
export const sizeCanvas = (canvas: HTMLCanvasElement, view: View): number => {
  const ratio = Math.min(LARGEST_RATIO, globalThis.devicePixelRatio)
  const width = Math.max(1, Math.round(view.screen.width * ratio))
  const height = Math.max(1, Math.round(view.screen.height * ratio))
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return ratio
}

/** The level whose pixels come nearest to one device pixel, 0 for anything larger. */
export const chooseLevel = (devicePixelsPerPixel: number, lastLevel: number): number =>
  Math.min(lastLevel, Math.max(0, Math.round(-Math.log2(devicePixelsPerPixel))))

/** CSS pixels per pixel of a picture of `level`, which stands for 2^level of the frame along each side. */
export const layerPixelsOnScreen = (view: View, level: number): number => pixelsOnScreen(view) * 2 ** level

/** Tells whoever times the page that a picture is on a canvas that had none. */
export const markPicture = (): void => {
  performance.mark('asterism:first-picture')
}
