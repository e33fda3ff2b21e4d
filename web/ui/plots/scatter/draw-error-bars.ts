import { blendPixel } from './blend-pixel'
import type { PointsPicture } from './draw-points'
import type { PlotMap } from './plot-map'

/** Scaled values of both ends of each bar. */
export interface BarEnds {
  readonly low: Float64Array
  readonly high: Float64Array
}

interface BarsInput {
  /** The axis that the bars run along. */
  readonly along: 'x' | 'y'
  /** Scaled values along the other axis: the column, or the row, that each bar lies in. */
  readonly across: Float64Array
  readonly ends: BarEnds
  readonly map: PlotMap
  /** As `blendPixel` takes it. */
  readonly colour: number
  /** Of one bar, 0..1. */
  readonly opacity: number
  readonly isShown: (index: number) => boolean
}

/** Bars that lie over each other darken up to so many. */
const DEEPEST = 64

/**
 * Error bars of one pixel's width. A hundred thousand of them cover too many pixels to be drawn one by one: each leaves a
 * mark where it begins and one where it ends, and a single sweep over the picture adds the marks up to how many bars lie
 * over each pixel. The time goes with points plus pixels, however long the bars are.
 */
export const drawErrorBars = (picture: PointsPicture, input: BarsInput): void => {
  const { along, across, ends, map, colour, opacity, isShown } = input
  const { width, height, border, pixels } = picture
  const stride = width + 2 * border
  const upright = along === 'y'
  // Lines are columns under upright bars and rows under level ones; a bar runs from place to place within its line.
  const [lines, length] = upright ? [width, height] : [height, width]
  const [perLine, perPlace] = upright ? [1, stride] : [stride, 1]
  const [lineScale, lineShift] = upright ? [map.scaleX, map.shiftX] : [map.scaleY, map.shiftY]
  const [scale, shift] = upright ? [map.scaleY, map.shiftY] : [map.scaleX, map.shiftX]
  const marks = new Int32Array(lines * (length + 1))
  for (let i = 0; i < across.length; i++) {
    const line = Math.floor(lineScale * (across[i] ?? NaN) + lineShift)
    if (!(line >= 0 && line < lines)) continue
    const one = scale * (ends.low[i] ?? NaN) + shift
    const other = scale * (ends.high[i] ?? NaN) + shift
    const from = Math.max(0, Math.floor(Math.min(one, other)))
    const to = Math.min(length - 1, Math.floor(Math.max(one, other)))
    if (!(from <= to) || !isShown(i)) continue
    const begin = from * lines + line
    const end = (to + 1) * lines + line
    marks[begin] = (marks[begin] ?? 0) + 1
    marks[end] = (marks[end] ?? 0) - 1
  }
  const alphas = Uint8Array.from({ length: DEEPEST + 1 }, (_, depth) =>
    Math.round(255 * (1 - (1 - opacity) ** depth)),
  )
  const depths = new Int32Array(lines)
  const first = border * stride + border
  for (let place = 0; place < length; place++) {
    for (let line = 0; line < lines; line++) {
      const depth = (depths[line] ?? 0) + (marks[place * lines + line] ?? 0)
      depths[line] = depth
      if (depth <= 0) continue
      const at = first + place * perPlace + line * perLine
      pixels[at] = blendPixel(pixels[at] ?? 0, colour, alphas[Math.min(DEEPEST, depth)] ?? 0)
    }
  }
}
