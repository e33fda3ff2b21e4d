/** Rows of an image, top to bottom in memory. */
export interface RowsToReduce {
  readonly width: number
  readonly data: Float32Array
}

/** Mean of the finite ones of a block that has others too; NaN where there is none. */
const meanOfFinite = (
  { width, data }: RowsToReduce,
  block: { left: number; right: number; top: number; bottom: number },
): number => {
  let sum = 0
  let count = 0
  for (let y = block.top; y < block.bottom; y++) {
    for (let x = block.left; x < block.right; x++) {
      const value = data[y * width + x]!
      if (value - value !== 0) continue
      sum += value
      count++
    }
  }
  return sum / count
}

/**
 * Means blocks of `step` by `step` pixels, as a viewer shows a picture that is too large for its screen. Blocks at the right and
 * last edges are what is left. A value that is not finite takes no part; NaN where a block has no other.
 */
export const reduceRows = (rows: RowsToReduce, step: number): Float32Array => {
  const { width, data } = rows
  const height = data.length / width
  const columns = Math.ceil(width / step)
  const whole = Math.floor(width / step)
  const reduced = new Float32Array(columns * Math.ceil(height / step))
  const sums = new Float64Array(columns)
  for (let top = 0, out = 0; top < height; top += step, out += columns) {
    const bottom = Math.min(height, top + step)
    sums.fill(0)
    for (let y = top; y < bottom; y++) {
      let at = y * width
      for (let column = 0; column < whole; column++) {
        let sum = 0
        for (let x = 0; x < step; x++) sum += data[at++]!
        sums[column]! += sum
      }
      for (let x = whole * step; x < width; x++) sums[whole]! += data[at++]!
    }
    for (let column = 0; column < columns; column++) {
      const left = column * step
      const right = Math.min(width, left + step)
      const mean = sums[column]! / ((right - left) * (bottom - top))
      reduced[out + column] = mean - mean === 0 ? mean : meanOfFinite(rows, { left, right, top, bottom })
    }
  }
  return reduced
}
