import type { BadPixelKind } from '../core/master'
import type { BadPixelMark } from '../pipeline/bad-pixel-marks'
import type { SliceAccess } from './slice-access'

export const MARK_SHAPES = ['box', 'line', 'column', 'row'] as const

/** What a press or a drag marks: what it covers, a line, or all of the columns or rows that it meets. */
export type MarkShape = (typeof MARK_SHAPES)[number]

export interface BadPixelsSlice {
  /** Map that is laid over frames; null for none. */
  readonly overlay: string | null
  /** Map that the marks are for. */
  readonly map: string | null
  /** What was marked and is not saved yet, in the order in which it was. */
  readonly marks: readonly BadPixelMark[]
  readonly as: BadPixelMark['as']
  readonly shape: MarkShape
  readonly hidden: readonly BadPixelKind[]
  readonly layOver: (map: string | null) => void
  readonly choose: (choice: Partial<Pick<BadPixelsSlice, 'as' | 'shape'>>) => void
  /** Marks of another map are let go. */
  readonly add: (map: string, mark: BadPixelMark) => void
  readonly undo: () => void
  readonly remove: (index: number) => void
  readonly drop: () => void
  readonly toggleKind: (kind: BadPixelKind) => void
}

export const createBadPixelsSlice = ({ set }: SliceAccess<BadPixelsSlice>): BadPixelsSlice => ({
  overlay: null,
  map: null,
  marks: [],
  as: 'bad',
  shape: 'box',
  hidden: [],
  layOver: (overlay) => set({ overlay }),
  choose: set,
  add: (map, mark) =>
    set((before) => ({ map, marks: before.map === map ? [...before.marks, mark] : [mark] })),
  undo: () => set(({ marks }) => ({ marks: marks.slice(0, -1) })),
  remove: (index) => set(({ marks }) => ({ marks: marks.filter((_, at) => at !== index) })),
  drop: () => set({ marks: [] }),
  toggleKind: (kind) =>
    set(({ hidden }) => ({
      hidden: hidden.includes(kind) ? hidden.filter((each) => each !== kind) : [...hidden, kind],
    })),
})
