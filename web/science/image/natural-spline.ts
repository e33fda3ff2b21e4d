/**
 * Spreads knots over pixels: knot i lies at the centre of the i-th of equal boxes that cover `pixels`, pixel p at p. Between
 * the knots a natural cubic spline (second derivative zero at the ends) or straight lines; beyond them the straight line that
 * leaves the last knot with the curve's own slope. One knot is a constant.
 */
export const splineRow = (
  knots: Float64Array,
  pixels: Float64Array,
  method: 'bicubic' | 'bilinear',
): void => {
  const count = knots.length
  if (count === 1) {
    pixels.fill(knots[0]!)
    return
  }
  const bends = method === 'bicubic' ? secondDerivatives(knots) : new Float64Array(count)
  const step = pixels.length / count
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const position = (pixel + 0.5) / step - 0.5
    const i = Math.min(Math.max(Math.floor(position), 0), count - 2)
    const t = position - i
    const rise = knots[i + 1]! - knots[i]!
    if (t < 0) pixels[pixel] = knots[i]! + t * (rise - (2 * bends[i]! + bends[i + 1]!) / 6)
    else if (t > 1) {
      pixels[pixel] = knots[i + 1]! + (t - 1) * (rise + (bends[i]! + 2 * bends[i + 1]!) / 6)
    } else {
      const s = 1 - t
      const bend = (s * s * s - s) * bends[i]! + (t * t * t - t) * bends[i + 1]!
      pixels[pixel] = s * knots[i]! + t * knots[i + 1]! + bend / 6
    }
  }
}

/** Of a natural spline with knots one apart: the tridiagonal system, solved by elimination. */
const secondDerivatives = (knots: Float64Array): Float64Array => {
  const count = knots.length
  const bends = new Float64Array(count)
  const right = new Float64Array(count)
  for (let i = 1; i < count - 1; i++) {
    const pivot = bends[i - 1]! / 2 + 2
    bends[i] = -0.5 / pivot
    const bend = knots[i + 1]! - 2 * knots[i]! + knots[i - 1]!
    right[i] = (3 * bend - right[i - 1]! / 2) / pivot
  }
  bends[count - 1] = 0
  for (let i = count - 2; i >= 0; i--) bends[i] = bends[i]! * bends[i + 1]! + right[i]!
  return bends
}
