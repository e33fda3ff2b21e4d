/** Values as their place along the axis: themselves, or their decadic logarithm, which only positive ones have. */
export const scaleValues = (values: Float64Array, logarithmic: boolean): Float64Array =>
  logarithmic ? values.map((value) => (value > 0 ? Math.log10(value) : NaN)) : values

export const scaleValue = (value: number, logarithmic: boolean): number =>
  logarithmic ? (value > 0 ? Math.log10(value) : NaN) : value

export const unscaleValue = (scaled: number, logarithmic: boolean): number =>
  logarithmic ? 10 ** scaled : scaled

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
