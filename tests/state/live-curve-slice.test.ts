import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { LightCurveRecord } from '../../web/core/light-curve'
import type { Studio } from '../../web/engine/studio'
import type { LiveCurveInput } from '../../web/pipeline/inspect/live-curve'
import { createLiveCurveSlice, type LiveCurveSlice } from '../../web/state/live-curve-slice'
import type { NoticesSlice } from '../../web/state/notices-slice'

const request = (radius: number, lightCurve = 'stored'): LiveCurveInput => ({
  lightCurve,
  target: { x: 1, y: 2 },
  comparisons: [{ x: 3, y: 4 }],
  radius,
  annulus: [10, 15],
  detrend: [],
})

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const create = () => {
  const asked: LiveCurveInput[] = []
  const answers: ((failed?: Error) => void)[] = []
  const errors: unknown[] = []
  const studio = {
    measureLiveCurve: (input: LiveCurveInput) =>
      new Promise<LightCurveRecord>((resolve, reject) => {
        asked.push(input)
        answers.push((failed) => {
          const curve = { id: `live-${input.radius}`, radius: input.radius, inputs: ['stored'] }
          if (failed === undefined) resolve(curve as unknown as LightCurveRecord)
          else reject(failed)
        })
      }),
  } as unknown as Studio
  const notices = { tellError: (error: unknown) => errors.push(error) } as unknown as NoticesSlice
  const store = createStore<LiveCurveSlice>(() => ({}) as LiveCurveSlice)
  const set = (change: Partial<LiveCurveSlice> | ((slice: LiveCurveSlice) => Partial<LiveCurveSlice>)) =>
    store.setState((state) => (typeof change === 'function' ? change(state) : change))
  store.setState(createLiveCurveSlice({ get: store.getState, set }, studio, () => notices))
  return { slice: store.getState, asked, answers, errors }
}

describe('a curve that is dragged', () => {
  it('has one measurement under way; of those asked for meanwhile only the latest is done', async () => {
    const { slice, asked, answers } = create()
    for (const radius of [3, 4, 5, 6]) slice().measure(request(radius))
    expect(asked.map((input) => input.radius)).toEqual([3])
    answers[0]?.()
    await settle()
    expect(asked.map((input) => input.radius)).toEqual([3, 6])
    expect(slice().busy).toBe(true)
    answers[1]?.()
    await settle()
    expect(slice().curve?.radius).toBe(6)
    expect(slice().busy).toBe(false)
  })

  it('is gone when it was dropped, also when an answer comes late', async () => {
    const { slice, answers } = create()
    slice().measure(request(3))
    slice().drop()
    answers[0]?.()
    await settle()
    expect(slice().curve).toBeNull()
  })

  it('goes on after a failure, which is said', async () => {
    const { slice, asked, answers, errors } = create()
    slice().measure(request(3))
    slice().measure(request(4))
    answers[0]?.(new Error('no'))
    await settle()
    expect(errors).toHaveLength(1)
    expect(asked.map((input) => input.radius)).toEqual([3, 4])
  })

  it('asks with the stored curve, not with one that was only dragged', async () => {
    const { slice, asked, answers } = create()
    slice().measure(request(3))
    answers[0]?.()
    await settle()
    slice().measure(request(4, 'live-3'))
    expect(asked.at(-1)?.lightCurve).toBe('stored')
  })
})
