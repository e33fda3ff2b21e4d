const MOST_STEPS = 100

/**
 * Where a function that rises over [low, high] takes a value: Newton's method, and halving wherever a step would leave the bracket that it
 * has. It ends when a step or the bracket is a rounding error of the argument, after some six steps. A value outside the function's range
 * gives the nearer end.
 */
export const invertRising = (
  value: (argument: number) => number,
  slope: (argument: number) => number,
  target: number,
  [low, high]: readonly [number, number],
): number => {
  let [from, to] = [low, high]
  if (value(from) >= target) return from
  if (value(to) <= target) return to
  let at = (from + to) / 2
  for (let step = 0; step < MOST_STEPS; step++) {
    const miss = value(at) - target
    if (miss === 0) return at
    if (miss > 0) to = at
    else from = at
    const newton = at - miss / slope(at)
    const next = newton > from && newton < to ? newton : (from + to) / 2
    const small = 2e-16 * Math.max(Math.abs(next), 1e-3)
    if (Math.abs(next - at) <= small || to - from <= small) return next
    at = next
  }
  return at
}
