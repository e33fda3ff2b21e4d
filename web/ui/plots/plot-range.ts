import type { PlotRange, PlotSeries } from './plot-types'

/** The range of all finite values with some room (a part of the span) at both ends; [0, 1] without any. */
export const coverColumns = (values: readonly Float64Array[], margin: number): [number, number] => {
  let [low, high] = [Infinity, -Infinity]
  for (const column of values) {
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  if (low > high) return [0, 1]
  const room = high > low ? margin * (high - low) : Math.abs(high) * 0.01 || 1
  return [low - room, high + room]
}

/** The range that holds every point, with a little room at the edges. */
export const coverSeries = (series: readonly PlotSeries[]): PlotRange => ({
  x: coverColumns(
    series.map(({ x }) => x),
    0.02,
  ),
  y: coverColumns(
    series.map(({ y }) => y),
    0.08,
  ),
})

/** The range about a place made smaller (factor below 1) or larger, the place staying where it is. */
export const zoomRange = (
  range: PlotRange,
  at: { readonly x: number; readonly y: number },
  factor: number,
): PlotRange => ({
  x: [at.x + factor * (range.x[0] - at.x), at.x + factor * (range.x[1] - at.x)],
  y: [at.y + factor * (range.y[0] - at.y), at.y + factor * (range.y[1] - at.y)],
})
