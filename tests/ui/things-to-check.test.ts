import { expect, it } from 'vitest'
import type { MasterChoice, ReducedRecord } from '../../web/core/reduced'
import { findThingsToCheck } from '../../web/ui/inspector/things-to-check'

const reduced = (
  choices: Partial<Record<MasterChoice['kind'], MasterChoice['reason']>>,
  flags: readonly string[] = [],
): ReducedRecord => {
  const taken = (kind: MasterChoice['kind']) =>
    choices[kind] === undefined || choices[kind] === 'exact' ? `master-${kind}` : null
  return {
    id: 'one',
    stage: 'calibrated',
    exposure: 'frame',
    name: 'frame',
    order: 'order',
    calibration: { bias: taken('bias'), dark: taken('dark'), flat: taken('flat'), darkFactor: 1 },
    choices: (['bias', 'dark', 'flat'] as const).map((kind) => ({
      kind,
      master: taken(kind),
      reason: choices[kind] ?? 'exact',
      values: {},
    })),
    registration: null,
    width: 10,
    height: 10,
    unit: 'adu',
    inputs: [],
    flags,
    createdAt: 0,
  }
}
const codes = (...frames: ReducedRecord[]) =>
  findThingsToCheck(frames, []).map(({ code, values }) => [code, values['count']])

it.each([
  ['all there', [reduced({})], []],
  ['no flat', [reduced({ flat: 'none-taken' }), reduced({})], [['no-flat', 1]]],
  ['none fits', [reduced({ flat: 'none-fits' })], [['no-flat', 1]]],
  ['a dark that holds the bias', [reduced({ bias: 'none-taken' })], []],
  [
    'neither bias nor dark',
    [reduced({ bias: 'none-taken', dark: 'none-fits' })],
    [
      ['no-bias', 1],
      ['no-dark', 1],
    ],
  ],
  ['switched off by a person', [reduced({ flat: 'switched-off' })], []],
  [
    'taken off in the camera',
    [reduced({ bias: 'already-subtracted', dark: 'already-subtracted' })],
    [['already-subtracted', 1]],
  ],
  [
    'nothing at all',
    [reduced({ bias: 'none-taken', dark: 'none-taken', flat: 'none-taken' }, ['no-calibration'])],
    [['no-calibration', undefined]],
  ],
] as const)('%s', (_what, frames, expected) => {
  expect(codes(...frames)).toEqual(expected)
})
