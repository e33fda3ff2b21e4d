import { expect, it } from 'vitest'
import type { CalibrationRecipe } from '../../../web/core/reduced'
import { CALIBRATION_STEPS } from '../../../web/pipeline/calibration/calibration-step'
import { describeRecipe, listRecipe } from '../../../web/pipeline/calibration/list-recipe'

const full: CalibrationRecipe = {
  bias: 'master-b',
  dark: 'master-d',
  flat: 'master-f',
  darkFactor: 0.5,
  raw: {
    overscan: { section: { x: [0, 32], y: [0, 64] }, method: 'median', degree: 3 },
    trim: { x: [32, 96], y: [0, 64] },
    linearity: { coefficients: [-1e-6, 2e-12], limit: 50_000 },
  },
  gain: 1.5,
  channel: {
    name: 'green',
    places: [
      [1, 0],
      [0, 1],
    ],
  },
  badPixels: { map: 'master-m', how: 'interpolate', patch: 'bytes-fixed' },
  sky: { fringe: 'master-w', gradient: { degree: 2, mode: 'subtract' }, fit: 'bytes-sky' },
  cosmicRays: {
    sigclip: 4.5,
    sigfrac: 0.3,
    objlim: 5,
    iterations: 4,
    gain: 1.5,
    readNoise: 5,
    saturation: null,
  },
}

it('names every step that was done in the order in which it was done, and no other', () => {
  const steps = listRecipe(full).map(({ step }) => step)
  expect(steps).toEqual(CALIBRATION_STEPS.filter((step) => step !== 'saturation'))
  expect(listRecipe({ bias: null, dark: null, flat: null, darkFactor: 1 })).toEqual([])
  expect(
    listRecipe({ bias: null, dark: null, flat: 'f', darkFactor: 1, pedestal: 100 }).map(({ step }) => step),
  ).toEqual(['pedestal', 'flat'])
})

it('says with which parameters, in lines for a header', () => {
  const lines = describeRecipe(full)
  expect(lines).toEqual([
    'median of the overscan [1:32,1:64] taken off, smoothed by a polynomial of degree 3',
    'trimmed to [33:96,1:64]',
    'made linear: true = m (1 + c1 m + ...) with -0.000001, 2e-12, up to 50000 ADU above the bias',
    'bias master-b taken off',
    'dark master-d taken off, scaled by 0.5',
    'divided by flat master-f',
    'multiplied by 1.5 electrons per ADU',
    'pixels of green alone, the mean of two in each cell',
    'bad pixels of master-m filled by a line between their neighbours',
    'fringes of master-w scaled to the sky and taken off',
    'shape of the sky, a polynomial of degree 2, taken off, its mean kept',
    'cosmic rays filled (L.A.Cosmic, sigclip 4.5, sigfrac 0.3, objlim 5, 4 iterations)',
  ])
  for (const line of lines) expect(line).toMatch(/^[ -~]+$/)
})
