import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../web/core/work-order'
import { settleKnownMasters } from '../../web/pipeline/settle-known-masters'
import type { Workspace } from '../../web/storage/workspace'

const step = (id: string, name: string, master: string): StepRecord => ({
  id,
  order: 'order-1',
  index: 0,
  name,
  parameters: { id: master },
  frames: [],
  after: [],
  state: 'queued',
  attempts: 0,
  startedAt: null,
  endedAt: null,
  failure: null,
  result: {},
  outputs: [],
})

const master = (id: string) => ({
  id,
  kind: 'master-bias',
  bytesId: `bytes-${id}`,
  frames: ['a', 'b'],
  statistics: { median: 100, deviation: 2 },
  warnings: [],
})

/** A workspace that knows masters by id and has the bytes of some. */
const workspaceWith = (records: readonly string[], bytes: readonly string[]): Workspace =>
  ({
    masters: { get: (id: string) => Promise.resolve(records.includes(id) ? master(id) : undefined) },
    pixels: { has: (id: string) => Promise.resolve(bytes.includes(id)) },
  }) as unknown as Workspace

describe('masters that an order finds in the store', () => {
  it('are done before it begins; those whose record or pixels are missing, and all other steps, are not', async () => {
    const workspace = workspaceWith(['known', 'hollow'], ['bytes-known'])
    const settled = await settleKnownMasters(workspace, [
      step('1', 'build-master', 'known'),
      step('2', 'build-master', 'hollow'),
      step('3', 'build-master', 'unheard-of'),
      step('4', 'calibrate-frames', 'known'),
    ])
    expect(settled.map(({ state, outputs }) => [state, ...outputs])).toEqual([
      ['done', 'known'],
      ['queued'],
      ['queued'],
      ['queued'],
    ])
    expect(settled[0]?.result).toMatchObject({ master: 'known', median: 100, frames: 2 })
    expect(settled[0]?.endedAt).not.toBeNull()
  })
})
