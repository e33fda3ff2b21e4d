/** Up to this length insertion wins; measured on random pixels. */
const SMALL = 32

/** Sorts values[from..to] (both included) in ascending order, in place and without allocating. Values must not be NaN. */
export const sortValues = (values: Float64Array, from: number, to: number): void => {
  let low = from
  let high = to
  while (high - low >= SMALL) {
    const split = partition(values, low, high)
    // The shorter side by recursion: the depth stays below log2 of the length.
    if (split - low < high - split) {
      sortValues(values, low, split)
      low = split + 1
    } else {
      sortValues(values, split + 1, high)
      high = split
    }
  }
  for (let i = low + 1; i <= high; i++) {
    const value = values[i]!
    let j = i - 1
    while (j >= low && values[j]! > value) {
      values[j + 1] = values[j]!
      j--
    }
    values[j + 1] = value
  }
}

/** Hoare's partition about the median of three: nothing in low..split is larger than anything in split + 1..high. */
const partition = (values: Float64Array, low: number, high: number): number => {
  const a = values[low]!
  const b = values[(low + high) >>> 1]!
  const c = values[high]!
  const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
  let i = low - 1
  let j = high + 1
  for (;;) {
    do i++
    while (values[i]! < pivot)
    do j--
    while (values[j]! > pivot)
    if (i >= j) return j === high ? high - 1 : j
    const kept = values[i]!
    values[i] = values[j]!
    values[j] = kept
  }
}
