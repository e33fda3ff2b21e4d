import type { PerChannel } from './colour-picture'
import type { Transform } from './transform'

/** How brightness follows light. 'lupton' keeps the colours of faint and bright things alike. */
export const COMPOSITE_CURVES = ['lupton', 'linear', 'sqrt', 'log'] as const
export type CompositeCurve = (typeof COMPOSITE_CURVES)[number]

/** All pixels of a frame, or one colour of a frame that was taken through a mosaic of filters. */
export const COMPOSITE_PARTS = ['whole', 'red', 'green', 'blue'] as const
export type CompositePart = (typeof COMPOSITE_PARTS)[number]

/** Frames of one picture at most: what a graphics card draws from at once everywhere, with room to spare. */
export const MOST_COMPOSITE_INPUTS = 6

/** What a composite is made of: pixels of a frame, and where they lie. */
export interface CompositeInput {
  /** Id of an exposure, a calibrated or registered frame, or a stack. */
  readonly frame: string
  readonly part: CompositePart
}

/** How one input is drawn. */
export interface InputLook {
  /** Level that is taken off, in the unit of the frame. */
  readonly minimum: number
  /** What the rest is multiplied with, so that white things come out white. */
  readonly gain: number
  /** How much of it goes into red, green and blue, 0 to 1; each of them is the mean of what goes into it, by these weights. */
  readonly colour: PerChannel<number>
}

/** All that is chosen about a composite; the same numbers give the same picture. */
export interface CompositeLook {
  readonly inputs: readonly InputLook[]
  /** Index of an input whose brightness the picture has instead of that of its colours; null for none. */
  readonly luminance: number | null
  readonly curve: CompositeCurve
  /** Of 'lupton' the width of its linear part, of the others the level that is drawn white; above the minimum, in the unit of the pixels, > 0. */
  readonly stretch: number
  /** Softening of 'lupton': from how far above the noise on brightness grows with the logarithm of light; 0 and more. */
  readonly q: number
  /** Factor on the strength of colours: 0 is grey, 1 what the frames say. */
  readonly saturation: number
  /** Colours of what is fainter than this above the minimum fade, so that the noise of the sky has none; 0 leaves them alone. */
  readonly neutral: number
}

/** Why the colours are balanced as they are. */
export const COMPOSITE_BALANCES = ['none', 'stars', 'catalogue', 'given'] as const
export type CompositeBalance = (typeof COMPOSITE_BALANCES)[number]

/** How the stars of the field were made white, and how well that is known. */
export interface BalanceFit {
  /** 'catalogue': a star with the colour of the sun is white; 'stars': the star in the middle of those of the field is. */
  readonly method: 'stars' | 'catalogue'
  /** Stars that were measured on all inputs, and those that the fit believes. */
  readonly measured: number
  readonly used: number
  /** Of each input; of the reference 1 with error 0. */
  readonly gains: readonly number[]
  readonly errors: readonly number[]
}

/** Where the inputs lie against each other, and what they are like. Of each input one element. */
export interface CompositeMeasures {
  /** Positions on the picture's grid to positions on the input; null where it is the same. */
  readonly transforms: readonly (Transform | null)[]
  readonly alignment: readonly ('same' | 'stars' | 'wcs')[]
  /** Stars that agree, and by how much, pixels; null where nothing had to be matched. */
  readonly matched: readonly (number | null)[]
  readonly rms: readonly (number | null)[]
  /** Most frequent level of the pixels, and one sigma of them about it, in their unit. */
  readonly sky: readonly number[]
  readonly noise: readonly number[]
  /** Level that one pixel in 400 is above: where stars are drawn white by default. */
  readonly bright: readonly number[]
  readonly fit: BalanceFit | null
}

/** What is said about a frame in the picture. */
export interface CompositeLabel {
  readonly name: string
  readonly filter: string | null
  /** Seconds. */
  readonly exposure: number | null
}

/** A picture in colour from several frames: a recipe. Its pixels are made when somebody looks. */
export interface CompositeRecord {
  readonly id: string
  readonly name: string
  readonly order: string
  readonly sources: readonly CompositeInput[]
  readonly labels: readonly CompositeLabel[]
  readonly measures: CompositeMeasures
  readonly look: CompositeLook
  readonly balance: CompositeBalance
  /** Every id that it depends on. */
  readonly inputs: readonly string[]
  readonly width: number
  readonly height: number
  readonly object: string | null
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly dateObs: string | null
  readonly flags: readonly string[]
  readonly createdAt: number
}
