/** Values above a threshold; one that is not a number is none. */
export const countAbove = (values: ArrayLike<number>, threshold: number): number => {
  let count = 0
  for (let pixel = 0; pixel < values.length; pixel++) if (values[pixel]! > threshold) count++
  return count
}

/** Values below a threshold; one that is not a number is none. */
export const countBelow = (values: ArrayLike<number>, threshold: number): number => {
  let count = 0
  for (let pixel = 0; pixel < values.length; pixel++) if (values[pixel]! < threshold) count++
  return count
}
