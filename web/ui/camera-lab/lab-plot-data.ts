import type { Row } from '../../core/work-order'
import type { PlotAxis, PlotSeries } from '../plots/plot-types'

/** One plot of the lab with the table behind it. */
export interface LabPlotData {
  /** Part of the names of its files. */
  readonly id: string
  readonly title: string
  /** What is to be seen, in a sentence or two. */
  readonly text: string
  readonly series: readonly PlotSeries[]
  readonly x: PlotAxis
  readonly y: PlotAxis
  /** What is left of the points when the line is taken off, below them. */
  readonly residuals?: { readonly series: readonly PlotSeries[]; readonly y: PlotAxis }
  /** Series that are told apart by their mark, in words. */
  readonly legend?: readonly { readonly role: PlotSeries['role']; readonly name: string }[]
  readonly rows: readonly Row[]
  /** Frames behind the points of the first series. */
  readonly frames: readonly string[]
}

/** Makes room for error bars: a series of which nothing is seen and that reaches as far as they do. */
export const reachErrors = ({ x, y, error }: PlotSeries): PlotSeries => {
  const ends: [number, number][] = Array.from(y, (value, index) => [index, value]).flatMap(
    ([index = 0, value = NaN]): [number, number][] => {
      const [at, by] = [x[index] ?? NaN, error?.[index] ?? 0]
      // The gap keeps a line from being drawn.
      return [
        [at, value - by],
        [at, NaN],
        [at, value + by],
        [at, NaN],
      ]
    },
  )
  return {
    id: 'room',
    name: 'room',
    role: 'plain',
    draw: 'line',
    x: Float64Array.from(ends, ([at]) => at),
    y: Float64Array.from(ends, ([, value]) => value),
  }
}

/** A line through a range of x, in so many pieces that a bent one looks bent. */
export const drawLine = (
  id: string,
  [from, to]: readonly [number, number],
  at: (x: number) => number,
  pieces = 64,
): PlotSeries => {
  const x = Float64Array.from({ length: pieces + 1 }, (_, index) => from + ((to - from) * index) / pieces)
  return { id, name: id, role: 'plain', draw: 'line', x, y: x.map(at) }
}
