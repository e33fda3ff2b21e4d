import type { RequestName } from '../core/work-order'

/** How far along the road an order goes. Each stop includes those before it; what is already there is taken from the store. */
export type RoadStop = 'calibrated' | 'detected' | 'registered' | 'stacked' | 'measured' | 'drawn'

const REACH: Partial<Record<RequestName, RoadStop>> = {
  calibrate_file_batch: 'calibrated',
  detect: 'detected',
  solve: 'detected',
  register: 'registered',
  stack: 'stacked',
  photometry: 'measured',
  light_curve: 'drawn',
  reduce: 'drawn',
}

/** `reduce` goes as far as its recipe: to a light curve, or to a stack. */
export const reachOf = (request: RequestName, recipe?: 'transit' | 'stack'): RoadStop =>
  request === 'reduce' && recipe === 'stack' ? 'stacked' : (REACH[request] ?? 'drawn')
