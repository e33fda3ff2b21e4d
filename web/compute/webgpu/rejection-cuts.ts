import type { RejectionRule } from '../../science/calibration/reject-values'

/** Floats of one count of values in the table that the shader looks cuts up in. */
const FIELDS = 8

/** As dropExtremes in science/calibration/reject-values: how many of `count` values go below and above. */
const extremesOf = (count: number, low: number, high: number): [number, number] => {
  const [below, above] = [Math.max(0, Math.round(low)), Math.max(0, Math.round(high))]
  if (below + above < count) return [below, above]
  const fewer = Math.min(below, Math.round(((count - 1) * below) / (below + above)))
  return [fewer, count - 1 - fewer]
}

/** As percentileOfSorted there: the index below, and the way to the next one as two floats. */
const percentileOf = (count: number, percent: number): [number, number, number] => {
  const rank = (Math.min(Math.max(percent, 0), 100) / 100) * (count - 1)
  const fraction = rank - Math.floor(rank)
  return [Math.floor(rank), Math.fround(fraction), fraction - Math.fround(fraction)]
}

/**
 * Where to cut sorted values, for 0 to `frames` of them: what is a matter of the count alone is reckoned here, in doubles as in
 * the reference, since a rank that is rounded otherwise would take another value.
 */
export const tabulateCuts = ({ rejection, low, high }: RejectionRule, frames: number): Float32Array => {
  const table = new Float32Array(FIELDS * (frames + 1))
  for (let count = 1; count <= frames; count++) {
    const at = FIELDS * count
    if (rejection === 'min-max') table.set(extremesOf(count, low, high), at)
    if (rejection !== 'percentile') continue
    const [below, above] = extremesOf(count, count - 1, count - 1)
    table.set([...percentileOf(count, low), below], at)
    table.set([...percentileOf(count, 100 - high), above], at + FIELDS / 2)
  }
  return table
}
