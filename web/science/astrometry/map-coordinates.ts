/** Two coordinates of many places: x and y in pixels, or longitude and latitude in degrees. */
export interface Coordinates {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Writes two values into `out` (of 6 places, the others for its own use), or returns false where there is no answer. */
export type CoordinateStep = (first: number, second: number, out: Float64Array) => boolean

/**
 * Takes many places through a step, without allocating for any of them; those without an answer become NaN. `into` has the length of `from`
 * and may be the same arrays. Returns how many have no answer.
 */
export const mapCoordinates = (step: CoordinateStep, from: Coordinates, into: Coordinates): number => {
  const out = new Float64Array(6)
  let lost = 0
  for (let k = 0; k < from.first.length; k++) {
    const found = step(from.first[k]!, from.second[k]!, out)
    into.first[k] = found ? out[0]! : Number.NaN
    into.second[k] = found ? out[1]! : Number.NaN
    if (!found) lost++
  }
  return lost
}
