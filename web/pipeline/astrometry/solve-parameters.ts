import { z } from '../../core/validation'
import type { SkyPlace } from './list-hints'
import { BUNDLED_CATALOGUE } from './reference-supply'
import type { SolveOptions } from './solve-exposure'

const placeSchema = z.strictObject({ ra: z.number().min(0).max(360), dec: z.number().min(-90).max(90) })
const scaleSchema = z.number().min(0.001).max(3600)

/** What an order says of where its frames are. */
export const solveShape = {
  /** Degrees, ICRS, or the name of an object. */
  center: z.union([placeSchema, z.string().min(1).max(200)]).optional(),
  /** Arcseconds a pixel of the original: one number, good to a tenth, or least and most. */
  scale: z
    .union([
      scaleSchema,
      z.tuple([scaleSchema, scaleSchema]).refine(([least, most]) => least <= most, 'the smaller one first'),
    ])
    .optional(),
  catalog: z.string().min(1).max(200).default(BUNDLED_CATALOGUE),
  /** Highest order of distortion: 0 and 1 are TAN alone; as far as the stars support it when left out. */
  sipOrder: z.int().min(0).max(5).optional(),
  /** Millimetres, and micrometres of a pixel as it is stored, binning included. */
  focalLength: z.number().min(1).max(1e6).optional(),
  pixelSize: z.number().min(0.1).max(1000).optional(),
  /** True: over the whole sky at once; false: never. Left out: when nothing else has helped. */
  blind: z.boolean().optional(),
  /** Julian year of the positions; that of each frame when left out. */
  epoch: z.number().min(1800).max(2200).optional(),
}

interface SolveParameters {
  readonly center?: { readonly ra: number; readonly dec: number } | string | undefined
  readonly radius: number | 'best'
  readonly scale?: number | [number, number] | undefined
  readonly catalog: string
  readonly sipOrder?: number | undefined
  readonly focalLength?: number | undefined
  readonly pixelSize?: number | undefined
  readonly blind?: boolean | undefined
  readonly epoch?: number | undefined
}

const toPlace = ({ ra, dec }: { readonly ra: number; readonly dec: number }): SkyPlace => ({
  rightAscension: ra % 360,
  declination: dec,
})

/** The parameters as steps have them: plain data, everything left out being null. */
export const readSolveOptions = (parameters: SolveParameters): SolveOptions => ({
  said: {
    center:
      parameters.center === undefined
        ? null
        : typeof parameters.center === 'string'
          ? parameters.center
          : toPlace(parameters.center),
    radius: parameters.radius === 'best' ? null : parameters.radius,
    scale: parameters.scale ?? null,
    focalLength: parameters.focalLength ?? null,
    pixelSize: parameters.pixelSize ?? null,
    blind: parameters.blind ?? null,
  },
  catalogue: parameters.catalog,
  sipOrder: parameters.sipOrder ?? null,
  epoch: parameters.epoch ?? null,
})
