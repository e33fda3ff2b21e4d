/**
 * Half-sample mode (Robertson & Cryer 1974, JASA 69, 1012; Bickel & Fruehwirth 2006, Comput. Stat. Data Anal. 50, 3500): of the sorted
 * values the shortest interval that holds half of them, of that one again, until three or fewer are left; of three the mean of the closer
 * two, of two their mean. Where several intervals are equally short (whole numbers of a camera) the middle one of them is taken.
 * It needs no bins, no clipping and no width, and a tail of any length on one side does not move it. Its scatter for n normal values of
 * deviation s is about 1.5 s n^(-1/3). Not finite: left out; no value: NaN.
 */
export const halfSampleMode = (values: ArrayLike<number>): number => {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort()
  let from = 0
  let count = sorted.length
  if (count === 0) return Number.NaN
  while (count > 3) {
    const half = Math.ceil(count / 2)
    from = shortestStart(sorted, from, count, half)
    count = half
    // All equal: nothing more to narrow.
    if (sorted[from] === sorted[from + count - 1]) return sorted[from]!
  }
  const [a, b, c] = [sorted[from]!, sorted[from + 1]!, sorted[from + 2]!]
  if (count === 1) return a
  if (count === 2) return (a + b) / 2
  if (b - a < c - b) return (a + b) / 2
  return b - a > c - b ? (b + c) / 2 : b
}

/** Start of the shortest run of `half` values; the middle one where several are equally short. */
const shortestStart = (sorted: Float64Array, from: number, count: number, half: number): number => {
  let shortest = Number.POSITIVE_INFINITY
  let ties: number[] = []
  for (let start = from; start + half <= from + count; start++) {
    const length = sorted[start + half - 1]! - sorted[start]!
    if (length > shortest) continue
    if (length < shortest) ties = []
    shortest = length
    ties.push(start)
  }
  return ties[(ties.length - 1) >> 1]!
}
