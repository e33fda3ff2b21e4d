import { describe, expect, it } from 'vitest'
import type { ReducedRecord } from '../../web/core/reduced'
import { deriveCurrentNight } from '../../web/state/current-night'
import { makeExposure } from '../support/make-exposure'

type Input = Parameters<typeof deriveCurrentNight>[0]

const reduced = (
  exposure: string,
  stage: ReducedRecord['stage'],
  flat: string | null,
  createdAt: number,
): ReducedRecord => ({
  id: `${stage}-${exposure}-${flat}`,
  stage,
  exposure,
  name: exposure,
  order: 'o',
  choices: [],
  registration: null,
  width: 1,
  height: 1,
  unit: 'adu',
  calibration: { bias: null, dark: null, flat, darkFactor: 1 },
  inputs: [],
  flags: [],
  createdAt,
})

const derive = (library: Partial<Input['library']>, night: string | null = null) =>
  deriveCurrentNight({
    library: {
      exposures: [],
      masters: [],
      reduced: [],
      curves: [],
      stacks: [],
      composites: [],
      ...library,
    } as unknown as Input['library'],
    selection: { night } as Input['selection'],
    orders: { progress: null },
    settings: { crafts: {} },
    sky: { solutions: new Map(), failures: new Map() },
    stars: { target: null } as unknown as Input['stars'],
  })

describe('the open night', () => {
  it('is the one with the most lights until a person opens another', () => {
    const exposures = [
      makeExposure({ night: '2025-03-01+02' }),
      makeExposure({ night: '2025-03-01+02' }),
      makeExposure({ night: '2025-03-05+06', kind: 'flat' }),
    ]
    const first = derive({ exposures })
    expect(first.night?.night).toBe('2025-03-01+02')
    const other = first.nights.find((night) => night.night === '2025-03-05+06')
    expect(derive({ exposures }, other?.key ?? '').night?.night).toBe('2025-03-05+06')
  })

  it('does not take a registration made with other masters for one of now', () => {
    const exposures = [makeExposure({}, { id: 'a' })]
    const before = [reduced('a', 'calibrated', 'flat-1', 1), reduced('a', 'registered', 'flat-1', 2)]
    expect(derive({ exposures, reduced: before }).road.next?.action).toBe('pick-target')
    const after = [...before, reduced('a', 'calibrated', 'flat-2', 3)]
    expect(derive({ exposures, reduced: after }).road.next?.action).toBe('register')
    // Back to the first flat: its registration is still there and counts again.
    const back = [
      ...before.slice(1),
      reduced('a', 'calibrated', 'flat-2', 3),
      reduced('a', 'calibrated', 'flat-1', 4),
    ]
    expect(derive({ exposures, reduced: back }).road.next?.action).toBe('pick-target')
  })

  it('leaves excluded frames out of the lights', () => {
    const exposures = [makeExposure({}, { id: 'in' }), makeExposure({}, { id: 'out', excluded: true })]
    expect(derive({ exposures }).lights.map((light) => light.id)).toEqual(['in'])
  })
})
