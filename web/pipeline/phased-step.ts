import type { StepContext, StepOutcome } from './step'

export type PlaneType = 'f32' | 'u16' | 'u8'
export type PlaneArray = Float32Array | Uint16Array | Uint8Array

/** A stretch of the pixels of a phase, from (included) to (excluded), that one worker makes. */
export interface Part {
  readonly from: number
  readonly to: number
  /** Which of the step's things it is about, where parts are not stretches of one picture. */
  readonly item?: number
}

/** Work that can be done in parts, in any order, by several workers at once. */
export interface Phase {
  readonly index: number
  /** Translation key of what is being done. */
  readonly label: string
  /** Pixels in each plane that the phase makes. */
  readonly length: number
  readonly planes: readonly PlaneType[]
  readonly parts: readonly Part[]
}

/** Small numbers that a part gives besides its planes. */
export type PartValues = Readonly<Record<string, number>>

/** What a phase gave, part by part in the order of the phase. */
export type PhaseResult = readonly PartValues[]

/** Pixels [from, to) of every plane of a phase. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly planes: readonly PlaneArray[]
}

export interface PartJob {
  readonly phase: Phase
  readonly part: Part
  /** What the phases before gave. */
  readonly done: readonly PhaseResult[]
}

/**
 * A step whose pixels several workers make together. Like every step it can be killed and run again with the same result:
 * a part depends on nothing but its input and the results of the phases before.
 */
export interface PhasedStep<Input = unknown> {
  readonly name: string
  load(context: StepContext): Promise<Input | StepOutcome>
  /** What is to be done after these phases; null when all is done. */
  planPhase(input: Input, done: readonly PhaseResult[], context: StepContext): Phase | null
  /** Fills the lent planes, each to - from pixels long. */
  computePart(
    input: Input,
    job: PartJob,
    planes: readonly PlaneArray[],
    context: StepContext,
  ): Promise<PartValues>
  /** Stores what a phase made before its planes are let go. `done` ends with this phase's result. */
  keepPhase(
    input: Input,
    made: { readonly phase: Phase; readonly pieces: readonly Piece[]; readonly done: readonly PhaseResult[] },
    context: StepContext,
  ): Promise<void>
  save(input: Input, done: readonly PhaseResult[], context: StepContext): Promise<StepOutcome>
}

export const PLANE_BYTES: Record<PlaneType, number> = { f32: 4, u16: 2, u8: 1 }

type PlaneConstructor = new (buffer: ArrayBufferLike, offset: number, length: number) => PlaneArray

const PLANE_ARRAYS: Record<PlaneType, PlaneConstructor> = {
  f32: Float32Array,
  u16: Uint16Array,
  u8: Uint8Array,
}

export const createPlane = (
  type: PlaneType,
  length: number,
  buffer: ArrayBufferLike = new ArrayBuffer(length * PLANE_BYTES[type]),
): PlaneArray => new PLANE_ARRAYS[type](buffer, 0, length)
