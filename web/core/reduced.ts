import type { Transform } from './transform'

/** Why a light got this master, or none, as a code with values that the page turns into words. */
export interface MasterChoice {
  readonly kind: 'bias' | 'dark' | 'flat'
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

export interface CalibrationRecipe {
  readonly bias: string | null
  readonly dark: string | null
  readonly flat: string | null
  /** Factor on the dark: light exposure / dark exposure when scaled, else 1. */
  readonly darkFactor: number
  /** ADU that are taken off every pixel first, where no bias or dark frame takes the pedestal with it; absent: 0. */
  readonly pedestal?: number
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
  /** Pixels, of the agreeing stars. */
  readonly rms: number
}

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
  readonly unit: 'adu'
  readonly inputs: readonly string[]
  readonly flags: readonly string[]
  readonly createdAt: number
}
