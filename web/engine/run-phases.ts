import { AsterismError } from '../core/errors'
import type { Progress } from '../core/task'
import type { PartReply, PartRequest, PhaseEnd, StepAdvance } from '../pipeline/advance-step'
import { isWorkerDeath } from './call-pool'
import { giveBackShared, takeShared } from './shared-buffers'
import { createPlane, PLANE_BYTES, type Phase, type PhaseResult, type Piece } from '../pipeline/phased-step'
import type { StepOutcome } from '../pipeline/step'

export interface PhaseOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Who carries out the parts: workers, or the thread itself in a test. */
export interface PhaseHost {
  /** Whether threads share memory; the results are the same. */
  readonly shared: boolean
  start(options: PhaseOptions): Promise<StepAdvance>
  part(request: PartRequest, options: PhaseOptions): Promise<PartReply>
  /** Without shared memory the pieces are given away: a worker that dies with them takes them along. */
  end(end: PhaseEnd, options: PhaseOptions): Promise<StepAdvance>
}

/** A phase whose pieces went down with a worker is done again this often in all. */
const ATTEMPTS = 3

const runParts = async (
  host: PhaseHost,
  phase: Phase,
  done: readonly PhaseResult[],
  options: PhaseOptions,
): Promise<{ pieces: Piece[]; result: PhaseResult; buffers: readonly SharedArrayBuffer[] }> => {
  const buffers = host.shared
    ? phase.planes.map((type) => takeShared(Math.max(1, phase.length) * PLANE_BYTES[type]))
    : null
  const fractions = phase.parts.map(() => 0)
  // One part that fails ends the others: their work would be for nothing. All are waited for: a step is at rest when nobody works on it.
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const tell = (index: number, fraction: number): void => {
    fractions[index] = fraction
    const sum = fractions.reduce((total, value) => total + value, 0)
    options.onProgress({
      label: phase.label,
      done: Math.round((sum / fractions.length) * 1000),
      total: 1000,
    })
  }
  const settled = await Promise.allSettled(
    phase.parts.map(async (_part, index) => {
      try {
        const reply = await host.part(
          { phase, part: index, done, shared: buffers },
          { signal, onProgress: (progress) => tell(index, progress.done / Math.max(1, progress.total)) },
        )
        tell(index, 1)
        return reply
      } catch (error) {
        stop.abort(error)
        throw error
      }
    }),
  )
  stop.signal.throwIfAborted()
  const replies = settled.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : []))
  const result = replies.map((reply) => reply.values)
  const pieces =
    buffers === null
      ? replies.map(({ planes }, index) => ({
          from: phase.parts[index]?.from ?? 0,
          to: phase.parts[index]?.to ?? 0,
          planes: planes ?? [],
        }))
      : [
          {
            from: 0,
            to: phase.length,
            planes: phase.planes.map((type, plane) => createPlane(type, phase.length, buffers[plane])),
          },
        ]
  return { pieces, result, buffers: buffers ?? [] }
}

const runPhase = async (
  host: PhaseHost,
  phase: Phase,
  done: readonly PhaseResult[],
  options: PhaseOptions,
): Promise<{ advance: StepAdvance; result: PhaseResult }> => {
  for (let tried = 1; ; tried++) {
    const { pieces, result, buffers } = await runParts(host, phase, done, options)
    try {
      const advance = await host.end({ phase, pieces, done: [...done, result] }, options)
      giveBackShared(buffers)
      return { advance, result }
    } catch (error) {
      if (!isWorkerDeath(error) || tried >= ATTEMPTS) throw error
    }
  }
}

/** Carries a step from its start through its phases, one after the other, each on all workers at once. */
export const runPhases = async (host: PhaseHost, options: PhaseOptions): Promise<StepOutcome> => {
  const done: PhaseResult[] = []
  let advance = await host.start(options)
  while (advance.phase !== null) {
    options.signal.throwIfAborted()
    const ended = await runPhase(host, advance.phase, done, options)
    done.push(ended.result)
    advance = ended.advance
  }
  if (advance.outcome === null) throw new AsterismError('unexpected', 'A step ended without an outcome.')
  return advance.outcome
}
