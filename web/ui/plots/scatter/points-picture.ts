import { finishPixels } from './blend-pixel'
import { drawErrorBars, type BarEnds } from './draw-error-bars'
import { createPicture, drawPoints, type PointsPicture } from './draw-points'
import type { PlotMap } from './plot-map'
import type { PointLook } from './point-looks'
import type { PlotTheme } from './plot-theme'

/** Everything about the points that does not change with the view. */
export interface PointsScene {
  /** Scaled values. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Of the error bars along each axis. */
  readonly ends: { readonly x: BarEnds | null; readonly y: BarEnds | null }
  readonly look: PointLook
  readonly theme: PlotTheme
  /** Whether the look of the points says something; else those selected are drawn in the accent. */
  readonly coloured: boolean
  readonly selected: Uint8Array | null
}

export interface PictureSize {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Pixels of the picture to a CSS pixel. */
  readonly ratio: number
}

/** Radius in CSS pixels: many points are drawn small. */
export const sizePoints = (count: number): number =>
  count > 50_000 ? 1.4 : count > 10_000 ? 1.8 : count > 2000 ? 2.4 : 3.2

const opacityOf = (count: number): number => (count > 50_000 ? 0.6 : count > 10_000 ? 0.75 : 0.92)

/** What is not selected while something is. */
const DIMMED = 0.16
const BAR_OPACITY = 0.4

export const hasSelection = (selected: Uint8Array | null): selected is Uint8Array =>
  selected !== null && selected.includes(1)

/** The look of the selected points on top of the others. */
export const lookOfSelected = ({ look, coloured, theme }: PointsScene): PointLook =>
  coloured ? look : { ...look, colours: look.colours.map((colour) => (colour === 0 ? 0 : theme.chosen)) }

const scaleMap = (map: PlotMap, ratio: number): PlotMap => ({
  scaleX: map.scaleX * ratio,
  shiftX: map.shiftX * ratio,
  scaleY: map.scaleY * ratio,
  shiftY: map.shiftY * ratio,
})

/**
 * Draws the points into memory, word by word: a canvas needs a call for every point, and a hundred thousand calls take a
 * tenth of a second. `reuse` is a picture of the same size whose memory may be drawn over.
 */
export const paintPoints = (
  scene: PointsScene,
  map: PlotMap,
  { width, height, ratio }: PictureSize,
  reuse: PointsPicture | null,
): PointsPicture => {
  const { x, y, ends, look, theme, selected } = scene
  const size = sizePoints(x.length) * ratio
  const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))]
  // Twice as far as the largest stamp reaches.
  const border = 4 * Math.ceil(1.2 * size + 1)
  const fits = reuse?.width === columns && reuse.height === rows && reuse.border === border
  const picture = fits ? reuse : createPicture(columns, rows, border)
  if (fits) picture.pixels.fill(0)
  const fine = scaleMap(map, ratio)
  const chosen = hasSelection(selected) ? selected : null
  const opacity = opacityOf(x.length)
  const bars = {
    map: fine,
    colour: theme.faint,
    opacity: BAR_OPACITY,
    isShown: (index: number) => look.colours[index] !== 0 && (chosen === null || chosen[index] === 1),
  }
  if (ends.x !== null) drawErrorBars(picture, { ...bars, along: 'x', across: y, ends: ends.x })
  if (ends.y !== null) drawErrorBars(picture, { ...bars, along: 'y', across: x, ends: ends.y })
  const draw = { x, y, map: fine, size }
  if (chosen === null) drawPoints(picture, { ...draw, look, opacity, only: null })
  else {
    drawPoints(picture, { ...draw, look, opacity: DIMMED, only: { marks: chosen, value: 0 } })
    drawPoints(picture, {
      ...draw,
      look: lookOfSelected(scene),
      opacity: 1,
      only: { marks: chosen, value: 1 },
    })
  }
  finishPixels(picture.pixels)
  return picture
}

/** Lays a picture onto a canvas of its size, without its border. */
export const layPicture = (picture: PointsPicture, canvas: HTMLCanvasElement): void => {
  const { width, height, border, pixels } = picture
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer)
  const whole = new ImageData(bytes, width + 2 * border, height + 2 * border)
  canvas.getContext('2d')?.putImageData(whole, -border, -border, border, border, width, height)
}
