import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepCalibration } from '../../web/engine/keep-calibration'
import type { StudioEvent } from '../../web/engine/studio'
import { CALIBRATION_SETTING, readKeptCalibration } from '../../web/pipeline/calibration/choices'
import { createCalibrationSlice, type CalibrationSlice } from '../../web/state/calibration-slice'
import type { NoticesSlice } from '../../web/state/notices-slice'
import { isLocalSetting } from '../../web/storage/local-settings'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'

let workspace: Workspace
let slice: CalibrationSlice
let mayWrite = true
let undo: (() => void) | null = null
const errors: unknown[] = []
const listeners: ((event: StudioEvent) => void)[] = []

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  workspace = await openWorkspace({ name: 'calibration', pixels: createMemoryPixels() })
  await workspace.settings.delete(CALIBRATION_SETTING)
  errors.length = 0
  listeners.length = 0
  mayWrite = true
  undo = null
  const studio = {
    subscribe: (listener: (event: StudioEvent) => void) => {
      listeners.push(listener)
      return () => true
    },
    ...keepCalibration(Promise.resolve(workspace), {
      requireWriter: () => (mayWrite ? Promise.resolve() : Promise.reject(new Error('another tab'))),
      onChange: () => {
        for (const listener of listeners) listener({ kind: 'calibration-changed' })
      },
    }),
  }
  const notices = {
    tell: (notice: { undo?: (() => void) | null }) => {
      undo = notice.undo ?? null
    },
    tellError: (error: unknown) => errors.push(error),
  } as unknown as NoticesSlice
  const set = (
    change: Partial<CalibrationSlice> | ((former: CalibrationSlice) => Partial<CalibrationSlice>),
  ) => {
    slice = { ...slice, ...(typeof change === 'function' ? change(slice) : change) }
  }
  slice = createCalibrationSlice({ get: () => slice, set }, studio, () => notices)
})

afterEach(() => {
  vi.useRealTimers()
  workspace.close()
})

const kept = async () => (await readKeptCalibration(workspace)).choices

it('keeps in the workspace what differs from the defaults, and reads it back', async () => {
  slice.change({ units: 'electron' })
  vi.advanceTimersByTime(5000)
  slice.change({ maxMasterAgeDays: 10, darkScaling: false })
  const wanted = { units: 'electron', maxMasterAgeDays: 10 }
  expect(slice.choices).toEqual(wanted)
  await vi.waitFor(async () => expect(await kept()).toEqual(wanted))
  slice = { ...slice, choices: {} }
  await slice.refresh()
  expect(slice.choices).toEqual(wanted)
  expect(isLocalSetting(CALIBRATION_SETTING)).toBe(false)
})

it('takes every change back, one by one; what is typed in one go is one change', async () => {
  slice.change({ units: 'electron' })
  vi.advanceTimersByTime(5000)
  slice.change({ maxMasterAgeDays: 1 })
  slice.change({ maxMasterAgeDays: 12 })
  slice.change({ maxMasterAgeDays: 120 })
  expect(slice.past).toHaveLength(2)
  slice.undo()
  expect(slice.choices).toEqual({ units: 'electron' })
  slice.undo()
  expect(slice.choices).toEqual({})
  slice.undo()
  expect(slice.past).toEqual([])
  await vi.waitFor(async () => expect(await kept()).toEqual({}))
})

it('goes back to the defaults, and from there to what was', async () => {
  slice.reset()
  expect(undo).toBeNull()
  slice.change({ flat: 'off', channel: 'green' })
  slice.reset()
  expect(slice.choices).toEqual({})
  undo?.()
  expect(slice.choices).toEqual({ flat: 'off', channel: 'green' })
  await vi.waitFor(async () => expect(await kept()).toEqual({ flat: 'off', channel: 'green' }))
})

it('writes one after the other, so that the last choice stays', async () => {
  for (let days = 1; days <= 20; days++) slice.change({ maxMasterAgeDays: days })
  await vi.waitFor(async () => expect(await kept()).toEqual({ maxMasterAgeDays: 20 }))
  expect(slice.choices).toEqual({ maxMasterAgeDays: 20 })
})

it('shows what is kept when another tab has the workspace and says so', async () => {
  slice.change({ units: 'electron' })
  await vi.waitFor(async () => expect(await kept()).toEqual({ units: 'electron' }))
  mayWrite = false
  slice.change({ flat: 'off' })
  await vi.waitFor(() => expect(errors).toHaveLength(1))
  await vi.waitFor(() => expect(slice.choices).toEqual({ units: 'electron' }))
})

it('follows the workspace when a project brings other choices', async () => {
  await workspace.settings.put({
    id: CALIBRATION_SETTING,
    value: { choices: { channel: 'red', nonsense: 1 }, changedAt: 3 },
  })
  for (const listener of listeners) listener({ kind: 'calibration-changed' })
  await vi.waitFor(() => expect(slice.choices).toEqual({ channel: 'red' }))
})
