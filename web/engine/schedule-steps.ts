import { isAbortError, toAsterismError } from '../core/errors'
import type { Progress } from '../core/task'
import type { StepRecord } from '../core/work-order'
import { versionOfStep } from '../pipeline/step-versions'
import type { StepRunner } from './worker-pool'

export interface ScheduleOptions {
  readonly signal: AbortSignal
  /** Called as a step ends; the step counts as ended only when this has been stored. */
  readonly onEnd: (step: StepRecord) => Promise<void>
  readonly onProgress: (step: StepRecord, progress: Progress) => void
}

const hasEnded = (step: StepRecord): boolean =>
  step.state === 'done' || step.state === 'failed' || step.state === 'skipped'

const versionField = (name: string): { readonly version?: number } => {
  const version = versionOfStep(name)
  return version === null ? {} : { version }
}

const asEnded = (step: StepRecord, startedAt: number, changes: Partial<StepRecord>): StepRecord => ({
  ...step,
  startedAt,
  endedAt: Date.now(),
  attempts: step.attempts + 1,
  ...versionField(step.name),
  ...changes,
})

/**
 * Runs the steps of one order, each as soon as all that it comes after have ended, as many at a time as the runner has
 * workers. A failed step is kept with its error and the others go on. Steps that had ended before are not run again.
 * Rejects with an AbortError when cancelled; what had ended by then is stored.
 */
export const scheduleSteps = async (
  plan: readonly StepRecord[],
  runner: StepRunner,
  options: ScheduleOptions,
): Promise<StepRecord[]> => {
  const steps = new Map(plan.map((step) => [step.id, step]))
  const missing = new Map<string, number>()
  const dependents = new Map<string, string[]>()
  const ready: string[] = []

  for (const step of plan) {
    if (hasEnded(step)) continue
    const open = step.after.filter((id) => {
      const before = steps.get(id)
      return before !== undefined && !hasEnded(before)
    })
    missing.set(step.id, open.length)
    for (const id of open) dependents.set(id, [...(dependents.get(id) ?? []), step.id])
    if (open.length === 0) ready.push(step.id)
  }

  const runOne = async (step: StepRecord): Promise<StepRecord> => {
    const startedAt = Date.now()
    const before = step.after.flatMap((id) => steps.get(id) ?? [])
    try {
      const outcome = await runner.run(
        { step, before },
        { signal: options.signal, onProgress: (progress) => options.onProgress(step, progress) },
      )
      const changes =
        outcome.skipped === undefined
          ? { state: 'done' as const, failure: null }
          : {
              state: 'skipped' as const,
              failure: { code: 'no-match' as const, message: outcome.skipped, context: {} },
            }
      return asEnded(step, startedAt, { ...changes, result: outcome.result, outputs: outcome.outputs })
    } catch (error) {
      if (isAbortError(error)) throw error
      const { code, message, context } = toAsterismError(error)
      return asEnded(step, startedAt, { state: 'failed', failure: { code, message, context } })
    }
  }

  const release = (id: string): void => {
    for (const dependent of dependents.get(id) ?? []) {
      const open = (missing.get(dependent) ?? 1) - 1
      missing.set(dependent, open)
      if (open === 0) ready.push(dependent)
    }
  }

  const finish = async (step: StepRecord): Promise<void> => {
    options.signal.throwIfAborted()
    const ended = await runOne(step)
    await options.onEnd(ended)
    steps.set(ended.id, ended)
    release(ended.id)
  }

  await new Promise<void>((resolve, reject) => {
    let running = 0
    let next = 0
    const failures: unknown[] = []
    const pump = (): void => {
      while (failures.length === 0 && running < runner.size && next < ready.length) {
        const step = steps.get(ready[next++] ?? '')
        if (step === undefined) continue
        running++
        void finish(step)
          .catch((error: unknown) => failures.push(error))
          .finally(() => {
            running--
            pump()
          })
      }
      if (running > 0) return
      if (failures.length === 0) resolve()
      else reject(failures[0])
    }
    pump()
  })
  return plan.map((step) => steps.get(step.id) ?? step)
}
