import type { Colormap } from '../render/colormaps'
import type { Stretch } from '../render/stretch'
import type { SliceAccess } from './slice-access'

/** How the cuts are found on each new picture; 'manual' keeps the two levels that were dragged. */
export type CutMode = 'sky' | 'zscale' | 'percentile' | 'range' | 'manual'

export interface DisplayChoice {
  readonly stretch: Stretch
  readonly colormap: Colormap
  readonly invert: boolean
  readonly cuts: CutMode
  /** In the unit of the picture; used when `cuts` is 'manual'. */
  readonly low: number
  readonly high: number
}

export interface DisplaySlice extends DisplayChoice {
  readonly change: (choice: Partial<DisplayChoice>) => void
}

export const createDisplaySlice = ({ set }: SliceAccess<DisplaySlice>): DisplaySlice => ({
  stretch: 'asinh',
  colormap: 'grey',
  invert: false,
  cuts: 'sky',
  low: 0,
  high: 1,
  change: set,
})
