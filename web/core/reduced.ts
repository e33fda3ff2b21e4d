import type { CellPlace, ColourChannel } from './colour-channel'
import type { RawCorrection } from './raw-correction'
import { affineMap, type PixelMap } from './pixel-map'
import type { SkyGrid } from './sky-grid'
import type { Transform } from './transform'

/** Why a light got this master, or none, as a code with values that the page turns into words. */
export interface MasterChoice {
  readonly kind: 'bias' | 'dark' | 'flat' | 'bad-pixels' | 'fringe'
  /** The master that was taken; null when the light goes without. */
  readonly master: string | null
  readonly reason:
    | 'exact'
    | 'scaled-by-exposure'
    | 'closest-in-time'
    | 'chosen-by-person'
    | 'none-taken'
    | 'none-fits'
    | 'already-subtracted'
    | 'switched-off'
  /** Numbers behind the reason: days apart, exposures, filter, how many were passed over and why. */
  readonly values: Readonly<Record<string, string | number | null>>
}

/** How cosmic rays were looked for (L.A.Cosmic); electrons and ADU. */
export interface CosmicRayRecipe {
  readonly sigclip: number
  readonly sigfrac: number
  readonly objlim: number
  readonly iterations: number
  readonly gain: number
  readonly readNoise: number
  /** ADU; null where it is not known. */
  readonly saturation: number | null
}

export const BAD_PIXEL_TREATMENTS = ['mask', 'interpolate'] as const
export type BadPixelTreatment = (typeof BAD_PIXEL_TREATMENTS)[number]

export interface BadPixelRecipe {
  readonly map: string
  readonly how: BadPixelTreatment
  /** Key of the stored pixels that stand in place of bad ones; absent where they are masked. */
  readonly patch?: string
}

export const GRADIENT_MODES = ['subtract', 'divide'] as const

export interface SkyRecipe {
  /** A polynomial surface in x and y of so high a degree; null leaves the shape of the sky alone. */
  readonly gradient: { readonly degree: number; readonly mode: (typeof GRADIENT_MODES)[number] } | null
  /** A map of fringes; null leaves them alone. */
  readonly fringe: string | null
  /** Key of the stored fit. */
  readonly fit: string
}

export interface CalibrationRecipe {
  readonly bias: string | null
  readonly dark: string | null
  readonly flat: string | null
  /** Factor on the dark: light exposure / dark exposure when scaled, else 1. */
  readonly darkFactor: number
  /** ADU that are taken off every pixel first, where no bias or dark frame takes the pedestal with it; absent: 0. */
  readonly pedestal?: number
  // What follows is absent from records of older versions, where nothing of it was done.
  readonly raw?: RawCorrection | null
  /** A map of bad pixels and what is done to them: they have no value, or that of a line between their neighbours. */
  readonly badPixels?: BadPixelRecipe | null
  /** The large-scale shape of the sky and the fringes, which are fitted to each frame and taken off. */
  readonly sky?: SkyRecipe | null
  /** Electrons per ADU that the pixels are multiplied with; null keeps ADU. */
  readonly gain?: number | null
  /** Pixels of one colour alone, one for each cell of the colour mask. */
  readonly channel?: { readonly name: ColourChannel; readonly places: readonly CellPlace[] } | null
  /** Null or absent: cosmic rays were left alone. */
  readonly cosmicRays?: CosmicRayRecipe | null
  /** Key of the stored pixels that stand in place of cosmic rays. */
  readonly patch?: string | null
}

export interface Registration {
  readonly reference: string
  /** Maps pixel positions on the reference frame to positions on this frame. */
  readonly transform: Transform
  readonly dx: number
  readonly dy: number
  /** Degrees, counter-clockwise as x turns towards y. */
  readonly rotation: number
  readonly scale: number
  readonly flipped: boolean
  /** Stars that agree. */
  readonly matched: number
  /** Pixels, of the agreeing stars; where frames were laid on the sky, by how far the transform is from that on the average. */
  readonly rms: number
  /** By the stars of the frames unless said. */
  readonly method?: 'stars' | 'wcs'
  /** Where a transform is not enough: leads from pixels of the grid to positions on this frame. */
  readonly map?: PixelMap
  /** The way back, from pixels of this frame to positions on the grid; where it is needed for drizzling. */
  readonly inverse?: PixelMap
  /** The grid, where it is not that of the reference. */
  readonly grid?: SkyGrid
}

/** Leads from pixels of the grid to positions on the frame. */
export const mapOf = ({ map, transform }: Pick<Registration, 'map' | 'transform'>): PixelMap =>
  map ?? affineMap(transform)

/**
 * A reduced frame is a recipe, not a copy: its pixels are made when somebody looks.
 * A calibrated frame keeps the original's pixel grid; a registered one is resampled to the reference's grid when it is
 * shown or exported, while photometry measures on the calibrated pixels at transformed positions, so that no flux is interpolated.
 */
export interface ReducedRecord {
  readonly id: string
  readonly stage: 'calibrated' | 'registered'
  readonly exposure: string
  readonly name: string
  readonly order: string
  readonly calibration: CalibrationRecipe
  readonly choices: readonly MasterChoice[]
  readonly registration: Registration | null
  readonly width: number
  readonly height: number
  readonly unit: 'adu' | 'electron'
  readonly inputs: readonly string[]
  readonly flags: readonly string[]
  readonly createdAt: number
}

/** Keys of what is stored for the pixels of a calibrated frame besides its recipe, by what it is. */
export const listKeptBytes = ({
  patch,
  badPixels,
  sky,
}: Pick<CalibrationRecipe, 'patch' | 'badPixels' | 'sky'>): {
  readonly what: string
  readonly id: string
}[] =>
  [
    { what: 'patch', id: patch },
    { what: 'fixed', id: badPixels?.patch },
    { what: 'sky', id: sky?.fit },
  ].flatMap(({ what, id }) => (id == null ? [] : [{ what, id }]))

/** Electrons that make one unit of a calibrated pixel, and the noise of its reading in electrons: a pixel that is the mean of two holds twice as many. */
export const detectorOf = (
  { gain, channel }: Pick<CalibrationRecipe, 'gain' | 'channel'>,
  facts: { readonly gain: number | null; readonly readNoise: number | null },
): { readonly gain: number | null; readonly readNoise: number | null } => {
  const pixels = channel?.places.length ?? 1
  const perUnit = gain == null ? facts.gain : 1
  return {
    gain: perUnit === null ? null : perUnit * pixels,
    readNoise: facts.readNoise === null ? null : facts.readNoise * Math.sqrt(pixels),
  }
}

/** Where a calibrated frame lies on its original: position on the original = step * position + (left, top), both of pixel centres from 0. */
export const placeOnOriginal = ({
  raw,
  channel,
}: Pick<CalibrationRecipe, 'raw' | 'channel'>): {
  readonly step: number
  readonly left: number
  readonly top: number
} => {
  const step = channel == null ? 1 : 2
  // The middle of a cell of two by two lies half a pixel from the middle of its first pixel.
  const inner = (step - 1) / 2
  return { step, left: (raw?.trim?.x[0] ?? 0) + inner, top: (raw?.trim?.y[0] ?? 0) + inner }
}

/** The same as a map from positions on the calibrated frame to positions on its original. */
export const mapToOriginal = (calibration: Pick<CalibrationRecipe, 'raw' | 'channel'>): Transform => {
  const { step, left, top } = placeOnOriginal(calibration)
  return { a: step, b: 0, c: left, d: 0, e: step, f: top }
}
