/** @param {readonly number[]} values */
const sorted = (values) => [...values].sort((a, b) => a - b)

/**
 * @param {readonly number[]} values
 * @returns {number} the mean of the two middle ones where their number is even; NaN of none
 */
export const median = (values) => {
  const order = sorted(values)
  const middle = order.length >> 1
  if (order.length === 0) return NaN
  const upper = order[middle] ?? NaN
  return order.length % 2 === 1 ? upper : ((order[middle - 1] ?? NaN) + upper) / 2
}

/**
 * @param {readonly number[]} values
 * @param {number} share 0 to 1
 */
export const quantile = (values, share) => {
  const order = sorted(values)
  return order[Math.min(order.length - 1, Math.max(0, Math.ceil(share * order.length) - 1))] ?? NaN
}

/**
 * Measured times, in words of a table.
 * @typedef {{ median: number, min: number, max: number, runs: number }} Spread seconds
 * @param {readonly number[]} values
 * @returns {Spread | null}
 */
export const spreadOf = (values) =>
  values.length === 0
    ? null
    : {
        median: median(values),
        min: Math.min(...values),
        max: Math.max(...values),
        runs: values.length,
      }
