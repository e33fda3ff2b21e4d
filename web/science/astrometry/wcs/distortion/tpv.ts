import type { SkyPair } from '../pairs'
import type { PlaneMap } from './plane-map'

/** Powers of (own, other, r) of the terms m = 0 … 39 of the TPV convention (registry of FITS conventions); r is the distance from the reference point. */
const listTerms = (): (readonly [number, number, number])[] => {
  const terms: (readonly [number, number, number])[] = []
  for (let order = 0; order <= 7; order++) {
    for (let other = 0; other <= order; other++) terms.push([order - other, other, 0])
    if (order % 2 === 1) terms.push([0, 0, order])
  }
  return terms
}
const TERMS = listTerms()

export const TPV_TERMS = TERMS.length

/** Coefficients PVi_m, m = 0 …, from terms of a polynomial without r; those of like powers are added. */
export const makeTpvCoefficients = (
  polynomial: readonly { readonly own: number; readonly other: number; readonly coefficient: number }[],
): number[] => {
  const coefficients = new Array<number>(TPV_TERMS).fill(0)
  for (const { own, other, coefficient } of polynomial) {
    const m = TERMS.findIndex(([i, j, n]) => i === own && j === other && n === 0)
    coefficients[m]! += coefficient
  }
  return coefficients.slice(0, coefficients.findLastIndex((value) => value !== 0) + 1)
}

/** Degrees. */
const TOLERANCE = 1e-14

/** Terms that are not zero, as rows of [own, other, r] and their coefficients. */
const keepTerms = (
  coefficients: readonly number[],
): { powers: (readonly [number, number, number])[]; factors: number[] } => {
  const kept = coefficients.flatMap((factor, m) => (factor === 0 ? [] : [{ factor, power: TERMS[m]! }]))
  return { powers: kept.map(({ power }) => power), factors: kept.map(({ factor }) => factor) }
}

/** Where value, derivative by the own and by the other coordinate are written. */
const FIRST = [0, 2, 3] as const
const SECOND = [1, 5, 4] as const

const raise = (base: number, power: number): number => {
  let result = 1
  for (let k = 0; k < power; k++) result *= base
  return result
}

/** The plane of the matrix to the plane of the gnomonic projection, both in degrees: in PV2 the coordinates change places. */
export const makeTpvMap = ({ longitude, latitude }: SkyPair<readonly number[]>): PlaneMap => {
  const first = keepTerms(longitude)
  const second = keepTerms(latitude)
  const sum = (
    { powers, factors }: typeof first,
    own: number,
    other: number,
    out: Float64Array,
    [at, byOwn, byOther]: readonly [number, number, number],
  ): void => {
    const radius = Math.hypot(own, other)
    let [value, slopeOwn, slopeOther] = [0, 0, 0]
    for (let k = 0; k < factors.length; k++) {
      const [i, j, n] = powers[k]!
      const factor = factors[k]!
      value += factor * raise(own, i) * raise(other, j) * raise(radius, n)
      if (i > 0) slopeOwn += factor * i * raise(own, i - 1) * raise(other, j)
      if (j > 0) slopeOther += factor * j * raise(own, i) * raise(other, j - 1)
      // In the middle r has a kink; its derivative there is taken as 0.
      if (n > 0 && radius > 0) {
        const rate = factor * n * raise(radius, n - 1)
        slopeOwn += (rate * own) / radius
        slopeOther += (rate * other) / radius
      }
    }
    out[at] = value
    out[byOwn] = slopeOwn
    out[byOther] = slopeOther
  }
  return {
    tolerance: TOLERANCE,
    apply: (x, y, out) => {
      sum(first, x, y, out, FIRST)
      sum(second, y, x, out, SECOND)
    },
  }
}
