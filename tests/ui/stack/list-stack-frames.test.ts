import { expect, it } from 'vitest'
import type { ReducedRecord } from '../../../web/core/reduced'
import { listStackFrames } from '../../../web/ui/stack/list-stack-frames'
import { makeExposure } from '../../support/make-exposure'
import { makeStack } from '../../support/make-stack'

const recipe = (id: string, exposure: string): ReducedRecord => ({
  id,
  stage: 'calibrated',
  exposure,
  name: `${exposure}.fits`,
  order: 'order',
  choices: [],
  registration: null,
  width: 4,
  height: 3,
  unit: 'adu',
  calibration: { bias: null, dark: null, flat: null, darkFactor: 1 },
  inputs: [],
  flags: [],
  createdAt: 1,
})

const known = {
  exposures: [makeExposure({ dateObs: '2025-03-01T20:00:00' }, { id: 'a', name: 'a.fits' })],
  reduced: [recipe('registered-a', 'a')],
  qualities: new Map([['a', { fwhm: 3.1, elongation: 1, starCount: 50, background: 100, noise: 9 }]]),
}

it('what a stack says of its frames wins over what is known of them', () => {
  const stack = makeStack({
    id: 'stack-1',
    stacked: [
      {
        frame: 'registered-a',
        exposure: 'a',
        name: 'a.fits',
        weight: 1.2,
        scale: 1.1,
        offset: -4,
        slope: null,
        level: 104,
        noise: 8,
        fwhm: 2.9,
        stars: 40,
      },
    ],
  })
  const [first] = listStackFrames(stack, known)
  expect(first).toMatchObject({ weight: 1.2, scale: 1.1, offset: -4, noise: 8, fwhm: 2.9 })
})

it('a stack that says nothing of its frames has what is known of them, and a frame that is gone says so', () => {
  const [first, second] = listStackFrames(makeStack({ id: 'stack-1' }), known)
  expect(first).toMatchObject({ exposure: 'a', name: 'a.fits', weight: null, noise: 9, fwhm: 3.1 })
  expect(second).toMatchObject({ exposure: null, noise: null, weight: null, start: null })
})
