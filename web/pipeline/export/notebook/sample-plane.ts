/** Pixels of each plane that are compared one by one. */
export const SAMPLES = 24

// The sequence of Roberts (2018), which fills a square evenly whatever its length; the notebook steps through the same.
export const ROW_STEP = 0.7548776662
export const COLUMN_STEP = 0.569840291

/** What a plane comes to: few enough numbers to be written down, and enough to tell two planes apart. */
export interface PlaneSummary {
  /** Pixels with a value, their mean and their standard deviation. */
  readonly finite: number
  readonly mean: number
  readonly deviation: number
  /** NaN where a pixel has no value. */
  readonly pixels: readonly number[]
}

/** Digits that tell every 32-bit float from its neighbours. */
const SINGLE_DIGITS = 9
const DOUBLE_DIGITS = 15

const round = (value: number, digits: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : Number.NaN

export const samplePlane = (data: Float32Array, width: number, height: number): PlaneSummary => {
  let finite = 0
  let total = 0
  for (const value of data) {
    if (value - value !== 0) continue
    finite++
    total += value
  }
  const mean = total / finite
  let squares = 0
  for (const value of data) if (value - value === 0) squares += (value - mean) ** 2
  const pixels = Array.from({ length: SAMPLES }, (_, index) => {
    const row = Math.floor(height * (((index + 1) * ROW_STEP) % 1))
    const column = Math.floor(width * (((index + 1) * COLUMN_STEP) % 1))
    return round(data[row * width + column] ?? Number.NaN, SINGLE_DIGITS)
  })
  return {
    finite,
    mean: round(mean, DOUBLE_DIGITS),
    deviation: round(Math.sqrt(squares / finite), DOUBLE_DIGITS),
    pixels,
  }
}
