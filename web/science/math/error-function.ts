/**
 * The error function by cubic Hermite interpolation in a table of step 1/128 with the exact slope 2/sqrt(pi) exp(-x^2):
 * absolute error below 1e-10, some five times faster than a series. Beyond 6 it is 1 to the last digit.
 */
const STEPS = 128
const LIMIT = 6
const SLOPE = 2 / Math.sqrt(Math.PI)

/** Kummer's series, all terms positive (Abramowitz & Stegun 7.1.6). */
const sumSeries = (x: number): number => {
  let term = x
  let total = x
  for (let n = 1; term > 1e-18 * total; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    total += term
  }
  return SLOPE * Math.exp(-x * x) * total
}

const table = Float64Array.from({ length: LIMIT * STEPS + 2 }, (_, i) => sumSeries(i / STEPS))
const slopes = Float64Array.from(table, (_, i) => (SLOPE * Math.exp(-((i / STEPS) ** 2))) / STEPS)

export const errorFunction = (x: number): number => {
  const size = Math.abs(x)
  if (!(size < LIMIT)) return x > 0 ? 1 : x < 0 ? -1 : Number.NaN
  const position = size * STEPS
  const i = Math.floor(position)
  const t = position - i
  const s = 1 - t
  const value =
    table[i]! * s * s * (1 + 2 * t) +
    slopes[i]! * t * s * s +
    table[i + 1]! * t * t * (3 - 2 * t) -
    slopes[i + 1]! * t * t * s
  return x < 0 ? -value : value
}
