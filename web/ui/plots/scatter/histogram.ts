import { assignBins, chooseBinEdges } from '../../../science/math/histogram-bins'
import { scaleValue } from './scale-values'

/** How often the values occur, all of them and those that are selected. */
export interface Histogram {
  /** Scaled values, one more than bins. */
  readonly edges: Float64Array
  /** Of each point, -1 where it has none. */
  readonly bins: Int32Array
  readonly counts: Uint32Array
  /** The counts along the axis: on a logarithmic one a bin without points has the height of its foot. */
  readonly heights: Float64Array
}

/** On a logarithmic axis bars stand on this many points: one point is then still a bar. */
const LOGARITHMIC_FOOT = 0.5

export const footOf = (logarithmic: boolean): number => (logarithmic ? Math.log10(LOGARITHMIC_FOOT) : 0)

export const heightOf = (count: number, logarithmic: boolean): number =>
  count === 0 ? footOf(logarithmic) : scaleValue(count, logarithmic)

/** A histogram of scaled values, `bins` of them or as many as the values call for. */
export const countBins = (scaled: Float64Array, bins: number | null, logarithmic: boolean): Histogram => {
  const edges = chooseBinEdges(scaled, bins)
  const places = assignBins(scaled, edges)
  const counts = new Uint32Array(Math.max(0, edges.length - 1))
  for (const bin of places) if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1
  const heights = Float64Array.from(counts, (count) => heightOf(count, logarithmic))
  return { edges, bins: places, counts, heights }
}

export const countSelected = ({ bins, counts }: Histogram, selected: Uint8Array): Uint32Array => {
  const chosen = new Uint32Array(counts.length)
  for (const [index, bin] of bins.entries())
    if (bin >= 0 && selected[index] === 1) chosen[bin] = (chosen[bin] ?? 0) + 1
  return chosen
}
