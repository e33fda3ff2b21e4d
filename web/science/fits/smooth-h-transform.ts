interface LevelSize {
  readonly rows: number
  readonly columns: number
}

/** A change of a difference towards `wish` / `unit`, whole, and by no more than `most`, which is what rounding may have taken from it. */
const change = (wish: number, difference: number, unit: number, most: number): number =>
  Math.max(-most, Math.min(most, Math.trunc((wish - unit * difference) / unit)))

/**
 * The slope that the sums before and after suggest, eight times the difference across a sum, held between the slopes to either
 * side; null where they say that this is a peak, a pit or flat.
 */
const slopeOf = (before: number, here: number, after: number): number | null => {
  const [rise, fall] = [after - here, here - before]
  const most = 4 * Math.max(0, Math.min(rise, fall))
  const least = 4 * Math.min(0, Math.max(rise, fall))
  return least < most ? Math.max(least, Math.min(most, after - before)) : null
}

/**
 * Smooths the differences of a level, so that steps of the coarse scale do not show as blocks (White, Postman and Lattanzi 1992):
 * each difference is moved towards what the sums around it suggest, by at most half the scale. Sums at the edges keep theirs.
 */
export const smoothCoefficients = (
  data: Float64Array,
  stride: number,
  { rows, columns }: LevelSize,
  scale: number,
): void => {
  const most = Math.floor(scale / 2)
  if (most <= 0) return
  const [down, across] = [(rows + 1) >> 1, (columns + 1) >> 1]
  const below = down * stride
  // Places of sums with another on both sides: the last one of an even number of rows counts as an edge, as it does of an odd one.
  const lastRow = (rows - 1) >> 1
  const lastColumn = (columns - 1) >> 1

  for (let y = 1; y < lastRow; y++) {
    for (let x = 0; x < across; x++) {
      const place = y * stride + x
      const slope = slopeOf(data[place - stride]!, data[place]!, data[place + stride]!)
      if (slope !== null) data[place + below]! += change(slope, data[place + below]!, 8, most)
    }
  }
  for (let y = 0; y < down; y++) {
    for (let x = 1; x < lastColumn; x++) {
      const place = y * stride + x
      const slope = slopeOf(data[place - 1]!, data[place]!, data[place + 1]!)
      if (slope !== null) data[place + across]! += change(slope, data[place + across]!, 8, most)
    }
  }
  for (let y = 1; y < lastRow; y++) {
    for (let x = 1; x < lastColumn; x++) {
      const place = y * stride + x
      const twist = twistOf(data, stride, place, data[place + below]!, data[place + across]!)
      const both = place + below + across
      if (twist !== null) data[both]! += change(twist, data[both]!, 64, most)
    }
  }
}

/** The same for the difference of both directions, 64 times of it, from the four sums at the corners and the slopes at hand. */
const twistOf = (
  data: Float64Array,
  stride: number,
  place: number,
  dy: number,
  dx: number,
): number | null => {
  const here = data[place]!
  const [before, after] = [place - stride, place + stride]
  // To the corners: up-left, up-right, down-left, down-right, each as a fall or a rise away from the first corner.
  const [fromUpLeft, fromUpRight] = [here - data[before - 1]!, here - data[before + 1]!]
  const [toDownLeft, toDownRight] = [data[after - 1]! - here, data[after + 1]! - here]
  const wish = fromUpRight - fromUpLeft + (toDownRight - toDownLeft)
  const [sum, apart] = [2 * dy + 2 * dx, 2 * dy - 2 * dx]
  const limit = (inner: typeof Math.min, outer: typeof Math.max): number =>
    inner(
      outer(toDownRight, 0) - sum,
      outer(-toDownLeft, 0) + apart,
      outer(fromUpRight, 0) - apart,
      outer(-fromUpLeft, 0) + sum,
    )
  const most = 16 * limit(Math.min, Math.max)
  const least = 16 * limit(Math.max, Math.min)
  return least < most ? Math.max(least, Math.min(most, wish)) : null
}
