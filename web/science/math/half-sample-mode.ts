/**
 * Half-sample mode (Robertson & Cryer 1974, JASA 69, 1012; Bickel & Fruehwirth 2006, Comput. Stat. Data Anal. 50, 3500): of the sorted
 * values the shortest interval that holds half of them, of that one again, until three or fewer are left; of three the mean of the closer
 * two, of two their mean. Where several intervals are equally short (whole numbers of a camera) the middle one of them is taken.
 * It needs no bins, no clipping and no width, and a tail of any length on one side does not move it. But it is noisy: of normal values of deviation s it
 * scatters by 0.4 s for 100 of them, by 0.15 s for 10 000, by 0.09 s for 100 000. Not finite: left out; no value: NaN.
 */
export const halfSampleMode = (values: ArrayLike<number>): number =>
  modeOfSorted(Float64Array.from(values).filter(Number.isFinite).sort())

const ROUNDS = 200

/**
 * The peak of the distribution, smoothed: from the half-sample mode on, again and again to the mean of the values within w n^(-1/7) of it, until it
 * stays (mean shift, Fukunaga & Hostetler 1975, IEEE Trans. Inf. Theory 21, 32, which ends in the peak of a density of that kernel width; the power of n that
 * serves a mode best is Eddy's, 1980, Ann. Stat. 8, 870). w is the length of the shortest interval that holds half of the values. Half as noisy as the
 * half-sample mode alone for normal values, ten times less for a flat with vignetting, where it lies a few parts in a thousand towards the tail.
 */
export const smoothMode = (values: ArrayLike<number>): number => {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort()
  const count = sorted.length
  let mode = modeOfSorted(sorted)
  if (count < 3) return mode
  const half = Math.ceil(count / 2)
  const start = shortestStart(sorted, 0, count, half)
  const reach = (sorted[start + half - 1]! - sorted[start]!) * count ** (-1 / 7)
  const sums = new Float64Array(count + 1)
  // From the mode itself, so that sums of large numbers do not eat what they differ by.
  const origin = mode
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + (sorted[i]! - origin)
  for (let round = 0; round < ROUNDS; round++) {
    const from = countBelow(sorted, mode - reach, false)
    const to = countBelow(sorted, mode + reach, true)
    const next = to > from ? origin + (sums[to]! - sums[from]!) / (to - from) : mode
    if (Math.abs(next - mode) <= 1e-9 * reach) return next
    mode = next
  }
  return mode
}

/** How many sorted values lie below a limit, or at it too where asked. */
const countBelow = (sorted: Float64Array, limit: number, orAt: boolean): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < limit || (orAt && sorted[middle] === limit)) low = middle + 1
    else high = middle
  }
  return low
}

const modeOfSorted = (sorted: Float64Array): number => {
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
