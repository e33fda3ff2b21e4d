import { medianInPlace, type MutableNumbers } from '../math/median'
import {
  evaluateOrthogonal,
  fitOrthogonal,
  type OrthogonalPolynomial,
  type PolynomialBasis,
} from '../math/orthogonal-polynomial'
import { robustDeviation } from '../math/statistics'
import type { PixelSection } from '../../core/pixel-section'

/** 'rows': one level for each row (the section is a strip beside the frame); 'columns': one for each column (a strip above or below it). */
export type OverscanAxis = 'rows' | 'columns'

export interface OverscanOptions {
  /** How the pixels of one line become its level. */
  readonly method: 'median' | 'mean'
  /** A curve along the lines that takes the place of the levels themselves; null or absent for none. */
  readonly model?: { readonly basis: PolynomialBasis; readonly degree: number } | null | undefined
}

export interface OverscanLevels {
  /** ADU, one for each line; NaN for a line without a finite pixel where no model stands in. */
  readonly levels: Float64Array
  /** Robust sigma (1.4826 MAD) of the lines' own levels about the curve, or about their median without one; ADU. */
  readonly scatter: number
  /** The curve; null without a model, or where too few lines have a level to determine it (the levels then stay as measured). */
  readonly curve: OrthogonalPolynomial | null
}

/**
 * Along which axis a section is to be read where nobody says: the strip's short side is averaged over, and a square one row by row, as
 * ccdproc.subtract_overscan does with overscan_axis=None.
 */
export const chooseOverscanAxis = ({ x, y }: PixelSection): OverscanAxis =>
  x[1] - x[0] > y[1] - y[0] ? 'columns' : 'rows'

interface PixelGrid {
  readonly width: number
  readonly height: number
  readonly data: ArrayLike<number>
}

/** Pixels of a section line after line (rows, or columns), and how many there are in a line. The section is cut to the frame. */
export const readOverscanLines = (
  { width, height, data }: PixelGrid,
  section: PixelSection,
  axis: OverscanAxis,
): { readonly pixels: Float64Array; readonly perLine: number } => {
  const [left, right] = [Math.max(0, section.x[0]), Math.min(width, section.x[1])]
  const [top, bottom] = [Math.max(0, section.y[0]), Math.min(height, section.y[1])]
  const columns = Math.max(0, right - left)
  const rows = Math.max(0, bottom - top)
  const pixels = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = axis === 'rows' ? row * columns + column : column * rows + row
      pixels[at] = data[(top + row) * width + left + column]!
    }
  }
  return { pixels, perLine: axis === 'rows' ? columns : rows }
}

const meanOf = (line: MutableNumbers): number => {
  let total = 0
  let count = 0
  for (const value of line) {
    if (value - value !== 0) continue
    total += value
    count++
  }
  return count === 0 ? Number.NaN : total / count
}

/**
 * Level of an overscan section line by line, by the rule of ccdproc.subtract_overscan: median or mean of each line, and with a model the
 * least-squares curve through those levels (model=Legendre1D or Chebyshev1D there), evaluated at each line. Pixels that are not finite are
 * left out (there they spoil the line). `pixels` are lines of `perLine` ADU values; degree 0 to 10.
 */
export const findOverscanLevels = (
  pixels: MutableNumbers,
  perLine: number,
  { method, model = null }: OverscanOptions,
): OverscanLevels => {
  const lines = perLine > 0 ? Math.floor(pixels.length / perLine) : 0
  const measured = new Float64Array(lines)
  for (let line = 0; line < lines; line++) {
    const values = pixels.slice(line * perLine, (line + 1) * perLine)
    measured[line] = method === 'mean' ? meanOf(values) : medianInPlace(values.filter(Number.isFinite))
  }
  const curve = model === null ? null : fitOrthogonal(measured, model.basis, model.degree)
  if (curve === null) return { levels: measured, scatter: robustDeviation(measured), curve }
  const levels = measured.map((_, line) => evaluateOrthogonal(curve, line))
  const scatter = robustDeviation(measured.map((value, line) => value - levels[line]!))
  return { levels, scatter, curve }
}

export interface LevelledLines {
  readonly axis: OverscanAxis
  /** Line of the frame that levels[0] belongs to; default 0. Lines beyond the levels are left as they are. */
  readonly firstLevel?: number
  /** Row of the frame that the plane begins with, for a strip of it; default 0. */
  readonly firstRow?: number
}

/** Takes a level off each row or column of a plane, in place, in f64 rounded once to what the plane is of. */
export const subtractLevels = (
  plane: MutableNumbers,
  width: number,
  levels: Float64Array,
  { axis, firstLevel = 0, firstRow = 0 }: LevelledLines,
): void => {
  const height = Math.floor(plane.length / width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = levels[(axis === 'rows' ? y + firstRow : x) - firstLevel]
      const at = y * width + x
      if (level !== undefined) plane[at] = plane[at]! - level
    }
  }
}
