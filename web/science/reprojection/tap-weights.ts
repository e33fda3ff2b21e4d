import { LANCZOS_PHASES, LANCZOS_TAPS, lanczosWeights } from '../image/lanczos-weights'

/** Methods that weigh 6 x 6 pixels by a table; the cubic gives the outer ones no weight. */
export type TapMethod = 'bicubic' | 'lanczos3'

/** Places of a phase in a table: six weights and two zeros, so that a phase is two vectors. */
export const PHASE_PLACES = 8

/** Cubic convolution with a = -1/2 (Keys 1981, IEEE Trans. ASSP 29, 1153, eq. 15), exact for parabolas; also known as Catmull-Rom. */
const cubic = (x: number): number => {
  const d = Math.abs(x)
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0
}

const weigh = (method: TapMethod, phase: number, tap: number): number =>
  method === 'bicubic'
    ? cubic(tap - 2 - phase / LANCZOS_PHASES)
    : lanczosWeights()[phase * LANCZOS_TAPS + tap]!

const LEAST_WEIGHT = 1e-9

const tables = new Map<TapMethod, Float32Array>()

/**
 * Weights of the six pixels from floor(x) - 2 on, for the 4096 phases of a position within its pixel and the end of the last; single precision
 * here too, so that reference and kernels decide alike. They add to one within 1e-7.
 */
export const tapWeights = (method: TapMethod): Float32Array => {
  const known = tables.get(method)
  if (known !== undefined) return known
  const table = new Float32Array((LANCZOS_PHASES + 1) * PHASE_PLACES)
  for (let phase = 0; phase <= LANCZOS_PHASES; phase++)
    for (let tap = 0; tap < LANCZOS_TAPS; tap++) {
      const weight = weigh(method, phase, tap)
      // On a pixel its neighbours have no weight at all, so that one that is missing takes nothing with it.
      table[phase * PHASE_PLACES + tap] = Math.abs(weight) < LEAST_WEIGHT ? 0 : weight
    }
  tables.set(method, table)
  return table
}
