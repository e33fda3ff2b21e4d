import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { AsterismError, createAbortError } from '../../web/core/errors'
import type { StepRecord } from '../../web/core/work-order'
import { scheduleSteps } from '../../web/engine/schedule-steps'
import type { StepRunner } from '../../web/engine/worker-pool'

const makeStep = (index: number, after: number[] = []): StepRecord => ({
  id: `s${index}`,
  order: 'o',
  index,
  name: 'step',
  frames: [],
  parameters: {},
  after: after.map((other) => `s${other}`),
  state: 'queued',
  startedAt: null,
  endedAt: null,
  attempts: 0,
  failure: null,
  result: {},
  outputs: [],
})

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const createRunner = (size: number, work: (id: string) => Promise<void> = () => pause(0)) => {
  const log: string[] = []
  let running = 0
  let peak = 0
  const runner: StepRunner = {
    size,
    kill: () => undefined,
    run: async ({ step, before }) => {
      running++
      peak = Math.max(peak, running)
      for (const earlier of before) expect(['done', 'failed', 'skipped']).toContain(earlier.state)
      try {
        await work(step.id)
        log.push(step.id)
        return { result: {}, outputs: [step.id] }
      } finally {
        running--
      }
    },
  }
  return { runner, log, peak: () => peak }
}

const options = (signal = new AbortController().signal) => ({
  signal,
  onEnd: () => Promise.resolve(),
  onProgress: () => undefined,
})

describe('scheduling steps', () => {
  it('runs every step of any graph once, never before what it comes after, never more at once than there are workers', async () => {
    const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5 }), async (edges, size) => {
        const plan = edges.map((before, index) =>
          makeStep(index, index === 0 ? [] : [...new Set(before.map((n) => n % index))]),
        )
        const { runner, log, peak } = createRunner(size)
        const ended = await scheduleSteps(plan, runner, options())
        expect(ended.every((step) => step.state === 'done')).toBe(true)
        expect([...log].sort()).toEqual(plan.map((step) => step.id).sort())
        expect(peak()).toBeLessThanOrEqual(size)
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  it('keeps a failed step with its reason and goes on with the others', async () => {
    const { runner } = createRunner(2, (id) =>
      id === 's1' ? Promise.reject(new AsterismError('no-stars', 'No stars.')) : pause(0),
    )
    const ended = await scheduleSteps([makeStep(0), makeStep(1), makeStep(2, [0, 1])], runner, options())
    expect(ended.map((step) => step.state)).toEqual(['done', 'failed', 'done'])
    expect(ended[1]?.failure).toMatchObject({ code: 'no-stars', message: 'No stars.' })
  })

  it('does not run again what had ended', async () => {
    const { runner, log } = createRunner(1)
    await scheduleSteps([{ ...makeStep(0), state: 'done' }, makeStep(1, [0])], runner, options())
    expect(log).toEqual(['s1'])
  })

  it('stops when cancelled and leaves what had ended', async () => {
    const controller = new AbortController()
    const stored: string[] = []
    const { runner } = createRunner(1, async (id) => {
      if (id === 's1') controller.abort(createAbortError())
      await pause(0)
      controller.signal.throwIfAborted()
    })
    const running = scheduleSteps([makeStep(0), makeStep(1), makeStep(2)], runner, {
      ...options(controller.signal),
      onEnd: (step) => {
        stored.push(step.id)
        return Promise.resolve()
      },
    })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(stored).toEqual(['s0'])
  })
})
