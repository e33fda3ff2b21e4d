import { afterEach, describe, expect, it, vi } from 'vitest'
import type { OrderRecord, StepRecord, WorkOrder } from '../../web/core/work-order'
import { summariseExposure, type ExposureRecord } from '../../web/core/frame'
import type { WatchState } from '../../web/engine/folder-state'
import { planLiveOrders } from '../../web/engine/plan-live-orders'
import { watchFolder } from '../../web/engine/watch-folder'
import { writeFitsImage } from '../../web/science/fits'
import { makeExposure } from '../support/make-exposure'
import { MemoryFolder } from '../support/memory-folder'

const frame = writeFitsImage({
  image: { width: 8, height: 8, data: new Float32Array(64) },
  header: [],
  bitpix: 16,
})

const makeOrder = (id: string, order: WorkOrder, createdAt: number): OrderRecord => ({
  id,
  order,
  status: 'done',
  createdAt,
  startedAt: createdAt,
  endedAt: createdAt,
  seconds: 1,
  failure: null,
})

const makeStep = (order: string, name: string, frames: string[], result = {}): StepRecord => ({
  id: `${order}-${name}`,
  order,
  name,
  index: 0,
  frames,
  parameters: {},
  after: [],
  state: 'done',
  startedAt: 0,
  endedAt: 0,
  attempts: 1,
  failure: null,
  result,
  outputs: [],
})

describe('orders for lights that have just come in', () => {
  const old = [makeExposure({ object: 'WASP-1' }), makeExposure({ object: 'WASP-1' })]
  const other = makeExposure({ object: 'M 67' })
  const fresh = [makeExposure({ object: 'wasp-1' }), makeExposure({ object: 'M 13' })]
  const exposures = [...old, other, ...fresh]
  const names = old.map(({ id }) => id)
  const orders = [
    makeOrder('o1', { request: 'light_curve', parameters: { target: { x: 1, y: 2 } } }, 1),
    makeOrder('o2', { request: 'calibrate_file_batch', frames: names }, 2),
    makeOrder('o3', { request: 'light_curve', frames: [other.id] }, 3),
  ]
  const steps: Record<string, StepRecord[]> = {
    o1: [makeStep('o1', 'choose-reference', names, { exposure: names[0] })],
    o2: [makeStep('o2', 'calibrate-frames', names)],
    o3: [makeStep('o3', 'calibrate-frames', [other.id])],
  }

  it('make the order that went farthest for the target again, with all frames and on the same reference', async () => {
    const planned = await planLiveOrders({
      fresh,
      exposures,
      orders,
      stepsOf: (order) => Promise.resolve(steps[order] ?? []),
      calibration: { choices: {}, changedAt: 0 },
    })
    expect(planned).toEqual([
      {
        request: 'light_curve',
        frames: [...names, fresh[0]?.id],
        parameters: { target: { x: 1, y: 2 }, reference: names[0] },
      },
      { request: 'calibrate_file_batch', frames: [fresh[1]?.id] },
    ])
  })

  it('carry what was chosen for the calibration: a new series always, one that goes on when it was chosen since', async () => {
    const begun = [
      makeOrder('o1', { request: 'light_curve', parameters: { target: { x: 1, y: 2 }, flat: 'off' } }, 10),
    ]
    const plan = (changedAt: number) =>
      planLiveOrders({
        fresh,
        exposures,
        orders: begun,
        stepsOf: (order) => Promise.resolve(steps[order] ?? []),
        calibration: { choices: { units: 'electron' }, changedAt },
      })
    const [goesOn, begins] = await plan(5)
    expect(goesOn?.parameters).toEqual({ target: { x: 1, y: 2 }, flat: 'off', reference: names[0] })
    expect(begins?.parameters).toEqual({ units: 'electron' })
    const [changed] = await plan(20)
    expect(changed?.parameters).toEqual({ target: { x: 1, y: 2 }, units: 'electron', reference: names[0] })
  })
})

