/** Digits behind the point that an error is worth: two of its own where it begins with 1 or 2, else one. */
const decimalsOf = (error: number): number => {
  const power = Math.floor(Math.log10(error))
  const lead = error / 10 ** power
  // What rounds up to 10 or 3 is worth no more than that.
  return Math.max(0, Math.min(12, -power + (lead < 2.95 ? 1 : 0)))
}

/** A number with its error, both to the digit that the error is worth: 1.944 ± 0.005. Without an error to five digits. */
export const formatMeasured = (
  { value, error }: { readonly value: number; readonly error: number },
  language: string,
): string => {
  if (!Number.isFinite(value)) return '–'
  if (!(error > 0) || !Number.isFinite(error))
    return value.toLocaleString(language, { maximumSignificantDigits: 5 })
  const digits = decimalsOf(error)
  const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return `${value.toLocaleString(language, fixed)} ± ${error.toLocaleString(language, fixed)}`
}
