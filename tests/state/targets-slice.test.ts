import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TargetRecord } from '../../web/core/target'
import { degrees } from '../../web/core/units'
import { editTargets } from '../../web/engine/edit-targets'
import type { StudioEvent } from '../../web/engine/studio'
import type { NoticesSlice } from '../../web/state/notices-slice'
import { createTargetsSlice, type TargetsSlice } from '../../web/state/targets-slice'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'

let workspace: Workspace
let slice: TargetsSlice
let undo: (() => void) | null
const errors: unknown[] = []

const target = (name: string): TargetRecord => ({
  id: `target-${name}`,
  name,
  rightAscension: degrees(31.04),
  declination: degrees(46.69),
  note: '',
  createdAt: 1,
  aliases: [],
})

beforeEach(async () => {
  workspace = await openWorkspace({ name: 'targets', pixels: createMemoryPixels() })
  await workspace.targets.deleteMany((await workspace.targets.list()).map(({ id }) => id))
  errors.length = 0
  undo = null
  const listeners: ((event: StudioEvent) => void)[] = []
  const notices = {
    tell: (notice: { undo?: (() => void) | null }) => {
      undo = notice.undo ?? null
    },
    tellError: (error: unknown) => errors.push(error),
  } as unknown as NoticesSlice
  const studio = {
    subscribe: (listener: (event: StudioEvent) => void) => {
      listeners.push(listener)
      return () => true
    },
    ...editTargets(
      Promise.resolve(workspace),
      (tables) => {
        for (const listener of listeners) listener({ kind: 'results-changed', tables })
      },
      () => Promise.resolve(),
    ),
  }
  const set = (change: Partial<TargetsSlice> | ((former: TargetsSlice) => Partial<TargetsSlice>)) => {
    slice = { ...slice, ...(typeof change === 'function' ? change(slice) : change) }
  }
  slice = createTargetsSlice({ get: () => slice, set }, studio, () => notices)
})

afterEach(() => workspace.close())

const names = async () => (await workspace.targets.list()).map(({ name }) => name)

it('puts, changes, merges and removes targets, each with a way back', async () => {
  await slice.changeTargets({ put: [target('a'), target('b')] }, 'targetSaved')
  await vi.waitFor(() => expect(slice.targets).toHaveLength(2))
  const merged = { ...target('a'), aliases: ['b'] }
  await slice.changeTargets({ put: [merged], remove: ['target-b'] }, 'targetsMerged')
  expect(await names()).toEqual(['a'])
  undo?.()
  await vi.waitFor(async () => expect(await workspace.targets.list()).toEqual([target('a'), target('b')]))
  await vi.waitFor(() => expect(slice.targets).toHaveLength(2))
  await slice.changeTargets({ remove: ['target-a'] }, 'targetRemoved')
  expect(await names()).toEqual(['b'])
  undo?.()
  await vi.waitFor(async () => expect(await names()).toEqual(['a', 'b']))
  await vi.waitFor(() => expect(slice.targets).toHaveLength(2))
  await slice.changeTargets({ put: [target('c')] }, 'targetSaved')
  undo?.()
  await vi.waitFor(async () => expect(await names()).toEqual(['a', 'b']))
})

it('refuses what is no place in the sky and keeps nothing of it', async () => {
  await slice.changeTargets({ put: [{ ...target('x'), declination: degrees(91) }] }, 'targetSaved')
  expect(errors).toMatchObject([{ code: 'bad-order' }])
  await slice.changeTargets({ put: [target('ok'), { ...target('y'), name: ' ' }] }, 'targetSaved')
  expect(errors).toHaveLength(2)
  expect(await names()).toEqual([])
})
