import type { Point } from '../core/image'
import { applyTransform, composeTransforms, IDENTITY_TRANSFORM, invertTransform } from '../core/transform'
import type { Transform } from '../core/transform'

/** Width and height, in CSS pixels for a screen and in image pixels for an image. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Where the first row of an image stands: at the bottom as in DS9 and in every paper, or at the top as in most cameras. */
export type RowZeroAt = 'bottom' | 'top'

/**
 * What part of an image a screen shows. The view lives in the pixels of the reference frame: one view, blinked through a
 * series with each frame's own `frameTransform` (reference to frame), keeps the stars in place without resampling.
 */
export interface View {
  /** The reference position at the middle of the screen, 0-based pixels. */
  readonly center: Point
  /** CSS pixels per image pixel. */
  readonly scale: number
  readonly screen: Size
  readonly rowZeroAt: RowZeroAt
  readonly frameTransform: Transform
}

export const LARGEST_SCALE = 64

export const createView = (screen: Size, rowZeroAt: RowZeroAt = 'bottom'): View => ({
  center: { x: 0, y: 0 },
  scale: 1,
  screen,
  rowZeroAt,
  frameTransform: IDENTITY_TRANSFORM,
})

/** The affine map from reference pixels to the screen. */
const referenceToScreen = (view: View): Transform => {
  const { center, scale, screen } = view
  const down = view.rowZeroAt === 'top' ? scale : -scale
  return {
    a: scale,
    b: 0,
    c: screen.width / 2 - scale * center.x,
    d: 0,
    e: down,
    f: screen.height / 2 - down * center.y,
  }
}

/** The affine map from pixels of the shown frame to the screen (CSS pixels from the top left). */
export const frameToScreen = (view: View): Transform =>
  composeTransforms(referenceToScreen(view), invertTransform(view.frameTransform))

/** The affine map from the screen to pixels of the shown frame. */
export const screenToFrame = (view: View): Transform =>
  composeTransforms(view.frameTransform, invertTransform(referenceToScreen(view)))

/** Where a position on the shown frame is on the screen. */
export const toScreen = (view: View, point: Point): Point => applyTransform(frameToScreen(view), point)

/** The position on the shown frame under a point of the screen. */
export const toImage = (view: View, point: Point): Point => applyTransform(screenToFrame(view), point)

const toReference = (view: View, point: Point): Point =>
  applyTransform(invertTransform(referenceToScreen(view)), point)

/** CSS pixels per pixel of the shown frame, along a diagonal mean: the square root of the area ratio. */
export const pixelsOnScreen = (view: View): number => {
  const { a, b, d, e } = frameToScreen(view)
  return Math.sqrt(Math.abs(a * e - b * d))
}

/** The scale at which the whole image is just seen. */
const fitScale = (image: Size, screen: Size): number =>
  Math.min(screen.width / image.width, screen.height / image.height)

/** The smallest scale a person may zoom to: half of fit, and never more than 1:1. */
const smallestScale = (image: Size, screen: Size): number => Math.min(1, fitScale(image, screen) / 2)

const limitScale = (scale: number, image: Size, screen: Size): number =>
  Math.min(LARGEST_SCALE, Math.max(smallestScale(image, screen), scale))

const middleOf = (image: Size): Point => ({ x: (image.width - 1) / 2, y: (image.height - 1) / 2 })

/** The whole image in the middle of the screen. */
export const fitView = (view: View, image: Size): View => ({
  ...view,
  center: middleOf(image),
  scale: limitScale(fitScale(image, view.screen), image, view.screen),
})

/**
 * Keeps the image on the screen: an axis that fits is centred loosely (the image may move but stays whole), one that
 * does not fit may show at most half a screen of nothing beside its edge.
 */
export const clampView = (view: View, image: Size): View => {
  const scale = limitScale(view.scale, image, view.screen)
  const keep = (value: number, length: number, screen: number): number => {
    const shown = screen / scale
    // The centre may be anywhere on the image when it is larger than the screen, else anywhere that keeps it whole.
    const low = length > shown ? -0.5 : length - 0.5 - shown / 2
    const high = length > shown ? length - 0.5 : shown / 2 - 0.5
    return Math.min(high, Math.max(low, value))
  }
  return {
    ...view,
    scale,
    center: {
      x: keep(view.center.x, image.width, view.screen.width),
      y: keep(view.center.y, image.height, view.screen.height),
    },
  }
}

/** Another scale with the same picture under `at` (CSS pixels). Without `at`, about the middle. */
export const zoomAt = (view: View, image: Size, factor: number, at?: Point): View => {
  const scale = limitScale(view.scale * factor, image, view.screen)
  const anchor = at ?? { x: view.screen.width / 2, y: view.screen.height / 2 }
  const held = toReference(view, anchor)
  const zoomed = { ...view, scale }
  const now = toReference(zoomed, anchor)
  const center = { x: view.center.x + held.x - now.x, y: view.center.y + held.y - now.y }
  return clampView({ ...zoomed, center }, image)
}

/** One image pixel per CSS pixel, holding what is under `at`. */
export const oneToOne = (view: View, image: Size, at?: Point): View => zoomAt(view, image, 1 / view.scale, at)

/** Moves the picture by CSS pixels, as a hand on paper does. */
export const panBy = (view: View, image: Size, by: Point): View => {
  const down = view.rowZeroAt === 'top' ? 1 : -1
  const center = {
    x: view.center.x - by.x / view.scale,
    y: view.center.y - (down * by.y) / view.scale,
  }
  return clampView({ ...view, center }, image)
}

/** The same centre and scale on a screen of another size. */
export const resizeView = (view: View, image: Size, screen: Size): View =>
  clampView({ ...view, screen }, image)

/** Whether the view is what `fitView` gives, to a thousandth: double click then goes to 1:1. */
export const isFitted = (view: View, image: Size): boolean => {
  const fitted = fitView(view, image)
  const middle = Math.hypot(view.center.x - fitted.center.x, view.center.y - fitted.center.y)
  return Math.abs(view.scale / fitted.scale - 1) < 1e-3 && middle * view.scale < 1
}
