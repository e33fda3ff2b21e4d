import { z } from '../../core/validation'
import type { MasterRecord } from '../../core/master'
import { removeFringes } from '../../science/calibration/fringe'
import { removeGradient, type GradientSurface } from '../../science/calibration/gradient'
import type { RowRange } from './row-range'

/** What was fitted to the sky of one frame. */
export interface SkyFit {
  readonly surface: GradientSurface | null
  readonly mode: 'subtract' | 'divide'
  /** What the map of fringes is multiplied with, in the unit of the frame; null where there is none. */
  readonly fringeScale: number | null
}

/** With the map that it is of. */
export interface AppliedSky extends SkyFit {
  readonly fringe: MasterRecord | null
}

const skyFitSchema = z.strictObject({
  surface: z
    .strictObject({
      width: z.int(),
      height: z.int(),
      degree: z.int().min(0).max(10),
      coefficients: z.array(z.number()).max(66),
      scatter: z.number(),
      used: z.int(),
      rejected: z.int(),
    })
    .nullable(),
  mode: z.enum(['subtract', 'divide']),
  fringeScale: z.number().nullable(),
})

export const packSkyFit = ({ surface, ...fit }: SkyFit): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({
      ...fit,
      surface: surface === null ? null : { ...surface, coefficients: [...surface.coefficients] },
    }),
  )

export const unpackSkyFit = (bytes: Uint8Array): SkyFit => {
  const { surface, ...fit } = skyFitSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return {
    ...fit,
    surface: surface === null ? null : { ...surface, coefficients: Float64Array.from(surface.coefficients) },
  }
}

/** Pixels of rows and of the map of fringes there. */
export interface RowsOfSky extends RowRange {
  readonly fringe: { readonly data: Float32Array; readonly uncertainty?: Float32Array } | undefined
}

/** Takes the fringes and the shape of the sky off rows of a frame, in place: fringes first, as the surface was fitted with them in. */
export const applySky = (
  planes: { readonly data: Float32Array; readonly uncertainty?: Float32Array | undefined },
  { surface, mode, fringeScale }: SkyFit,
  { fringe, ...rows }: RowsOfSky,
): void => {
  if (fringe !== undefined && fringeScale !== null) {
    const uncertainty = fringe.uncertainty ?? NO_NOISE
    removeFringes(planes, { data: fringe.data, uncertainty }, fringeScale)
  }
  if (surface !== null) removeGradient(planes, surface, mode, rows)
}

/** Of a map whose noise nobody asks for. */
const NO_NOISE = new Float32Array(0)
