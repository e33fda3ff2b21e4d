/**
 * Stars of an asterism in a frame of its own: A and B are the two that lie farthest apart, A at 0 and B at 1 in the complex plane, and
 * where the others lie there stays the same when the picture is moved, turned and scaled (Lang et al. 2010, AJ 139, 1782, sec. 2.1).
 * Codes are (re C, im C) for three stars and (re C, im C, re D, im D) for four.
 */
export type AsterismOrder = 3 | 4

export const codeLength = (order: AsterismOrder): number => 2 * (order - 2)

/** Working room for one asterism: the order of its stars (A, B, C, D), their code, and the length of AB. */
export interface AsterismRoom {
  readonly stars: Int32Array
  readonly code: Float64Array
  length: number
}

export const createAsterismRoom = (): AsterismRoom => ({
  stars: new Int32Array(4),
  code: new Float64Array(4),
  length: 0,
})

/** Puts the code of the stars with A and B at these places (of 0 to order - 1) into the room; C and D are the others in their order. */
export const writeCode = (
  room: AsterismRoom,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  order: AsterismOrder,
): void => {
  const { stars, code } = room
  const [a, b] = [stars[0]!, stars[1]!]
  const dx = x[b]! - x[a]!
  const dy = y[b]! - y[a]!
  const square = dx * dx + dy * dy
  for (let i = 2; i < order; i++) {
    const px = x[stars[i]!]! - x[a]!
    const py = y[stars[i]!]! - y[a]!
    code[2 * i - 4] = (px * dx + py * dy) / square
    code[2 * i - 3] = (py * dx - px * dy) / square
  }
  room.length = Math.sqrt(square)
}

/** The other way round: A and B change places, and every z becomes 1 - z. */
const flip = (room: AsterismRoom, order: AsterismOrder): void => {
  const { stars, code } = room
  const a = stars[0]!
  stars[0] = stars[1]!
  stars[1] = a
  for (let i = 0; i < codeLength(order); i += 2) {
    code[i] = 1 - code[i]!
    code[i + 1] = -code[i + 1]!
  }
}

export const swapLast = (room: AsterismRoom): void => {
  const { stars, code } = room
  const c = stars[2]!
  stars[2] = stars[3]!
  stars[3] = c
  for (let i = 0; i < 2; i++) {
    const part = code[i]!
    code[i] = code[i + 2]!
    code[i + 2] = part
  }
}

/** Points with the squares of their distances, point i from point j at i * stride + j. */
export interface PointPairs {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly squares: Float64Array
  readonly stride: number
}

/** Fills in the distances of the first `count` points. */
export const measurePairs = ({ x, y, squares, stride }: PointPairs, count: number): void => {
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const square = (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2
      squares[i * stride + j] = square
      squares[j * stride + i] = square
    }
  }
}

/**
 * The one code of some stars: of both ends of the longest side that is A whose side the others lie nearer to on average
 * (re C + re D <= 1, re C <= 1/2), and re C <= re D. False, and nothing is written, where the longest side is not within the limits.
 * @param room in `stars` has the places of the stars among the points; they are put in order
 */
export const writeCanonicalCode = (
  room: AsterismRoom,
  points: PointPairs,
  order: AsterismOrder,
  limits: { readonly shortest: number; readonly longest: number },
): boolean => {
  const { stars, code } = room
  const { squares, stride } = points
  let first = 0
  let second = 1
  let longest = -1
  for (let i = 0; i < order; i++) {
    const row = stars[i]! * stride
    for (let j = i + 1; j < order; j++) {
      const square = squares[row + stars[j]!]!
      if (square <= longest) continue
      first = i
      second = j
      longest = square
    }
  }
  if (longest < limits.shortest ** 2 || longest > limits.longest ** 2) return false
  if (order === 3) {
    const third = stars[3 - first - second]!
    const [a, b] = [stars[first]!, stars[second]!]
    // A is the end that the third star is nearer to.
    const turned = squares[third * stride + a]! > squares[third * stride + b]!
    stars[0] = turned ? b : a
    stars[1] = turned ? a : b
    stars[2] = third
    writeCode(room, points.x, points.y, order)
    return true
  }
  placeEnds(stars, first, second)
  writeCode(room, points.x, points.y, order)
  if (code[0]! + code[2]! > 1) flip(room, order)
  if (code[0]! > code[2]!) swapLast(room)
  return true
}

/** Brings the stars at two places to the front, the first before the second. */
export const placeEnds = (stars: Int32Array, first: number, second: number): void => {
  const a = stars[first]!
  const b = stars[second]!
  let at = stars.length - 1
  // From the back, so that nothing is overwritten before it is moved.
  for (let i = stars.length - 1; i >= 0; i--) if (i !== first && i !== second) stars[at--] = stars[i]!
  stars[0] = a
  stars[1] = b
}
