/** Arrays that can be rearranged in place. */
export type MutableNumbers = Float32Array | Float64Array

/** Below this length an insertion sort beats any partition. */
const SMALL = 24

/** Sorts values[from..to] (both included) in ascending order, in place. Values must not be NaN. */
const insertionSort = (values: MutableNumbers, from: number, to: number): void => {
  for (let i = from + 1; i <= to; i++) {
    const value = values[i]!
    let j = i - 1
    while (j >= from && values[j]! > value) {
      values[j + 1] = values[j]!
      j--
    }
    values[j + 1] = value
  }
}

const swap = (values: MutableNumbers, i: number, j: number): void => {
  const kept = values[i]!
  values[i] = values[j]!
  values[j] = kept
}

/**
 * Rearranges values[from..to] so that values[k] is what a sort would put there, with nothing larger before it and nothing
 * smaller after it. Median-of-three quickselect (Hoare 1961) that stops scans at equal values, so that constant and
 * many-tied data (integers from a camera) stay linear. Values must not be NaN.
 */
export const quickSelect = (values: MutableNumbers, k: number, from: number, to: number): number => {
  let low = from
  let high = to
  while (high - low >= SMALL) {
    const middle = (low + high) >>> 1
    if (values[middle]! < values[low]!) swap(values, middle, low)
    if (values[high]! < values[low]!) swap(values, high, low)
    if (values[high]! < values[middle]!) swap(values, high, middle)
    const pivot = values[middle]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        swap(values, i, j)
        i++
        j--
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else return values[k]!
  }
  insertionSort(values, low, high)
  return values[k]!
}

/** Moves the values that are not NaN to the front, in their order, and returns how many there are. */
export const packNumbers = (values: MutableNumbers, length: number): number => {
  let count = 0
  for (let i = 0; i < length; i++) {
    const value = values[i]!
    if (value === value) values[count++] = value
  }
  return count
}

/**
 * Median of the first `length` values, which are rearranged and may be overwritten. NaN is left out; an even count gives
 * the mean of the two middle values (numpy.nanmedian); nothing but NaN, or nothing at all, gives NaN.
 */
export const medianInPlace = (values: MutableNumbers, length: number = values.length): number => {
  const count = packNumbers(values, length)
  if (count === 0) return Number.NaN
  const half = count >>> 1
  const upper = quickSelect(values, half, 0, count - 1)
  if (count % 2 === 1) return upper
  let lower = values[0]!
  for (let i = 1; i < half; i++) if (values[i]! > lower) lower = values[i]!
  return lower / 2 + upper / 2
}

/** A copy that may be rearranged: f32 stays f32, everything else becomes f64. */
export const copyNumbers = (values: ArrayLike<number>): MutableNumbers =>
  values instanceof Float32Array ? values.slice() : Float64Array.from(values)

/** Median; the values are left as they are. Rules for NaN and even counts as in medianInPlace. */
export const median = (values: ArrayLike<number>): number => medianInPlace(copyNumbers(values), values.length)
