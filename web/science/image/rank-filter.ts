import type { Image } from '../../core/image'

export interface FilterBox {
  /** Pixels, odd. */
  readonly width: number
  readonly height: number
}

/** d c b a | a b c d | d c b a: scipy.ndimage's 'reflect'. */
const reflect = (place: number, size: number): number => {
  let at = place
  while (at < 0 || at >= size) at = at < 0 ? -at - 1 : 2 * size - at - 1
  return at
}

/**
 * Running percentiles: for each pixel and each of `percents` (ascending, below 100) the value of rank floor(n percent / 100), counted from 0, of the n
 * finite values in the box around it; edges are mirrored. With no pixel missing it is scipy.ndimage.percentile_filter, and with percent 50 of an odd box its
 * median_filter. A box without a finite value gives NaN. One plane for each of `percents`.
 */
export const filterRanks = (image: Image, box: FilterBox, percents: readonly number[]): Float32Array[] => {
  const { width, height, data } = image
  const [acrossReach, downReach] = [box.width >> 1, box.height >> 1]
  const planes = percents.map(() => new Float32Array(data.length))
  const across = 2 * acrossReach + 1
  const rows = new Int32Array(2 * downReach + 1)
  // The columns in the box and the one that comes next, each sorted, in turn in one of so many places.
  const columns = Array.from({ length: across + 1 }, () => makeRun(rows.length))
  const empty = makeRun(0)
  let window = makeRun(rows.length * across)
  let spare = makeRun(rows.length * across)
  for (let y = 0; y < height; y++) {
    for (let j = 0; j < rows.length; j++) rows[j] = reflect(y + j - downReach, height) * width
    window.count = 0
    for (let step = 0; step < width + across - 1; step++) {
      const incoming = columns[step % columns.length]!
      const outgoing = step < across ? empty : columns[(step + 1) % columns.length]!
      readColumn(data, rows, reflect(step - acrossReach, width), incoming)
      exchange(window, { incoming, outgoing }, spare)
      ;[window, spare] = [spare, window]
      const x = step - across + 1
      if (x < 0) continue
      for (let k = 0; k < percents.length; k++) {
        const rank = Math.floor((window.count * percents[k]!) / 100)
        planes[k]![y * width + x] = window.count === 0 ? Number.NaN : window.values[rank]!
      }
    }
  }
  return planes
}

/** Finite values in ascending order; those from `count` on are left over from before. */
interface Run {
  readonly values: Float32Array
  count: number
}

const makeRun = (length: number): Run => ({ values: new Float32Array(length), count: 0 })

/** The values of a few rows in one column, by insertion. */
const readColumn = (data: Float32Array, rows: Int32Array, column: number, run: Run): void => {
  const { values } = run
  let count = 0
  for (let j = 0; j < rows.length; j++) {
    const value = data[rows[j]! + column]!
    if (value - value !== 0) continue
    let place = count++
    for (; place > 0 && values[place - 1]! > value; place--) values[place] = values[place - 1]!
    values[place] = value
  }
  run.count = count
}

/** What a box holds after one column went and another came: three sorted runs walked through once. */
const exchange = (
  window: Run,
  { incoming, outgoing }: { incoming: Run; outgoing: Run },
  result: Run,
): void => {
  const [from, to, added, gone] = [window.values, result.values, incoming.values, outgoing.values]
  let [next, left, at] = [0, 0, 0]
  for (let i = 0; i < window.count; i++) {
    const value = from[i]!
    if (left < outgoing.count && gone[left] === value) {
      left++
      continue
    }
    while (next < incoming.count && added[next]! < value) to[at++] = added[next++]!
    to[at++] = value
  }
  while (next < incoming.count) to[at++] = added[next++]!
  result.count = at
}
