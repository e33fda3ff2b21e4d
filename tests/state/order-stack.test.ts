import { expect, it } from 'vitest'
import type { PlateSolutionRecord } from '../../web/core/plate-solution'
import type { AppState } from '../../web/state/app-state'
import { orderStack } from '../../web/state/order-stack'

const stateWith = (solved: readonly string[], choices: AppState['stacks']['choices'] = {}): AppState =>
  ({
    sky: { solutions: new Map(solved.map((id) => [id, {} as PlateSolutionRecord])) },
    stacks: { choices },
    stars: { masters: { flat: 'master-1' }, frameMasters: {} },
    calibration: { choices: { darkScaling: true } },
  }) as unknown as AppState

it('frames whose places were all found are laid on the sky, others on one another by their stars', () => {
  expect(orderStack(stateWith(['a', 'b']), ['a', 'b']).parameters).toMatchObject({ method: 'wcs' })
  expect(orderStack(stateWith(['a']), ['a', 'b']).parameters).not.toHaveProperty('method')
  expect(orderStack(stateWith(['a']), []).parameters).not.toHaveProperty('method')
})

it('what a person chose wins, and how frames are calibrated goes along', () => {
  const order = orderStack(stateWith(['a'], { method: 'stars', weights: 'noise' }), ['a'])
  expect(order).toEqual({
    request: 'stack',
    frames: ['a'],
    parameters: { method: 'stars', weights: 'noise', darkScaling: true, masters: { flat: 'master-1' } },
  })
})
