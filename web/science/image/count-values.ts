export interface Bins {
  /** Edges of the first and the last bin, in the image's unit; bins are equally wide. */
  readonly lower: number
  readonly upper: number
  /** At least one. */
  readonly bins: number
}

export interface Histogram {
  readonly counts: Uint32Array
  /** Values outside the edges, infinities among them, and pixels without a value (NaN). Counts of parts of a plane can be added. */
  readonly below: number
  readonly above: number
  readonly missing: number
}

/** As numpy.histogram: a bin holds its lower edge, the last one both. A range without width puts what lies there into the first bin. */
export const countValues = (values: Float32Array, { lower, upper, bins }: Bins): Histogram => {
  const counts = new Uint32Array(bins)
  const scale = upper > lower ? bins / (upper - lower) : 0
  let below = 0
  let above = 0
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= lower && value <= upper)
      counts[Math.min(bins - 1, Math.floor((value - lower) * scale))]! += 1
    else if (value < lower) below++
    else if (value > upper) above++
    else missing++
  }
  return { counts, below, above, missing }
}
