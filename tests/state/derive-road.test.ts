import { describe, expect, it } from 'vitest'
import type { ReducedRecord } from '../../web/core/reduced'
import { deriveRoad, type RoadSnapshot } from '../../web/state/derive-road'
import { makeExposure } from '../support/make-exposure'

const lights = [makeExposure({}, { id: 'a' }), makeExposure({}, { id: 'b' })]
const bias = makeExposure({ kind: 'bias' })

const reduced = (exposure: string, stage: ReducedRecord['stage']): ReducedRecord => ({
  id: `${stage}-${exposure}`,
  stage,
  exposure,
  name: exposure,
  order: 'o',
  choices: [],
  registration: null,
  width: 1,
  height: 1,
  unit: 'adu',
  calibration: { bias: null, dark: null, flat: null, darkFactor: 1 },
  inputs: [],
  flags: [],
  createdAt: 0,
})

const snapshot = (changes: Partial<RoadSnapshot>): RoadSnapshot => ({
  exposures: lights,
  masters: [],
  reduced: [],
  measuredStars: 0,
  hasTarget: false,
  hasCurve: false,
  running: null,
  ...changes,
})

const calibrated = lights.map(({ id }) => reduced(id, 'calibrated'))
const registered = lights.map(({ id }) => reduced(id, 'registered'))

describe('the next button', () => {
  it.each([
    ['choose-files', { exposures: [] }],
    ['name-lights', { exposures: [bias] }],
    ['calibrate', {}],
    ['calibrate', { reduced: calibrated.slice(0, 1) }],
    ['register', { reduced: calibrated }],
    ['pick-target', { reduced: [...calibrated, ...registered] }],
    ['pick-target', { reduced: [...calibrated, ...registered.slice(0, 1)] }],
    ['measure', { reduced: [...calibrated, ...registered], hasTarget: true }],
    ['open-curve', { reduced: [...calibrated, ...registered], hasTarget: true, hasCurve: true }],
  ])('says %s', (action, changes) => {
    expect(deriveRoad(snapshot(changes as Partial<RoadSnapshot>)).next?.action).toBe(action)
  })

  it('waits while an order runs, and the stop that is worked on says so', () => {
    const road = deriveRoad(snapshot({ reduced: calibrated, running: 'register' }))
    expect(road.next).toBeNull()
    expect(road.stops.find((stop) => stop.id === 'registered')?.state).toBe('running')
    expect(road.current).toBe('registered')
  })
})

describe('the stops', () => {
  const stateOf = (changes: Partial<RoadSnapshot>, id: string) =>
    deriveRoad(snapshot(changes)).stops.find((stop) => stop.id === id)?.state

  it('tell a night without calibration frames from one whose masters are still to come', () => {
    expect(stateOf({}, 'masters')).toBe('none')
    expect(stateOf({ exposures: [...lights, bias] }, 'masters')).toBe('waiting')
  })

  it('show when only some frames got there', () => {
    expect(stateOf({ reduced: [...calibrated, ...registered.slice(0, 1)] }, 'registered')).toBe('problem')
    expect(stateOf({ reduced: [...calibrated, ...registered] }, 'registered')).toBe('done')
  })
})
