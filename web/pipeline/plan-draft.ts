import type { StepRecord } from '../core/work-order'

export type Draft = Pick<StepRecord, 'name' | 'frames' | 'parameters' | 'after'>

/** Collects steps in order and gives each an id that says its place in its order. */
export const createDraft = (order: string) => {
  const steps: StepRecord[] = []
  const add = (draft: Draft): string => {
    const index = steps.length
    const id = `${order}/${String(index).padStart(5, '0')}`
    steps.push({
      id,
      order,
      index,
      ...draft,
      state: 'queued',
      startedAt: null,
      endedAt: null,
      attempts: 0,
      failure: null,
      result: {},
      outputs: [],
    })
    return id
  }
  return { steps, add }
}
