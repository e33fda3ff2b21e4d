import { AsterismError } from '../core/errors'
import { throwIfAborted } from '../core/task'
import {
  createPlane,
  type PartValues,
  type Phase,
  type PhasedStep,
  type PhaseResult,
  type Piece,
  type PlaneArray,
} from './phased-step'
import { isOutcome, type StepContext, type StepOutcome } from './step'

/** A step has ended with an outcome, or its next phase is to be done: one of the two is not null. */
export interface StepAdvance {
  readonly outcome: StepOutcome | null
  readonly phase: Phase | null
}

/** Inputs are loaded once in each worker and kept for the parts of a step; a run after a failure loads anew. */
const INPUTS_KEPT = 4
const inputs = new Map<string, Promise<unknown>>()

const loadInput = <Input>(
  definition: PhasedStep<Input>,
  context: StepContext,
): Promise<Input | StepOutcome> => {
  const key = `${context.step.id}#${context.step.attempts}`
  const known = inputs.get(key)
  const loading = known ?? definition.load(context)
  inputs.delete(key)
  inputs.set(key, loading)
  loading.catch(() => inputs.delete(key))
  for (const oldest of inputs.keys()) {
    if (inputs.size <= INPUTS_KEPT) break
    inputs.delete(oldest)
  }
  return loading as Promise<Input | StepOutcome>
}

const requireInput = async <Input>(definition: PhasedStep<Input>, context: StepContext): Promise<Input> => {
  const input = await loadInput(definition, context)
  if (isOutcome(input))
    throw new AsterismError('not-found', 'What this step works on was removed in the meantime.', {
      step: context.step.id,
    })
  return input
}

const proceed = async <Input>(
  definition: PhasedStep<Input>,
  input: Input,
  done: readonly PhaseResult[],
  context: StepContext,
): Promise<StepAdvance> => {
  throwIfAborted(context.task)
  const phase = definition.planPhase(input, done, context)
  if (phase !== null) return { phase, outcome: null }
  const outcome = await definition.save(input, done, context)
  inputs.delete(`${context.step.id}#${context.step.attempts}`)
  return { phase: null, outcome }
}

/** Loads what the step needs and says what is to be done first. */
export const startPhases = async <Input>(
  definition: PhasedStep<Input>,
  context: StepContext,
): Promise<StepAdvance> => {
  inputs.delete(`${context.step.id}#${context.step.attempts}`)
  const input = await loadInput(definition, context)
  return isOutcome(input) ? { phase: null, outcome: input } : proceed(definition, input, [], context)
}

export interface PartRequest {
  readonly phase: Phase
  /** Index of the part in the phase. */
  readonly part: number
  readonly done: readonly PhaseResult[]
  /** The whole planes of the phase in shared memory; null where threads share none and the part's own planes are sent. */
  readonly shared: readonly SharedArrayBuffer[] | null
}

export interface PartReply {
  readonly values: PartValues
  /** Null when they were written to shared memory. */
  readonly planes: readonly PlaneArray[] | null
}

export const runPart = async <Input>(
  definition: PhasedStep<Input>,
  { phase, part: index, done, shared }: PartRequest,
  context: StepContext,
): Promise<PartReply> => {
  throwIfAborted(context.task)
  const part = phase.parts[index]
  if (part === undefined) throw new AsterismError('unexpected', `There is no part ${index}.`)
  const input = await requireInput(definition, context)
  const planes = phase.planes.map((type, plane) =>
    shared === null
      ? createPlane(type, part.to - part.from)
      : createPlane(type, phase.length, shared[plane]).subarray(part.from, part.to),
  )
  const values = await definition.computePart(input, { phase, part, done }, planes, context)
  return { values, planes: shared === null ? planes : null }
}

export interface PhaseEnd {
  readonly phase: Phase
  readonly pieces: readonly Piece[]
  /** Of all phases, this one last. */
  readonly done: readonly PhaseResult[]
}

/** Keeps what a phase made and says what comes next. */
export const endPhase = async <Input>(
  definition: PhasedStep<Input>,
  { phase, pieces, done }: PhaseEnd,
  context: StepContext,
): Promise<StepAdvance> => {
  const input = await requireInput(definition, context)
  await definition.keepPhase(input, { phase, pieces, done }, context)
  return proceed(definition, input, done, context)
}