describe('a folder that is watched', () => {
  const controls: { forget(): void }[] = []
  afterEach(() => {
    for (const control of controls.splice(0)) control.forget()
  })

  const start = async (disk: MemoryFolder) => {
    const taken: ExposureRecord[] = []
    const submitted: WorkOrder[] = []
    let kept: unknown = null
    const states: WatchState[] = []
    const faults: Error[] = []
    const control = watchFolder({
      interval: 5,
      settle: 0,
      keep: {
        read: () => Promise.resolve(kept),
        write: (value) => Promise.resolve(void (kept = value)),
      },
      ingest: (files, batch) => {
        const fault = faults.shift()
        if (fault !== undefined) return Promise.reject(fault)
        const records = files.map(({ path }) => makeExposure({ object: 'WASP-1' }, { path, batch }))
        taken.push(...records)
        return Promise.resolve({ batch, frames: records.map(summariseExposure), rejected: [] })
      },
      submit: (order) => {
        submitted.push(order)
        return Promise.resolve({} as never)
      },
      exposures: () => Promise.resolve(taken),
      orders: () => Promise.resolve([]),
      stepsOf: () => Promise.resolve([]),
      calibration: () => Promise.resolve({ choices: {}, changedAt: 0 }),
      onState: (state) => void states.push(state),
    })
    controls.push(control)
    await control.choose(disk.handle)
    return { control, taken, submitted, faults, state: () => states.at(-1), states, kept: () => kept }
  }

  it('gives each frame once, waits for what is being written, and reduces when asked to', async () => {
    const disk = new MemoryFolder('telescope')
    const { control, taken, submitted, state } = await start(disk)
    disk.put('1.fits', frame, 1)
    disk.put('2.fits', frame.slice(0, 3000), 1)
    await vi.waitFor(() => expect(taken.map(({ path }) => path)).toEqual(['1.fits']))
    await vi.waitFor(() =>
      expect(state()).toMatchObject({ status: 'on', folder: 'telescope', taken: 1, waiting: ['2.fits'] }),
    )
    expect(submitted).toEqual([])
    await control.setReduce(true)
    await vi.waitFor(() => expect(submitted).toHaveLength(1))
    disk.put('2.fits', frame, 2)
    await vi.waitFor(() => expect(taken.map(({ path }) => path)).toEqual(['1.fits', '2.fits']))
    await vi.waitFor(() => expect(submitted).toHaveLength(2))
    expect(submitted[1]).toEqual({ request: 'calibrate_file_batch', frames: [taken[1]?.id] })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(taken).toHaveLength(2)
    await control.stop()
    disk.put('3.fits', frame, 3)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(taken).toHaveLength(2)
    expect(state()).toMatchObject({ status: 'off', folder: null })
  })

  it('says what went wrong, goes on, and does not lose the frame of that moment', async () => {
    const disk = new MemoryFolder()
    const { taken, faults, state, states } = await start(disk)
    faults.push(new Error('The disk was pulled out.'))
    disk.put('1.fits', frame, 1)
    await vi.waitFor(() => expect(taken).toHaveLength(1))
    expect(states).toContainEqual(
      expect.objectContaining({ status: 'error', message: 'The disk was pulled out.' }),
    )
    await vi.waitFor(() => expect(state()).toMatchObject({ status: 'on', message: null }))
  })

  it('goes on after a reload where it was', async () => {
    const disk = new MemoryFolder()
    disk.put('1.fits', frame, 1)
    const first = await start(disk)
    await vi.waitFor(() => expect(first.taken).toHaveLength(1))
    await vi.waitFor(() => expect(first.kept()).toMatchObject({ seen: [expect.stringContaining('1.fits')] }))
    first.control.forget()
    expect(first.state()).toMatchObject({ status: 'off' })
    disk.put('2.fits', frame, 2)
    await first.control.recall()
    await vi.waitFor(() => expect(first.taken.map(({ path }) => path)).toEqual(['1.fits', '2.fits']))
  })
})
