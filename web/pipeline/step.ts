import type { StepRecord } from '../core/work-order'
import type { Task } from '../core/task'
import type { Workspace } from '../storage/workspace'
import type { Compute } from '../compute/create-compute'
import type { SkySources } from './astrometry/reference-supply'
import type { FrameSource } from './frame-source'

export interface StepContext {
  readonly step: StepRecord
  /** The steps that this one came after, as they ended. */
  readonly before: readonly StepRecord[]
  readonly workspace: Workspace
  readonly frames: FrameSource
  readonly compute: Compute
  /** The star catalogue beside the page, and what is known of the sky besides. */
  readonly sky: SkySources
  /** Workers that share the work, and bytes of pixels that all of them together may hold. */
  readonly resources: { readonly workers: number; readonly memoryBytes: number }
  readonly task: Task
}

export interface StepOutcome {
  /** Small numbers for later steps and for the report. */
  readonly result: Readonly<Record<string, unknown>>
  /** Ids of the records that hold what was made. */
  readonly outputs: readonly string[]
  /** Set when there was nothing to do, because an earlier step left nothing: the reason in words. */
  readonly skipped?: string
}

/**
 * One step of the pipeline. `load` gathers what it needs, `compute` is given that and fetches nothing, `save` writes:
 * so the arithmetic can be tested with plain data, and a step that was killed can be run again with the same result.
 */
export interface StepDefinition<Input = unknown, Output = unknown> {
  readonly name: string
  load(context: StepContext): Promise<Input | StepOutcome>
  compute(input: Input, task: Task): Promise<Output> | Output
  save(output: Output, input: Input, context: StepContext): Promise<StepOutcome>
}

/** A `load` that finds the work done already (same recipe, same inputs) answers with the outcome instead of an input. */
export const isOutcome = (value: unknown): value is StepOutcome =>
  typeof value === 'object' && value !== null && 'outputs' in value && 'result' in value

export const stepBefore = (context: StepContext, name: string): StepRecord | undefined =>
  context.before.find((step) => step.name === name)

export const skip = (reason: string): StepOutcome => ({ result: {}, outputs: [], skipped: reason })
