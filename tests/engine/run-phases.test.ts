import { describe, expect, it } from 'vitest'
import { AsterismError } from '../../web/core/errors'
import { idleTask } from '../../web/core/task'
import type { StepRecord } from '../../web/core/work-order'
import { runPhases, type PhaseHost, type PhaseOptions } from '../../web/engine/run-phases'
import { endPhase, runPart, startPhases } from '../../web/pipeline/advance-step'
import type { PhasedStep } from '../../web/pipeline/phased-step'
import type { StepContext } from '../../web/pipeline/step'

const WIDTH = 7

/** Two phases: a number from each of three things, then a picture in which that number stands everywhere but for the position. */
const makeStep = (kept: number[][]): PhasedStep<{ readonly offset: number }> => ({
  name: 'toy',
  load: () => Promise.resolve({ offset: 100 }),
  planPhase: (_input, done) => {
    if (done.length === 0) {
      const parts = [5, 6, 7].map((item) => ({ from: 0, to: 0, item }))
      return { index: 0, label: 'numbers', length: 0, planes: [], parts }
    }
    if (done.length > 1) return null
    const edges = [0, 2, 3, WIDTH]
    const parts = edges.slice(1).map((to, part) => ({ from: edges[part]!, to }))
    return { index: 1, label: 'picture', length: WIDTH, planes: ['f32', 'u16'], parts }
  },
  computePart: ({ offset }, { part, done }, planes) => {
    if (part.item !== undefined) return Promise.resolve({ level: part.item })
    const sum = done[0]!.reduce((total, { level }) => total + level!, 0)
    const [data, count] = planes
    expect(data).toHaveLength(part.to - part.from)
    for (let i = 0; i < part.to - part.from; i++) {
      data![i] = offset + sum + (part.from + i) / 4
      count![i] = part.from
    }
    return Promise.resolve({ rows: part.to - part.from })
  },
  keepPhase: (_input, { phase, pieces }) => {
    if (phase.index === 0) return Promise.resolve()
    const planes = phase.planes.map(() => new Array<number>(phase.length).fill(Number.NaN))
    for (const { from, planes: made } of pieces)
      for (const [plane, values] of made.entries())
        for (const [i, value] of values.entries()) planes[plane]![from + i] = value
    kept.splice(0, kept.length, ...planes)
    return Promise.resolve()
  },
  save: (_input, done) =>
    Promise.resolve({
      result: { rows: done[1]!.reduce((sum, { rows }) => sum + rows!, 0) },
      outputs: ['toy'],
    }),
})

let serial = 0
const makeContext = (): StepContext =>
  ({ step: { id: `toy-${serial++}`, attempts: 0 } as StepRecord, task: idleTask() }) as StepContext

const makeHost = (
  step: PhasedStep<{ readonly offset: number }>,
  shared: boolean,
  changes: Partial<PhaseHost> = {},
): PhaseHost => {
  const context = makeContext()
  return {
    shared,
    start: () => startPhases(step, context),
    part: (request) => runPart(step, request, context),
    end: (end) => endPhase(step, end, context),
    ...changes,
  }
}

const options = (signal = new AbortController().signal): PhaseOptions => ({
  signal,
  onProgress: () => undefined,
})

const expected = [
  [118, 118.25, 118.5, 118.75, 119, 119.25, 119.5],
  [0, 0, 2, 3, 3, 3, 3],
]

describe('a step in phases', () => {
  it.each([
    ['with shared memory', true],
    ['without', false],
  ])('makes the same %s', async (_name, shared) => {
    const kept: number[][] = []
    const outcome = await runPhases(makeHost(makeStep(kept), shared), options())
    expect(outcome).toEqual({ result: { rows: WIDTH }, outputs: ['toy'] })
    expect(kept).toEqual(expected)
  })

  it('does a phase again whose pieces went down with a worker', async () => {
    const kept: number[][] = []
    const step = makeStep(kept)
    const host = makeHost(step, false)
    let deaths = 0
    const end: PhaseHost['end'] = (request, call) => {
      if (request.phase.index === 1 && deaths++ === 0)
        return Promise.reject(new AsterismError('worker-died', 'It was ended.'))
      return host.end(request, call)
    }
    await runPhases({ ...host, end }, options())
    expect(deaths).toBe(2)
    expect(kept).toEqual(expected)
  })

  it('gives up when every try ends so', async () => {
    const host = makeHost(makeStep([]), false, {
      end: () => Promise.reject(new AsterismError('worker-died', 'It was ended.')),
    })
    await expect(runPhases(host, options())).rejects.toMatchObject({ code: 'worker-died' })
  })

  it('ends the other parts when one fails, and says why', async () => {
    const ended: number[] = []
    const host = makeHost(makeStep([]), true, {
      part: (request, { signal }) =>
        request.part === 1
          ? Promise.reject(new AsterismError('quota', 'Full.'))
          : new Promise((_resolve, reject) =>
              signal.addEventListener('abort', () => {
                ended.push(request.part)
                reject(signal.reason as Error)
              }),
            ),
    })
    await expect(runPhases(host, options())).rejects.toMatchObject({ code: 'quota' })
    expect(ended).toEqual([0, 2])
  })

  it('stops between phases when it is cancelled', async () => {
    const controller = new AbortController()
    const host = makeHost(makeStep([]), true)
    const end: PhaseHost['end'] = (request, call) => {
      controller.abort()
      return host.end(request, call)
    }
    await expect(runPhases({ ...host, end }, options(controller.signal))).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
