import type { Image } from '../../core/image'
import { solveLeastSquares } from '../math/least-squares'
import { median } from '../math/median'
import { fillBasis } from '../math/orthogonal-polynomial'
import { sigmaClip } from '../math/sigma-clip'
import { robustDeviation } from '../math/statistics'

export interface GradientOptions {
  /** Of the polynomial in x and y together, 1 (a plane) to 4. */
  readonly degree: number
  /** Sides of the boxes that the sky is measured in, pixels; default 64. */
  readonly box?: number
  /** Stars and bad pixels (maskStars); 0 is good. */
  readonly mask?: Uint8Array | undefined
  /** Rounds of throwing out boxes that are more than 4 robust sigmas off the surface (a galaxy, a halo); default 5. */
  readonly rounds?: number
}

/** A smooth sky: sum of c_ij P_i(u) P_j(v) with i + j <= degree, P Legendre's, u and v from -1 to 1 between the centres of the outermost pixels. */
export interface GradientSurface {
  readonly width: number
  readonly height: number
  readonly degree: number
  /** c_ij by j, then i: (0,0) (1,0) ... (0,1) (1,1) ... The first one is the mean of the surface. */
  readonly coefficients: Float64Array
  /** Robust sigma of the boxes about the surface, in the unit of the image. */
  readonly scatter: number
  /** Boxes that the surface goes through, and those that were left out. */
  readonly used: number
  readonly rejected: number
}

/** A box needs this part of its pixels good and unclipped. */
const LEAST_SHARE = 0.2
const CLIP = 4

interface Boxes {
  readonly design: Float64Array
  readonly levels: Float64Array
  readonly weights: Float64Array
}

const countTerms = (degree: number): number => ((degree + 1) * (degree + 2)) / 2

const fillTerms = (
  [u, v]: readonly [number, number],
  degree: number,
  row: Float64Array,
  at: number,
): void => {
  const [across, down] = [new Float64Array(degree + 1), new Float64Array(degree + 1)]
  fillBasis('legendre', degree, u, across)
  fillBasis('legendre', degree, v, down)
  let term = at
  for (let j = 0; j <= degree; j++) for (let i = 0; i + j <= degree; i++) row[term++] = across[i]! * down[j]!
}

const toUnit = (place: number, size: number): number => (size > 1 ? (2 * place) / (size - 1) - 1 : 0)

/**
 * The large-scale shape of the sky (moonlight, twilight, a lamp): each box gives its median after clipping at 3 sigma, of pixels that are not masked, with the weight
 * pixels / variance; the surface goes through these by weighted least squares, again without boxes that are far off. Null where too few boxes are left to
 * determine it. The level is not judged: see removeGradient.
 */
export const fitGradient = (image: Image, options: GradientOptions): GradientSurface | null => {
  const { degree, box = 64, mask, rounds = 5 } = options
  const { width, height } = image
  const boxes = measureBoxes(image, { box, degree, mask })
  const count = boxes.levels.length
  const columns = countTerms(degree)
  const weights = boxes.weights.slice()
  let fit = solveLeastSquares(boxes.design, count, columns, boxes.levels, weights)
  let residuals = residualsOf(boxes, fit.solution)
  for (let round = 0; round < rounds && fit.determined; round++) {
    const good = residuals.filter((_, k) => weights[k]! > 0)
    const [middle, limit] = [median(good), CLIP * robustDeviation(good)]
    let changed = false
    residuals.forEach((residual, k) => {
      if (weights[k] === 0 || !(Math.abs(residual - middle) > limit)) return
      weights[k] = 0
      changed = true
    })
    if (!changed) break
    fit = solveLeastSquares(boxes.design, count, columns, boxes.levels, weights)
    residuals = residualsOf(boxes, fit.solution)
  }
  if (!fit.determined) return null
  const kept = residuals.filter((_, k) => weights[k]! > 0)
  return {
    width,
    height,
    degree,
    coefficients: fit.solution,
    scatter: robustDeviation(kept),
    used: kept.length,
    rejected: count - kept.length,
  }
}

