import type { Pen, Stroke } from './pen'

const SPREAD = 0.42

/** An arrow with a head of two lines, no longer than a third of it. */
export const paintArrow = (
  pen: Pen,
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: Stroke,
  head = 7,
): void => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  pen.line([from[0], from[1], to[0], to[1]], stroke)
  if (length < 1e-6) return
  const size = Math.min(head, length / 3)
  const angle = Math.atan2(dy, dx)
  const wing = (by: number): [number, number] => [
    to[0] - size * Math.cos(angle + by),
    to[1] - size * Math.sin(angle + by),
  ]
  pen.line([...wing(SPREAD), to[0], to[1], ...wing(-SPREAD)], stroke)
}
