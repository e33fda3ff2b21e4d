import type { StackRecord } from '../../web/core/stack'

/** A stack of two registered frames, but for what is said of it. */
export const makeStack = (own: Partial<StackRecord> & { readonly id: string }): StackRecord => ({
  name: 'stack.fits',
  order: 'order',
  frames: ['registered-a', 'registered-b'],
  inputs: ['registered-a', 'registered-b', 'a', 'b'],
  reference: 'registered-a',
  combine: { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3 },
  interpolation: 'lanczos3',
  normalisation: 'sky',
  bytesId: `bytes-${own.id}`,
  width: 4,
  height: 3,
  unit: 'adu',
  telescope: '',
  instrument: '',
  night: '2025-03-01+02',
  filter: 'V',
  object: 'M 37',
  exposure: 120,
  dateObs: '2025-03-01T20:00:00Z',
  statistics: { median: 100, deviation: 3, rejectedFraction: 0 },
  flags: [],
  backends: ['cpu'],
  createdAt: 1,
  ...own,
})