const residualsOf = ({ design, levels }: Boxes, solution: Float64Array): Float64Array =>
  levels.map((level, k) => {
    let value = 0
    for (let term = 0; term < solution.length; term++)
      value += solution[term]! * design[k * solution.length + term]!
    return level - value
  })

const measureBoxes = (
  { width, height, data }: Image,
  {
    box,
    degree,
    mask,
  }: { readonly box: number; readonly degree: number; readonly mask: Uint8Array | undefined },
): Boxes => {
  const columns = Math.max(1, Math.round(width / box))
  const rows = Math.max(1, Math.round(height / box))
  const terms = countTerms(degree)
  const design = new Float64Array(columns * rows * terms)
  const levels: number[] = []
  const weights: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [left, right] = [column, column + 1].map((edge) => Math.round((edge * width) / columns)) as [
        number,
        number,
      ]
      const [top, bottom] = [row, row + 1].map((edge) => Math.round((edge * height) / rows)) as [
        number,
        number,
      ]
      const pixels: number[] = []
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++)
          if (mask === undefined || mask[y * width + x] === 0) pixels.push(data[y * width + x]!)
      const clipped = sigmaClip(pixels, { iterations: 10 })
      if (clipped.count < 1 || clipped.count < LEAST_SHARE * (right - left) * (bottom - top)) continue
      const place = [toUnit((left + right - 1) / 2, width), toUnit((top + bottom - 1) / 2, height)] as const
      fillTerms(place, degree, design, levels.length * terms)
      levels.push(clipped.median)
      // Where nothing scatters (a made-up frame) all boxes count alike.
      weights.push(clipped.deviation > 0 ? clipped.count / clipped.deviation ** 2 : clipped.count)
    }
  }
  return { design, levels: Float64Array.from(levels), weights: Float64Array.from(weights) }
}

/** The surface over all pixels, or over rows top to bottom (exclusive), in the unit of the image. */
export const evaluateGradient = (
  { width, height, degree, coefficients }: GradientSurface,
  { top, bottom } = { top: 0, bottom: height },
): Float32Array => {
  const surface = new Float32Array(width * (bottom - top))
  const across = new Float64Array(degree + 1)
  const down = new Float64Array(degree + 1)
  const ofRow = new Float64Array(degree + 1)
  for (let y = top; y < bottom; y++) {
    fillBasis('legendre', degree, toUnit(y, height), down)
    // Of each power of x what the row has.
    ofRow.fill(0)
    let term = 0
    for (let j = 0; j <= degree; j++)
      for (let i = 0; i + j <= degree; i++) ofRow[i] = ofRow[i]! + coefficients[term++]! * down[j]!
    for (let x = 0; x < width; x++) {
      fillBasis('legendre', degree, toUnit(x, width), across)
      let value = 0
      for (let i = 0; i <= degree; i++) value += ofRow[i]! * across[i]!
      surface[(y - top) * width + x] = value
    }
  }
  return surface
}

/**
 * Evens the sky out, in place: 'subtract' takes the surface off but for its mean, for light that came on top (the moon, a lamp); 'divide' brings the pixel to
 * what it were under the mean, for a flat that does not fit. So the level of the sky stays, and with it what noise is told by. The uncertainty is
 * left alone by 'subtract' and divided along by 'divide'. A surface at or below 0 cannot be divided by and gives NaN.
 */
export const removeGradient = (
  planes: { readonly data: Float32Array; readonly uncertainty?: Float32Array | undefined },
  surface: GradientSurface,
  mode: 'subtract' | 'divide',
  rows = { top: 0, bottom: surface.height },
): void => {
  const { data, uncertainty } = planes
  const level = surface.coefficients[0]!
  const plane = evaluateGradient(surface, rows)
  for (let i = 0; i < data.length; i++) {
    if (mode === 'subtract') {
      data[i] = data[i]! - (plane[i]! - level)
      continue
    }
    const factor = plane[i]! > 0 ? level / plane[i]! : Number.NaN
    data[i] = data[i]! * factor
    if (uncertainty !== undefined) uncertainty[i] = uncertainty[i]! * factor
  }
}
