import type { SipTerm, TanSip } from '../../core/tan-sip'
import { applyTransform, invertTransform, type Transform } from '../../core/transform'

/** Coefficients of (m s + n t)^power by the power of s, from 0. */
const expandPower = (m: number, n: number, power: number): number[] => {
  let row = [1]
  for (let k = 0; k < power; k++) {
    const next = Array.from({ length: row.length + 1 }, () => 0)
    for (const [i, value] of row.entries()) {
      next[i]! += n * value
      next[i + 1]! += m * value
    }
    row = next
  }
  return row
}

/** A polynomial in u and v as one in s and t, where u = a s + b t and v = d s + e t. The degree of no term changes. Keys are 'p,q'. */
const substitute = (terms: readonly SipTerm[], { a, b, d, e }: Transform): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const { p, q, coefficient } of terms) {
    const inU = expandPower(a, b, p)
    const inV = expandPower(d, e, q)
    for (const [i, fromU] of inU.entries())
      for (const [j, fromV] of inV.entries()) {
        const key = `${i + j},${p + q - i - j}`
        sums.set(key, (sums.get(key) ?? 0) + coefficient * fromU * fromV)
      }
  }
  return sums
}

const mix = (
  first: ReadonlyMap<string, number>,
  second: ReadonlyMap<string, number>,
  [m, n]: readonly [number, number],
): SipTerm[] =>
  [...new Set([...first.keys(), ...second.keys()])]
    .map((key): SipTerm => {
      const [p, q] = key.split(',').map(Number)
      return { p: p!, q: q!, coefficient: m * (first.get(key) ?? 0) + n * (second.get(key) ?? 0) }
    })
    .filter(({ coefficient }) => coefficient !== 0)
    .sort((x, y) => x.p + x.q - y.p - y.q || y.p - x.p)

/**
 * The same sky for another grid of pixels; `toOld` takes a pixel of the new grid to its place on the old one. The tangent point stays where
 * it is on the sky, the matrix takes the map in, and the distortion becomes A^-1 f(A u): a polynomial of the same order.
 */
export const moveTanSip = (wcs: TanSip, toOld: Transform): TanSip => {
  const { a, b, d, e } = toOld
  const back = invertTransform(toOld)
  const { x, y } = applyTransform(back, { x: wcs.crpix[0], y: wcs.crpix[1] })
  const [cd11, cd12, cd21, cd22] = wcs.cd
  const inX = substitute(wcs.a, toOld)
  const inY = substitute(wcs.b, toOld)
  return {
    crpix: [x, y],
    crval: wcs.crval,
    cd: [cd11 * a + cd12 * d, cd11 * b + cd12 * e, cd21 * a + cd22 * d, cd21 * b + cd22 * e],
    order: wcs.order,
    a: mix(inX, inY, [back.a, back.b]),
    b: mix(inX, inY, [back.d, back.e]),
  }
}
