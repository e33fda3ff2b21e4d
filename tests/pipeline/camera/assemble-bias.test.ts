import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../../web/core/work-order'
import { assembleBias } from '../../../web/pipeline/camera/assemble-bias'
import { sampleExposure } from '../../storage/sample-records'

const bias = (id: string, minute: number, temperature: number) => {
  const sample = sampleExposure(id)
  const dateObs = `2020-01-01T20:${String(minute).padStart(2, '0')}:00`
  return {
    ...sample,
    facts: { ...sample.facts, kind: 'bias' as const, dateObs, temperature, night: '2020-01-01+02' },
  }
}

const step = (temperature: number, levels: readonly (readonly [string, number])[]): StepRecord => ({
  id: `step-${temperature}`,
  order: 'order',
  name: 'measure-bias-frames',
  index: 0,
  frames: levels.map(([frame]) => frame),
  parameters: { night: '2020-01-01+02', temperature, exposure: null, filter: null },
  after: [],
  state: 'done',
  startedAt: 0,
  endedAt: 0,
  attempts: 1,
  failure: null,
  result: {
    levels: levels.map(([frame, level]) => ({
      frame,
      level,
      error: 0.02,
      typical: level,
      typicalError: 0.02,
    })),
    pairs: [],
    mean: null,
  },
  outputs: [],
})

describe('bias frames over time', () => {
  const frames = [bias('a', 0, -5), bias('b', 15, -5), bias('c', 30, -5), bias('d', 45, -15)]
  const exposures = new Map(frames.map((frame) => [frame.id, frame]))
  const far = step(-15, [['d', 500]])

  it('drift by the hour within one temperature, whatever another has', () => {
    const {
      drift,
      unrest,
      frames: all,
    } = assembleBias(
      [
        step(-5, [
          ['a', 1000],
          ['b', 1000.5],
          ['c', 1001],
        ]),
        far,
      ],
      exposures,
    )
    expect(drift?.value).toBeCloseTo(2, 6)
    expect(unrest).toBeCloseTo(0.5, 9)
    expect(all.map(({ frame }) => frame)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('have no drift where there are too few', () => {
    expect(
      assembleBias(
        [
          step(-5, [
            ['a', 1000],
            ['c', 1001],
          ]),
          far,
        ],
        exposures,
      ).drift,
    ).toBeNull()
  })
})
