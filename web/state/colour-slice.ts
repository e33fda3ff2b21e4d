import type { DebayerMethod, PerChannel } from '../core/colour-picture'
import type { SliceAccess } from './slice-access'

export interface ColourChoice {
  /** Frames behind a colour mask are shown in colour. */
  readonly shown: boolean
  readonly method: DebayerMethod
  /** The sky is made grey, or red, green and blue are multiplied by what a person gave. */
  readonly balance: 'sky' | 'given'
  readonly gains: PerChannel<number>
}

export interface ColourSlice extends ColourChoice {
  readonly change: (choice: Partial<ColourChoice>) => void
}

export const createColourSlice = ({ set }: SliceAccess<ColourSlice>): ColourSlice => ({
  shown: false,
  method: 'bilinear',
  balance: 'sky',
  gains: [1, 1, 1],
  change: set,
})
