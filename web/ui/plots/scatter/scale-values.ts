/** Values as their place along the axis: themselves, or their decadic logarithm, which only positive ones have. */
export const scaleValues = (values: Float64Array, logarithmic: boolean): Float64Array =>
  logarithmic ? values.map((value) => (value > 0 ? Math.log10(value) : NaN)) : values

export const scaleValue = (value: number, logarithmic: boolean): number =>
  logarithmic ? (value > 0 ? Math.log10(value) : NaN) : value

export const unscaleValue = (scaled: number, logarithmic: boolean): number =>
  logarithmic ? 10 ** scaled : scaled

/** The range of all finite values with some room (a part of the span) at both ends; [0, 1] without any. */
export const coverValues = (scaled: Float64Array, room: number): readonly [number, number] => {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < scaled.length; i++) {
    const value = scaled[i] ?? NaN
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return [0, 1]
  const more = high > low ? room * (high - low) : Math.abs(high) * 0.01 || 0.5
  return [low - more, high + more]
}

export interface LeftOut {
  /** Points without a finite value. */
  readonly valueless: number
  /** Points with values, one of which is not positive on a logarithmic axis. */
  readonly notPositive: number
}

/** How many points have no place on the plot, and why. */
export const countLeftOut = (
  columns: readonly { readonly values: Float64Array; readonly logarithmic: boolean }[],
): LeftOut => {
  let [valueless, notPositive] = [0, 0]
  const count = columns[0]?.values.length ?? 0
  for (let i = 0; i < count; i++) {
    let [known, placed] = [true, true]
    for (const { values, logarithmic } of columns) {
      const value = values[i] ?? NaN
      if (!Number.isFinite(value)) known = false
      else if (logarithmic && value <= 0) placed = false
    }
    if (!known) valueless++
    else if (!placed) notPositive++
  }
  return { valueless, notPositive }
}
