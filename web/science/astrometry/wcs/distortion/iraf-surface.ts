import type { SkyPair } from '../pairs'
import type { PlaneMap } from './plane-map'

/** A surface of IRAF's TNX and ZPX (registry of FITS conventions): what is added to a coordinate, degrees, over a rectangle of the plane in degrees. */
export interface IrafSurface {
  readonly kind: 'chebyshev' | 'legendre' | 'polynomial'
  /** Terms along x and along y: the highest power is one less. */
  readonly xOrder: number
  readonly yOrder: number
  /** Which products of both there are: none, all, or those of a triangle. */
  readonly cross: 'none' | 'full' | 'half'
  readonly range: { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
  /** x varies fastest. */
  readonly coefficients: readonly number[]
}

/** Number of terms along x in the row of y^j. */
const countAlongX = ({ xOrder, yOrder, cross }: IrafSurface, j: number): number => {
  if (j === 0 || cross === 'full') return xOrder
  if (cross === 'none') return 1
  return Math.max(0, Math.min(xOrder, Math.max(xOrder, yOrder) - j))
}

export const countCoefficients = (surface: IrafSurface): number => {
  let count = 0
  for (let j = 0; j < surface.yOrder; j++) count += countAlongX(surface, j)
  return count
}

/** Values and derivatives of the first `count` functions at `at`, by their recurrences. */
const fillBasis = (
  kind: IrafSurface['kind'],
  at: number,
  values: Float64Array,
  slopes: Float64Array,
): void => {
  values[0] = 1
  slopes[0] = 0
  if (values.length === 1) return
  values[1] = at
  slopes[1] = 1
  for (let n = 2; n < values.length; n++) {
    const [v1, v2, s1, s2] = [values[n - 1]!, values[n - 2]!, slopes[n - 1]!, slopes[n - 2]!]
    if (kind === 'polynomial') {
      values[n] = at * v1
      slopes[n] = v1 + at * s1
    } else if (kind === 'chebyshev') {
      values[n] = 2 * at * v1 - v2
      slopes[n] = 2 * v1 + 2 * at * s1 - s2
    } else {
      values[n] = ((2 * n - 1) * at * v1 - (n - 1) * v2) / n
      slopes[n] = ((2 * n - 1) * (v1 + at * s1) - (n - 1) * s2) / n
    }
  }
}

type SurfaceAdder = (
  x: number,
  y: number,
  out: Float64Array,
  places: readonly [number, number, number],
) => void

const makeAdder = (surface: IrafSurface): SurfaceAdder => {
  const { kind, xOrder, yOrder, range, coefficients } = surface
  const xs = { value: new Float64Array(xOrder), slope: new Float64Array(xOrder) }
  const ys = { value: new Float64Array(yOrder), slope: new Float64Array(yOrder) }
  // Orthogonal polynomials live between -1 and 1; plain ones in degrees.
  const normalise = ([low, high]: readonly [number, number]): readonly [number, number] =>
    kind === 'polynomial' ? [0, 1] : [(high + low) / 2, 2 / (high - low)]
  const [middleX, rateX] = normalise(range.x)
  const [middleY, rateY] = normalise(range.y)
  return (x, y, out, [at, byX, byY]) => {
    fillBasis(kind, (x - middleX) * rateX, xs.value, xs.slope)
    fillBasis(kind, (y - middleY) * rateY, ys.value, ys.slope)
    let [value, slopeX, slopeY, index] = [0, 0, 0, 0]
    for (let j = 0; j < yOrder; j++) {
      const count = countAlongX(surface, j)
      let [row, rowSlope] = [0, 0]
      for (let i = 0; i < count; i++) {
        const factor = coefficients[index++]!
        row += factor * xs.value[i]!
        rowSlope += factor * xs.slope[i]!
      }
      value += row * ys.value[j]!
      slopeX += rowSlope * ys.value[j]!
      slopeY += row * ys.slope[j]!
    }
    out[at]! += value
    out[byX]! += slopeX * rateX
    out[byY]! += slopeY * rateY
  }
}

/** Where value and derivatives by x and y are written. */
const FIRST = [0, 2, 3] as const
const SECOND = [1, 4, 5] as const

/** Degrees. */
const TOLERANCE = 1e-14

/** The plane of the matrix to that of the projection, degrees. */
export const makeIrafMap = ({ longitude, latitude }: SkyPair<IrafSurface | null>): PlaneMap => {
  const first = longitude === null ? null : makeAdder(longitude)
  const second = latitude === null ? null : makeAdder(latitude)
  return {
    tolerance: TOLERANCE,
    apply: (x, y, out) => {
      out[0] = x
      out[1] = y
      out[2] = 1
      out[3] = 0
      out[4] = 0
      out[5] = 1
      first?.(x, y, out, FIRST)
      second?.(x, y, out, SECOND)
    },
  }
}
