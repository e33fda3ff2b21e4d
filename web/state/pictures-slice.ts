import type { Studio } from '../engine/studio'
import type { NoticesSlice } from './notices-slice'
import type { SliceAccess } from './slice-access'

/** Pictures in colour: which one is open. What is drawn of it belongs to the panel. */
export interface PicturesSlice {
  /** Id of a kept picture; null for a new one. */
  readonly open: string | null
  readonly openPicture: (id: string | null) => void
  readonly remove: (id: string) => Promise<void>
}

export const createPicturesSlice = (
  { get, set }: SliceAccess<PicturesSlice>,
  studio: Pick<Studio, 'removeComposites' | 'keepComposites'>,
  notices: () => NoticesSlice,
): PicturesSlice => ({
  open: null,
  openPicture: (open) => set({ open }),
  remove: async (id) => {
    try {
      const removed = await studio.removeComposites([id])
      if (get().open === id) set({ open: null })
      notices().tell({
        key: 'pictureRemoved',
        undo: () => void studio.keepComposites(removed).catch(notices().tellError),
      })
    } catch (error) {
      notices().tellError(error)
    }
  },
})
