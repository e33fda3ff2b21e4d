/** Pixels in each direction that a value is made of. */
export const LANCZOS_TAPS = 6
const HALF = 3
/** Weights are looked up for this many positions within a pixel; the nearest is off by 1/8192 pixel at most. */
export const LANCZOS_PHASES = 4096

const lanczos = (x: number): number => {
  if (x === 0) return 1
  if (Math.abs(x) >= HALF) return 0
  const angle = Math.PI * x
  return (HALF * Math.sin(angle) * Math.sin(angle / HALF)) / (angle * angle)
}

/** For each phase six weights that add to one: without that a constant picture would ripple by 1 %. */
const makeWeights = (): Float64Array => {
  const table = new Float64Array((LANCZOS_PHASES + 1) * LANCZOS_TAPS)
  for (let phase = 0; phase <= LANCZOS_PHASES; phase++) {
    const first = phase * LANCZOS_TAPS
    let sum = 0
    for (let tap = 0; tap < LANCZOS_TAPS; tap++)
      sum += table[first + tap] = lanczos(tap - 2 - phase / LANCZOS_PHASES)
    for (let tap = 0; tap < LANCZOS_TAPS; tap++) table[first + tap]! /= sum
  }
  return table
}

let weights: Float64Array | null = null

/** Weights of phase p at [6 p, 6 p + 6), p from 0 to LANCZOS_PHASES. */
export const lanczosWeights = (): Float64Array => (weights ??= makeWeights())
