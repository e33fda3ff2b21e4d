import type { MaskBit } from '../core/pixel-mask'
import type { Colormap } from '../render/colormaps'
import type { Stretch } from '../render/stretch'
import type { SliceAccess } from './slice-access'

/** How the cuts are found on each new picture; 'manual' keeps the two levels that were dragged. */
export type CutMode = 'sky' | 'zscale' | 'percentile' | 'range' | 'manual'

/** What of a picture is looked at: its values, one sigma of each, the one over the other, and of a stack how many frames showed a pixel or were rejected. */
export type Quantity = 'data' | 'uncertainty' | 'snr' | 'coverage' | 'rejected'

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
  readonly quantity: Quantity
  /** The flags of the pixels are laid over the picture. */
  readonly mask: boolean
  /** Flags that are left out of it. */
  readonly hiddenFlags: readonly MaskBit[]
  readonly change: (choice: Partial<DisplayChoice>) => void
  /** Levels that were dragged for one quantity mean nothing for another. */
  readonly showQuantity: (quantity: Quantity) => void
  readonly showMask: (mask: boolean) => void
  readonly toggleFlag: (flag: MaskBit) => void
}

export const createDisplaySlice = ({ set }: SliceAccess<DisplaySlice>): DisplaySlice => ({
  stretch: 'asinh',
  colormap: 'grey',
  invert: false,
  cuts: 'sky',
  low: 0,
  high: 1,
  quantity: 'data',
  mask: false,
  hiddenFlags: [],
  change: set,
  showQuantity: (quantity) => set(({ cuts }) => ({ quantity, cuts: cuts === 'manual' ? 'sky' : cuts })),
  showMask: (mask) => set({ mask }),
  toggleFlag: (flag) =>
    set(({ hiddenFlags }) => ({
      hiddenFlags: hiddenFlags.includes(flag)
        ? hiddenFlags.filter((each) => each !== flag)
        : [...hiddenFlags, flag],
    })),
})
