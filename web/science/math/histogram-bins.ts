/** More bins than this no screen shows. */
const MOST_BINS = 2000
/** Up to here a number counts something, and its bins are centred on whole numbers. */
const LARGEST_COUNT = 2 ** 31

/** Value at a fraction 0..1 of sorted values, linear between neighbours (type 7 of Hyndman and Fan 1996). */
const quantileOf = (sorted: Float64Array, fraction: number): number => {
  const place = fraction * (sorted.length - 1)
  const below = Math.floor(place)
  const [low, high] = [sorted[below]!, sorted[Math.min(sorted.length - 1, below + 1)]!]
  return low + (place - below) * (high - low)
}

/**
 * Width of a bin, in the unit of the values: 2 IQR n^(-1/3) (Freedman and Diaconis 1981, Z. Wahrsch. verw. Gebiete 57,
 * 453). The values are sorted and finite. 0 where half of them are the same.
 */
export const freedmanDiaconisWidth = (sorted: Float64Array): number =>
  sorted.length === 0
    ? 0
    : (2 * (quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25))) / Math.cbrt(sorted.length)

const sortFinite = (values: Float64Array): Float64Array => values.filter(Number.isFinite).sort()

const isCounting = (sorted: Float64Array): boolean =>
  Math.max(-sorted[0]!, sorted.at(-1)!) < LARGEST_COUNT && sorted.every((value) => Number.isInteger(value))

/**
 * Edges of the bins of a histogram, ascending, one more than bins, from the least to the largest value; what is not
 * finite is left out. `bins` asks for a number of them, null for the width of Freedman and Diaconis, and where that is 0
 * for Sturges' number (1926). Whole numbers get bins of a whole width about whole numbers, so that no comb appears that is
 * not in the data. Without values there are no edges; where all are equal there is one bin about the value.
 */
export const chooseBinEdges = (values: Float64Array, bins: number | null): Float64Array => {
  const sorted = sortFinite(values)
  if (sorted.length === 0) return new Float64Array(0)
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  const counting = isCounting(sorted)
  if (low === high) {
    const room = counting ? 0.5 : Math.abs(low) * 1e-3 || 0.5
    return Float64Array.of(low - room, high + room)
  }
  const width = freedmanDiaconisWidth(sorted)
  const free = width > 0 ? Math.ceil((high - low) / width) : Math.ceil(Math.log2(sorted.length)) + 1
  const wanted = Math.max(1, Math.min(MOST_BINS, Math.round(bins ?? free)))
  if (counting) {
    const whole = Math.max(1, Math.round((high - low + 1) / wanted))
    const count = Math.ceil((high - low + 1) / whole)
    return Float64Array.from({ length: count + 1 }, (_, i) => low - 0.5 + i * whole)
  }
  return Float64Array.from({ length: wanted + 1 }, (_, i) =>
    i === wanted ? high : low + (i * (high - low)) / wanted,
  )
}

/**
 * Bin of each value, -1 where it is not finite or outside. A bin holds its lower edge; the last holds both. The edges are
 * those of `chooseBinEdges`: ascending and equally far from each other to rounding.
 */
export const assignBins = (values: Float64Array, edges: Float64Array): Int32Array => {
  const last = edges.length - 2
  const bins = new Int32Array(values.length).fill(-1)
  if (last < 0) return bins
  const [low, high] = [edges[0]!, edges[last + 1]!]
  const scale = (last + 1) / (high - low)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= low && value <= high)) continue
    let bin = Math.min(last, Math.floor((value - low) * scale))
    // The division is off by a rounding at the edges; the edges themselves decide.
    if (value < edges[bin]!) bin--
    else if (bin < last && value >= edges[bin + 1]!) bin++
    bins[i] = bin
  }
  return bins
}
